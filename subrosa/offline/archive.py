"""`subrosa archive verify FILE`: a volume of the archive, checked without the house that made it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from subrosa.ledger.volume import Finding, NoVolume, Report, check

CANNOT = 2
WORDS = {
    "signature": "the signature does not fit: the index was changed, or this key did not sign it",
    "index": "the signature is over another index: the index was changed",
    "signer": "it was signed by another key than the one given with --key",
    "pages": "the page numbers of file {file} do not follow on: pages {first_page} to {last_page}",
    "twice": "file {file} stands in the index twice",
    "changed": "the sheets of file {file} (pages {first_page} to {last_page}) were changed",
    "cut_off": "the sheets of file {file} (pages {first_page} to {last_page}) are cut off or missing",
    "more": "something was put behind the last sheet",
}
ALONE = "Whose key that is, this file alone cannot say: compare it with the line of the log's page, or give that with --key."


def verify(file: str, *, key: str = "", as_json: bool = False) -> int:
    """Check one file; answers 0 when it is whole, 1 when it is damaged, 2 when it is no volume or cannot be read."""
    try:
        with Path(file).open("rb") as source:
            report = check(source, _line(key))
    except NoVolume as error:
        print(f"{file} cannot be checked: {error}.", file=sys.stderr)
        return CANNOT
    except (OSError, UnicodeDecodeError) as error:
        print(f"{file} cannot be read: {error}.", file=sys.stderr)
        return CANNOT
    print(json.dumps(_as_object(report), ensure_ascii=False) if as_json else in_words(report, given=bool(key)))
    return 0 if report.whole else 1


def _line(key: str) -> str:
    """A verifier line as it is, or the first line of the file that holds it."""
    if not key or "+" in key:
        return key
    return Path(key).read_text(encoding="utf-8").strip()


def in_words(report: Report, *, given: bool) -> str:
    """What was read, for a person at a terminal."""
    lines = [f"Volume {report.number} of {report.center}: {report.files} files, {report.pages} pages"]
    lines.append(f"hash of the index: {report.digest}")
    lines += [sentence(one) for one in report.findings]
    if report.whole:
        lines.append(f"signed by {report.signer}")
        lines += [] if given else [ALONE]
    lines.append("whole: nothing was changed, taken out, put in or cut off" if report.whole else "NOT WHOLE")
    return "\n".join(lines)


def sentence(finding: Finding) -> str:
    """One finding in words."""
    return WORDS[finding.what].format(file=finding.file, first_page=finding.first_page, last_page=finding.last_page)


def _as_object(report: Report) -> dict[str, object]:
    return {
        "whole": report.whole,
        "center": report.center,
        "volume": report.number,
        "files": report.files,
        "pages": report.pages,
        "sha256": report.digest,
        "signer": report.signer,
        "trusted": report.trusted,
        "findings": [asdict(one) for one in report.findings],
    }

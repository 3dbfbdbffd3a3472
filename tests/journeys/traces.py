"""What was typed in any journey, and a search for it in the places where a thief would look.

Every form that a browser of these tests sends is read here: a value is a *sentence* when it has four Chinese characters or
three words. Where one of them may lie in plain is written beside the test, column by column; nothing else may.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from email.parser import BytesParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import parse_qsl, quote

# Under the server key, because the school knows it anyway: names and qualifications of staff, signers, numbers on duty.
PERSONAL = {"name", "qualification", "signer", "phone"}
TYPED: dict[str, set[str]] = {}  # sentence -> the fields in which it was typed
BROWSER: list[Path] = []  # the temporary folder of the browser that is open
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[^\W\d_]{2,}")


def _values(body: bytes, kind: str) -> Iterator[tuple[str, bytes]]:
    """Name and value of every field of a sent form."""
    if kind.startswith("multipart/"):
        message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        for part in message.walk():
            name = part.get_param("name", header="content-disposition")
            if isinstance(name, str) and part.get_filename() is None:
                payload = part.get_payload(decode=True)
                yield name, payload if isinstance(payload, bytes) else b""
    else:
        for one, value in parse_qsl(body.decode("utf-8", "replace")):
            yield one, value.encode()


def is_sentence(text: str) -> bool:
    """Long enough that finding it elsewhere is no accident."""
    return len(CHINESE.findall(text)) >= 4 or sum(WORD.search(one) is not None for one in text.split()) >= 3


def note(body: bytes, kind: str) -> None:
    """Remember every sentence of a form that is being sent."""
    for name, value in _values(body, kind):
        for line in value.decode("utf-8", "replace").splitlines():
            if is_sentence(line):
                TYPED.setdefault(line.strip(), set()).add(name)


def spellings(text: str) -> Iterator[bytes]:
    """The byte forms in which a text may lie about: plain, UTF-16, escaped, in an address, in base64 and in hexadecimal."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), quote(text).encode(), plain.hex().encode())
    yield from {ascii(text)[1:-1].encode(), quote(text, safe="").lower().encode()}
    for shift in range(3):  # base64 of three bytes begins anew: the middle of the text looks one of three ways
        yield base64.b64encode(plain[shift : len(plain) - (len(plain) - shift) % 3]).rstrip(b"=")


def _forms(sentences: Iterable[str]) -> dict[bytes, str]:
    """Form -> sentence. `grep` reads one a line and knows no NUL, so what holds either of them is left to its other forms."""
    return {form: text for text in sentences for form in spellings(text) if not set(form) & {0, 10}}


def _grep(forms: dict[bytes, str], *arguments: str, given: bytes | None = None) -> bytes:
    """Thousands of fixed strings at once: that is what `grep` is best at. 0 is found, 1 is not found, 2 is a defect."""
    with NamedTemporaryFile() as patterns:
        patterns.write(b"\n".join(forms))
        patterns.flush()
        command = ["grep", "--only-matching", "--text", "--fixed-strings", f"--file={patterns.name}", *arguments]
        done = subprocess.run(command, input=given, capture_output=True, env={"LC_ALL": "C"}, check=False)
    gone = [line for line in done.stderr.splitlines() if b"No such file" not in line]  # files end while one looks
    assert not gone, gone
    return done.stdout


def found_in(given: bytes, sentences: Iterable[str]) -> set[str]:
    """Which sentences occur in some bytes."""
    forms = _forms(sentences)
    return {forms[one] for one in _grep(forms, given=given).split(b"\n") if one}


def found_below(folder: Path, sentences: Iterable[str]) -> dict[str, set[str]]:
    """Sentence -> the files below a folder that hold it."""
    forms, found = _forms(sentences), dict[str, set[str]]()
    for line in _grep(forms, "--recursive", "--null", "--devices=skip", str(folder)).split(b"\n"):
        name, _, form = line.partition(b"\0")
        if form:
            found.setdefault(forms[form], set()).add(os.path.relpath(os.fsdecode(name), folder))
    return found

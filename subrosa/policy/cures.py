"""Words by which a public text would promise a cure (CLIENT-03), in both languages. A "no" close before them is no promise."""

from __future__ import annotations

import re
from collections.abc import Iterator

CHINESE = (
    r"治愈|治好|根治|痊愈|药到病除|包好|包治|立竿见影|永不复发|不再复发",
    r"(?:保证|确保|一定|百分之百|100%|必定)[^，。；！？\n]{0,8}(?:有效|见效|解决|好起来|变好|康复|好转|走出)",
    r"[一二两三四五六七八九十\d]+(?:次|天|周|个月)(?:就|即可|内|见效|包)[^，。；！？\n]{0,6}(?:好|见效|解决|康复|走出)",
)
ENGLISH = (
    r"\bcur(?:e|es|ed|ing)\b(?! of)",
    r"\b(?:guarantee[sd]?|promise[sd]?|ensures?)\b[^.;!?\n]{0,40}\b(?:result|success|recover|solve|better|happy|well|work)\w*",
    r"\b(?:healed|fixed|happy|recovered)\b[^.;!?\n]{0,12}\b(?:in|within|after)\b[^.;!?\n]{0,12}\b(?:sessions?|days?|weeks?|meetings?)\b",
    r"\bnever (?:comes?|come) back\b",
)
NO_CHINESE = re.compile(r"[不没无未非][^，。；！？\n]{0,6}$")
NO_ENGLISH = re.compile(
    r"\b(?:no|not|never|nor|without|cannot|isn't|doesn't|don't|won't)\b[^.;!?\n]{0,24}$", re.IGNORECASE
)
WORDS = (
    (re.compile("|".join(CHINESE)), NO_CHINESE),
    (re.compile("|".join(ENGLISH), re.IGNORECASE), NO_ENGLISH),
)


def promises(*texts: str) -> tuple[str, ...]:
    """The words in these texts that promise a cure, each once, in the order in which they stand."""
    return tuple(dict.fromkeys(match.group(0) for text in texts for match in _found(text)))


def marked(*texts: str) -> list[tuple[str, str, str]]:
    """Each line that promises a cure: what stands before the words, the words, and what stands after them."""
    lines = [line for text in texts for line in text.splitlines()]
    return [(line[: match.start()], match.group(0), line[match.end() :]) for line in lines for match in _found(line)]


def _found(text: str) -> Iterator[re.Match[str]]:
    for words, no in WORDS:
        for match in words.finditer(text):
            if not no.search(text[: match.start()]):
                yield match

"""What a family answered to the enrollment letter, as it is typed into a list: yes, no, or nothing yet."""

from __future__ import annotations

import re

from .cells import fold
from .errors import BadCell

_YES = frozenset(
    ("yes", "y", "true", "1", "是", "对", "有", "√", "✓", "✔", "☑", "同意", "已同意", "agree", "agrees", "agreed")
)
_NO = frozenset(("no", "n", "false", "0", "否", "×", "✗", "✘", "不同意", "拒绝", "disagree", "disagrees", "declined"))
_OPEN = frozenset(
    ("", "none", "-", "/", "无", "未", "未交", "未回", "未收到", "未答复", "notback", "noanswer", "□", "☐")
)
_TICKED = frozenset(("不参加", "不参加测评", "希望", "希望谈谈", "需要", "x"))
_NOT_TICKED = frozenset(("参加", "不希望", "不需要", "不用"))


def _said(text: str) -> str:
    return re.sub(r"[\s.。]", "", fold(text).casefold())


def consent(text: str) -> str:
    """ "yes", "no", or "" for no answer yet. BadCell for what may mean either."""
    said = _said(text)
    if said in _OPEN:
        return ""
    if said not in _YES | _NO:
        raise BadCell("answer_unclear", text)
    return "yes" if said in _YES else "no"


def tick(text: str) -> bool | None:
    """A box ticked or not; None for an empty cell, which says nothing. BadCell for what may mean either."""
    said = _said(text)
    if said in _OPEN:
        return None
    ticked, clear = said in (_YES | _TICKED), said in (_NO | _NOT_TICKED) and said != "×"
    if not ticked and not clear:
        raise BadCell("answer_unclear", text)
    return ticked

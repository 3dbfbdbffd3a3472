"""The one-time link by which a new center is founded: made at the command line, its mark kept in a file beside the secrets."""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from subrosa.records.school.context import current_school
from subrosa.records.vault import server

HOURS = 24


def _file() -> Path:
    return Path(settings.DATA_DIR) / "secrets" / f"founding-{current_school()}.json"


def make(at: datetime) -> str:
    """A fresh link's token; an earlier one ends. The file holds only its mark and until when it opens."""
    token = secrets.token_urlsafe(32)
    held = {"mark": server.marked("founding", token).hex(), "until": (at + timedelta(hours=HOURS)).isoformat()}
    file = _file()
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(held))
    return token


def fits(token: str, at: datetime) -> bool:
    """Whether this is the link that was made last, in time and not used."""
    try:
        held = json.loads(_file().read_text())
        until, mark = datetime.fromisoformat(held["until"]), bytes.fromhex(held["mark"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return at <= until and hmac.compare_digest(mark, server.marked("founding", token))


def spend() -> None:
    """Used: the link opens nothing any more."""
    _file().unlink(missing_ok=True)

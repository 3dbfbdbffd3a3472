"""A client has ended it: what the file says of it, the one message that may follow, and with open danger the one question."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.help import in_danger_of
from subrosa.desks.common.requests import Visit
from subrosa.policy.rows.ending import NOT_SAFE, NOT_SAID, SAFE
from subrosa.records.case.ended import ending_facts, endings_of
from subrosa.records.person.clients import account_of
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.opener import opener_of

HEARD: Final[Mapping[str, object]] = {
    SAFE: _("Is safe"),
    NOT_SAFE: _("Is not safe"),
    NOT_SAID: _("Did not want to say"),
}


def left_shown(there: Visit, row: Any) -> dict[str, Any]:
    """For the opened file: every end with its words, and what may still follow the one that stands."""
    rows = endings_of(opener_of(there.by), row.pk)
    stands = next((one for one in rows if one.row.back_at is None), None)
    if stands is None or row.state != "open":
        return {"endings_before": rows}
    facts = ending_facts(row)
    return {
        "endings_before": [one for one in rows if one is not stands],
        "left": stands,
        "heard_said": HEARD.get(str(stands.heard), ""),
        "may_tell": not facts.told and account_of(row.client_id) is not None,
        "may_ask": facts.danger and not facts.asked,
        "heard": HEARD.items(),
        "asked_from": calendar().local(stands.row.ended_at),
        "asked_until": calendar().local(there.at),
        "not_safe_calls": in_danger_of() if stands.heard == NOT_SAFE else [],
        "once_told": uuid.uuid4(),
        "once_asked": uuid.uuid4(),
    }

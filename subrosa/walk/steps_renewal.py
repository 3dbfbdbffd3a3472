"""Consent goes on: a new version of the agreement is said in the next meeting and locks nothing."""

from __future__ import annotations

from typing import Any

from subrosa.policy.agreement import POINTS, proposed
from subrosa.records.consent.actions import publish_agreement
from subrosa.records.consent.queries import has_signed
from subrosa.records.consent.renewal import due_in, renew

from .walk import NOT_YET, REFUSED, Walk

LATE = next(point.text for point in POINTS if point.key == "duties")
BY_PHONE = ("打电话也行。", " A call will do.")


def a_new_version_is_said_in_the_meeting(walk: Walk) -> None:
    """What is different stands on the next meeting's page, alone; the tap notes it, once."""
    case = walk.things["case"]
    given: dict[str, Any] = {"case": case}
    walk.press("nothing is new", renew, by="lin", must=NOT_YET, under=("CON-05",), missing=("renewal_due",), **given)
    text: dict[str, Any] = proposed()
    for name, was, more in zip(("text_zh", "text_en"), LATE, BY_PHONE, strict=True):
        text[name] = text[name].replace(was, was + more)
    new = walk.press("a new version of the agreement", publish_agreement, by="shen", under=("CON-02",), **text)
    walk.things["agreement"] = new
    kept = has_signed(case.pk) and len(due_in(case.pk, walk.at).changed[0]) == 1
    walk.look("the signature stands, and one section is to be said", by="lin", sees=kept, under=("CON-05",))
    walk.press("zhou notes it for lin's client", renew, by="zhou", must=REFUSED, under=("CONF-02",), **given)
    walk.press("said in the meeting, and it still holds", renew, by="lin", under=("CON-05", "CON-01"), **given)
    over = not due_in(case.pk, walk.at)
    walk.look("and is asked no more", by="lin", sees=over, under=("CON-05",))


STEPS = (a_new_version_is_said_in_the_meeting,)

"""The counselor's desk with years of cases beside the desk of a first month: the same statements, and hardly more time."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client as Browser

from subrosa.desks.counselor.desk import A_PAGE
from subrosa.policy.actor import Actor
from subrosa.records.audit.moment import now
from subrosa.records.case.models import Case
from subrosa.records.case.states import State
from subrosa.records.duty.models import Duty
from subrosa.records.person import entrance
from subrosa.records.person.models import Client
from subrosa.records.school import context
from subrosa.records.vault import rings
from subrosa.records.vault.opener import bundle, opener_of
from subrosa.records.vault.texts import close_text
from subrosa.walk.walk import Walk

from .measure import Line, in_turn, ratio, settled, statements

FEW, OPEN, CLOSED = 20, 200, 2000
OWED_IN = 10  # every tenth open case owes something
LIMIT = 1.5
FEW_OF, MANY_OF = "tang", "zhou"


class _Desk:
    """The first page of one counselor, asked for as a browser does."""

    def __init__(self, by: Actor) -> None:
        at = now()
        both = bundle(by.opener.seal, by.opener.sign)
        session, cookie = entrance.new_session(by.kind, by.id, by.opener.keypair, both, at=at)
        session.save(force_insert=True)
        self.browser = Browser(headers={"host": context.school_in_force().host, "accept-language": "en"})
        self.browser.cookies["vault_key"] = cookie

    def show(self, _: int = 0) -> str:
        answer = self.browser.get("/desk/")
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def rows(self) -> int:
        return self.show().count('<th scope="row"><a href="/cases/')


def _cases(walk: Walk, name: str, count: int, state: State) -> None:
    """Cases of one counselor whose clients have a name under the desk key; put there by the owner, a day apart."""
    desk, by = rings.desk_key(opener_of(walk.people["lin"])), walk.id(name)
    rows, at, school = [], walk.at, context.current_school()
    for number in range(count):
        opened = at - timedelta(days=number, minutes=count)
        client = Client(made_at=opened, school_id=school)
        close_text(client, "identity", json.dumps({"name": f"学生{number}", "class_name": "高二3班"}), desk)
        rows.append(Case(client=client, counselor_id=by, state=state, opened_at=opened, school_id=school))
    with transaction.atomic(using="owner"):
        Client.objects.using("owner").bulk_create([row.client for row in rows])
        Case.objects.using("owner").bulk_create(rows)
        Duty.objects.using("owner").bulk_create(_owed(row) for row in rows[::OWED_IN] if state is State.OPEN)


def _owed(row: Case) -> Duty:
    at = row.opened_at
    of: dict[str, Any] = {"case_id": row.pk, "about": "", "owner_id": row.counselor_id, "school_id": row.school_id}
    return Duty(kind="guardian_talk", clause="CON-01", due=now() + timedelta(days=3), opened_at=at, **of)


def lines(walk: Walk, *, times: int) -> list[Line]:
    """Two colleagues without a case; then one has a first month behind, the other years."""
    few, many = _Desk(walk.people[FEW_OF]), _Desk(walk.people[MANY_OF])
    for desk in (few, many):
        desk.show()
    before = statements(many.show) - statements(few.show)  # the second one is custodian too
    _cases(walk, FEW_OF, FEW, State.OPEN)
    _cases(walk, MANY_OF, OPEN, State.OPEN)
    _cases(walk, MANY_OF, CLOSED, State.CLOSED)
    settled()
    names = f"the desk with {OPEN} open and {CLOSED} closed cases"
    assert few.rows() == many.rows() == A_PAGE, "a page of cases each"
    sent, of_few = statements(many.show), statements(few.show)
    whole, bare = in_turn(many.show, few.show, times=max(20, times // 3))
    return [
        ratio(f"{names} ÷ with {FEW}", whole, bare, LIMIT, statements=sent),
        Line(f"{names}: statements more than with {FEW}", abs(sent - of_few - before), 0, ""),
    ]

"""Two files become one: what must not follow, what waits for a colleague, and what the student is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import registering
from subrosa.records.case.queries import who_can_open
from subrosa.records.consent import actions as consent
from subrosa.records.consent.queries import has_signed
from subrosa.records.duty.models import Duty
from subrosa.records.merging.models import Merge
from subrosa.records.notice.queries import unseen
from subrosa.records.person import clients, doorway
from subrosa.records.person.models import Client
from tests.desks.hand import Hand
from tests.records.appointment.test_first import Came
from tests.records.center import Center
from tests.records.joining import joined
from tests.records.merging.test_merging import Two, two


def met(pair: Two) -> Any:
    """The nickname's first meeting took place, and its form is complete."""
    center, came = pair.center, pair.came
    identity = clients.Identity("小鹿", class_name="高二5班", reach=clients.COMES_BY)
    registering.register(by=center.lin, at=center.at, client=came.row, identity=identity, seen=True)
    return appointment.hold(by=center.lin, at=came.booking.ends_at, booking=came.booking, promise_said=True)


@pytest.mark.clause("CON-09", "passes")
def test_where_one_file_was_met_the_duty_team_reads_neither(center: Center) -> None:
    pair = two(center)
    held = met(pair)
    assert "duty" in {one.kind for one in who_can_open(pair.older.case_id)}  # type: ignore[arg-type]  # it has one
    pair.put(at=held.ends_at)
    assert "duty" not in {one.kind for one in who_can_open(pair.older.case_id)}  # type: ignore[arg-type]  # as above


@pytest.mark.clause("REC-01", "not_yet")
def test_what_a_colleague_held_is_written_by_that_colleague_first(center: Center) -> None:
    older = center.visit("李小雨", roster=str(uuid4()))
    older.book()
    came = Came(center, days=2)
    came.given["offer"] = type(came.given["offer"])(**center.slot(2, "zhou"))
    came.press()
    doorway.adopt_waiting(by=center.lin, at=center.at)
    older.hold()
    older.sign()
    joined(by=center.lin, at=center.at, case=older.case, colleague=center.row("zhou"))
    pair = Two(center, older, came)
    at = older.booking.ends_at
    assert pair.no("zhou", at=at) == ("who_held_a_meeting_writes_it_first", ("colleagues_record",))
    older.record()
    assert pair.put("zhou", at=at).ended_id == older.case_id


@pytest.mark.clause("CON-09", "passes")
def test_what_is_owed_about_rows_that_stay_stays_with_them(center: Center) -> None:
    pair = two(center)
    newer, about = (
        pair.came.booking.case_id,
        {"school_id": center.school.id, "owner_id": center.lin.id, "clause": "CON-09"},
    )
    kinds = ("letter", "look_again", "paper_scan")
    for kind in kinds:
        Duty.objects.using("owner").create(
            kind=kind, case_id=newer, about=f"x:{kind}", due=center.later, opened_at=center.at, **about
        )
    pair.put()
    found = dict(
        Duty.objects.filter(
            about__in=[f"x:{kind}" for kind in kinds], owner_id=center.lin.id, due=center.later
        ).values_list("kind", "case_id")
    )
    assert found == {"letter": newer, "look_again": newer, "paper_scan": pair.older.case_id}


@pytest.mark.clause("CON-01", "refuses")
def test_a_yes_that_was_taken_back_does_not_come_along(center: Center) -> None:
    pair = two(center)
    given = {"at": center.at, "agreement": center.agreement, "language": "en"}
    consent.give(by=pair.came.me, case=pair.came.booking.case, **given)
    consent.give(by=pair.older.me, case=pair.older.case, **given)
    consent.withdraw(by=pair.older.me, at=center.at + timedelta(minutes=5), case=pair.older.case)
    pair.put(at=center.at + timedelta(minutes=9))
    assert not has_signed(pair.older.case_id)  # type: ignore[arg-type]  # it has one


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_student_is_told_and_who_is_on_the_list_stays(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the address names them the other way round."""
    pair = two(center)
    marked, other = pair.older.client.pk, pair.came.row.pk
    lin = Hand(monkeypatch, center.lin, center.at)
    answer = lin.post(f"/together/{marked}/{other}/", agreed="1", seen="1")
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    merge = Merge.objects.get(client_id=marked)
    assert merge.was_id == other and Client.objects.get(pk=marked).roster_mark is not None
    assert "put_together" in {one.kind for one in unseen(marked)}
    page = Hand(monkeypatch, pair.older.me, center.at).text("/mine/")
    assert "What you had here under two names was put together" in page

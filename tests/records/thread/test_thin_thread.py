"""The whole thread on real rows, step by step: one client from the first booking to the destroyed file."""

from __future__ import annotations

import pytest

from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import actions as appointment
from subrosa.records.archive import actions as archive
from subrosa.records.case import actions as case_acts
from subrosa.records.case.queries import on_care_team
from subrosa.records.case.rating import rate_goal
from subrosa.records.consent import actions as consent
from subrosa.records.note import actions as notes
from subrosa.records.note.parts import NoteText
from subrosa.records.standing import actions as standing
from tests.records.center import FULL, SAFE, Center, Visit, found, refused

REASON = "最近总是睡不着"


def books(center: Center, visit: Visit) -> None:
    """The principal signs, the client books, the reason is sealed; the same time is not taken twice."""
    early = refused(visit.book)
    assert early.outcome is Outcome.NOT_YET and early.missing == ("principal_page",)
    standing.sign_principal_page(by=center.lead, at=center.at, signer="校长", text_zh="不提供名单", text_en="no list")
    visit.book(reason=REASON)
    assert refused(visit.book).clauses == ("APPT-01",)


def is_read_by_two(center: Center, visit: Visit) -> None:
    """The reason opens for the counselor and for who said it; the file for nobody else."""
    for reader in (center.lin, visit.me):
        assert notes.read_reasons(by=reader, at=center.at, case=visit.case) == {visit.booking.pk: REASON}
    for name in ("zhou", "fang", "rui", "lead", "qian", "sun"):
        outsider = getattr(center, name)
        assert refused(notes.read_file, by=outsider, at=center.at, case=visit.case).clauses == ("CONF-02",), name


def meets_and_signs(center: Center, visit: Visit) -> None:
    """The first meeting needs the spoken promise; what follows waits for the client's own signature."""
    booking, case = visit.booking, visit.case
    then = booking.ends_at
    assert refused(appointment.hold, by=center.lin, at=then, booking=booking).missing == ("promise",)
    visit.hold()
    assert refused(visit.book, days=8).clauses == ("CON-01",)
    assert refused(visit.record).clauses == ("CON-01",)
    assert notes.read_draft(by=center.lin, at=booking.ends_at, booking=booking).text.as_text() == FULL.as_text()
    given = {"at": then, "case": case, "agreement": center.agreement, "language": "zh-hans"}
    assert refused(consent.give, by=center.lin, **given).clauses == ("CON-01",)
    visit.sign()


def is_recorded(center: Center, visit: Visit) -> None:
    """Six parts, signed and locked; what comes later stands beside it."""
    then = visit.booking.ends_at
    empty = NoteText(FULL.words, {"advice": "listened", "other": "none"}, asked=SAFE)
    assert refused(visit.record, text=empty).missing == ("effect",)
    note = visit.record()
    assert refused(notes.change, by=center.lin, at=then, note=note, text=FULL).clauses == ("REC-01",)
    notes.add(by=center.lin, at=then, note=note, text=NoteText({"other": "补充"}))
    pages = notes.read_file(by=center.lin, at=then, case=visit.case)
    assert [page.text.words["situation"] for page in pages] == ["高二,住校。", ""]
    assert [page.text.words["other"] for page in pages] == ["", "补充"]


def comes_to_an_end(center: Center, visit: Visit) -> None:
    """A second meeting; goals rated before closing, every record there before the archive."""
    visit.book(days=8)
    late = visit.hold().ends_at
    goal = case_acts.agree_goal(by=center.lin, at=late, case=visit.case, text="睡到六点")
    assert refused(archive.close, by=center.lin, at=late, case=visit.case).missing == ("goal_ratings", "client_ratings")
    for who, number in ((center.lin, "8"), (visit.me, "7")):
        rate_goal(by=who, at=late, case=visit.case, goal=goal, rating=number)
    assert archive.close(by=center.lin, at=late, case=visit.case).number == 1
    assert refused(archive.archive, by=center.lin, at=late, case=visit.case).clauses == ("REC-04",)
    visit.record()
    archive.archive(by=center.lin, at=late, case=visit.case)


def is_destroyed(center: Center, visit: Visit) -> None:
    """Not before its time, not by one alone; then nothing opens, and the log still says that it was done."""
    late, years = center.later, visit.years()
    assert refused(archive.confirm, by=center.lead, at=late, case=visit.case).clauses == ("REC-04",)
    archive.owe_destruction(by=CLOCK, at=years, case=visit.case)
    archive.confirm(by=center.lead, at=years, case=visit.case)
    alone = refused(archive.destroy, by=center.lead, at=years, case=visit.case)
    assert alone.missing == ("two_confirmations",)
    archive.confirm(by=center.zhou, at=years, case=visit.case)
    assert archive.destroy(by=center.lead, at=years, case=visit.case).state == "destroyed"
    assert on_care_team(visit.case, center.lin)
    assert refused(notes.read_file, by=center.lin, at=years, case=visit.case).clauses == ("REC-04",)


@pytest.mark.clause("MGMT-01", "not_yet")
@pytest.mark.clause("CON-01", "not_yet")
@pytest.mark.clause("REC-04", "passes")
def test_one_client_from_booking_to_destruction(school: object) -> None:
    center = found(principal=False)
    visit = center.visit()
    for step in (books, is_read_by_two, meets_and_signs, is_recorded, comes_to_an_end, is_destroyed):
        step(center, visit)

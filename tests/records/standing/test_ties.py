"""Ties to classes: entered by either, named by the counselor, waited for before a signature, and kept in the copy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from subrosa.desks.common.card import card
from subrosa.policy.credentials import TieKind
from subrosa.records.consent import actions as consent
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Tie
from subrosa.records.person.ties import ties_of, unnamed_ties
from subrosa.records.school.calendar import calendar
from subrosa.records.standing import ties
from tests.records.center import Center, refused

CLASSES = "八年级3班"


def enter(center: Center, by: str = "lead", of: str = "lin", words: str = CLASSES, **more: str) -> Tie:
    given = {"colleague": center.row(of), "kind": TieKind.CLASS_TEACHER, "words": words, **more}
    return ties.enter_tie(by=getattr(center, by), at=center.at, **given)


@pytest.mark.clause("CON-03", "not_yet")
@pytest.mark.clause("CON-03", "passes")
def test_a_tie_of_the_leads_waits_for_one_press_and_no_student_pays_for_it(own_center: Center) -> None:
    center = own_center
    visit = center.visit()
    visit.book()
    visit.hold()
    tie = enter(center)
    assert CLASSES.encode() not in bytes(tie.words)
    given = {"case": visit.case, "agreement": center.agreement, "language": "zh-hans"}
    ruling = refused(consent.give, by=visit.me, at=center.at, **given)
    assert (ruling.outcome, ruling.clauses, ruling.missing) == ("not_yet", ("CON-03",), ("named_tie",))
    sheet = consent.Paper(calendar().local(center.at), center.row("lin"), "zh-hans")
    paper = {"case": visit.case, "agreement": center.agreement, "paper": sheet}
    assert refused(consent.note_paper, by=center.lin, at=center.at, **paper).missing == ("named_tie",)
    visit.book(days=2)  # the second meeting would wait for a signature; not while nothing can be signed
    duty = Duty.objects.get(kind="name_tie", settled_at=None)
    assert duty.owner_id == center.staff["lin"].id and duty.about == f"person.Tie:{tie.pk}"
    assert refused(ties.name_tie, by=center.zhou, at=center.at, tie=tie).clauses == ("CON-03",)
    ties.name_tie(by=center.lin, at=center.at, tie=tie)
    duty.refresh_from_db()
    assert duty.settled_at and any(CLASSES in line for line in card(center.staff["lin"].id, center.at).ties)
    visit.sign()


def test_a_copy_names_what_stood_there_when_it_was_signed(own_center: Center) -> None:
    """Rows are begun and ended, never changed: the copy needs no second copy of them."""
    center, lin = own_center, own_center.staff["lin"].id
    mine = enter(center, by="lin")
    signed, later = center.at + timedelta(hours=1), center.at + timedelta(days=3)
    assert unnamed_ties(lin) == 0
    ties.end_tie(by=center.lin, at=later, tie=mine)
    enter(center, by="lin", words="九年级1班")
    now = card(lin, later + timedelta(hours=1)).ties
    assert not any(CLASSES in line for line in now) and any("九年级1班" in line for line in now)
    assert any(CLASSES in line for line in card(lin, signed).ties), "then"


def test_who_enters_and_who_ends(own_center: Center) -> None:
    center = own_center
    assert refused(enter, center=center, by="zhou").clauses == ("REL-01",)
    assert refused(enter, center=center, words=" ").missing == ("tie_words",)
    assert refused(enter, center=center, kind=TieKind.WAY).clauses == ("REL-01",), "how lin works lin says"
    leads = enter(center)
    assert refused(ties.end_tie, by=center.lin, at=center.at, tie=leads).clauses == ("REL-01",), "the lead entered it"
    ties.end_tie(by=center.lead, at=center.at, tie=leads)
    assert ties_of(center.staff["lin"].id) == [] and not Duty.objects.filter(kind="name_tie", settled_at=None).exists()

"""Taken apart again: whichever file went on, each of the two has the own things and opens nothing of the other's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from subrosa.policy.actor import Actor
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import brief, registering, sitting
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.case.models import Case
from subrosa.records.case.queries import who_can_open
from subrosa.records.consent.models import Consent
from subrosa.records.correspondence import actions as mail
from subrosa.records.duty.models import Duty
from subrosa.records.merging import actions as merging
from subrosa.records.merging.models import Merge
from subrosa.records.note import actions as notes
from subrosa.records.note.drafts import keep_draft
from subrosa.records.note.models import Note
from subrosa.records.note.short import write_short
from subrosa.records.person import clients
from subrosa.records.person.models import Account, ActivationCode, Client
from subrosa.records.vault import keys
from tests.records.appointment.test_sitting import TEXT as BRIEF
from tests.records.center import FULL, Center, Visit, open_account, refused
from tests.records.joining import joined

YES: dict[str, Any] = {"agreed": True, "seen": True}
OLD, NEW, NEXT = "老的话", "新的话", "后来又约的"


@dataclass
class Pair:
    """Two accounts, each with a file, reasons, a signed record and a meeting that has none yet."""

    center: Center
    older: Visit
    newer: Visit

    @property
    def at(self) -> datetime:
        return self.center.at + timedelta(days=4, hours=8)

    def put(self, **more: Any) -> Merge:
        given = {"client": self.fresh(self.newer), "older": self.fresh(self.older), **YES, **more}
        return merging.put_together(**{"by": self.center.lin, "at": self.at, **given})

    def apart(self, merge: Merge, **later: int) -> Merge:
        return merging.take_apart(by=self.center.lin, at=self.at + timedelta(**later), merge=fresh(merge))

    def fresh(self, visit: Visit) -> Client:
        return Client.objects.get(pk=visit.client.pk)

    def stands(self) -> dict[str, Any]:
        """Where every time, record, yes and duty of the two is, and in which way."""
        ours = [self.older.case_id, self.newer.case_id]
        found: dict[str, Any] = {}
        for model in (Booking, Note, Consent, Sitting):
            rows = model._default_manager.filter(case__in=ours)
            found[model.__name__] = set(rows.values_list("pk", "case_id"))
            if model is not Note:
                found[f"whose {model.__name__}"] = set(rows.values_list("pk", "client_id"))
        found["owed"] = set(Duty.objects.filter(case_id__in=ours).values_list("kind", "about", "case_id", "settled_at"))
        found["files"] = set(Case.objects.filter(pk__in=ours).values_list("pk", "client_id", "state", "why_closed"))
        found["ways"] = set(Account.objects.filter(client_id__in=self.people).values_list("pk", "client_id", "keypair"))
        return found

    @property
    def people(self) -> list[UUID]:
        return [self.older.client.pk, self.newer.client.pk]

    def each_opens_the_own(self) -> None:
        for mine, other, words in ((self.older, self.newer, OLD), (self.newer, self.older, NEW)):
            assert set(said(mine.me, mine.case, self.at).values()) == {f"{words}一", f"{words}二"}
            assert refused(notes.read_reasons, by=mine.me, at=self.at, case=other.case)
            assert {one.of for one in who_can_open(mine.case.pk) if one.kind == "client"} == {mine.client.pk}
            read = notes.read_file(by=self.center.lin, at=self.at, case=mine.case)
            assert [one.text.words["course"] for one in read] == [FULL.words["course"]]
            assert mine.case.client_id == mine.client.pk


def fresh(merge: Merge) -> Merge:
    return Merge.objects.select_related("client", "was", "case", "ended").get(pk=merge.pk)


def said(who: Actor, case: Case, at: datetime) -> dict[UUID, str]:
    return dict(notes.read_reasons(by=who, at=at, case=case))


def lived(visit: Visit, words: str, *days: int) -> None:
    """One meeting with its record; one without."""
    visit.book(days=days[0], reason=f"{words}一")
    visit.hold()
    visit.sign()
    visit.record()
    visit.book(days=days[1], reason=f"{words}二")
    visit.hold()


@pytest.fixture
def pair(center: Center) -> Pair:
    made = Pair(center, center.visit("李小雨", roster=str(uuid4())), center.visit("小鹿"))
    lived(made.older, OLD, 0, 2)
    lived(made.newer, NEW, 1, 3)
    return made


def newer_goes_on(pair: Pair) -> None:
    Case.objects.using("owner").filter(pk=pair.newer.case_id).update(opened_at=pair.center.at - timedelta(days=1))


def older_was_left(pair: Pair) -> None:
    Case.objects.using("owner").filter(pk=pair.older.case_id).update(left_at=pair.center.at)


def nothing(pair: Pair) -> None:
    """The tie: the older one's file goes on."""


@pytest.mark.clause("REC-04", "passes")
@pytest.mark.parametrize("first", [nothing, newer_goes_on, older_was_left])
def test_whichever_file_went_on_each_has_the_own_things_back(pair: Pair, first: Any) -> None:
    first(pair)
    before = pair.stands()
    merge = pair.put()
    assert (merge.case_id == pair.older.case_id) is (first is nothing)
    pair.apart(merge)
    assert pair.stands() == before
    pair.each_opens_the_own()


@pytest.mark.clause("CONF-02", "passes")
def test_what_was_done_meanwhile_with_what_came_along_goes_back_with_it(pair: Pair) -> None:
    """A draft, a duty, a time that is still ahead: they hang on the meeting, not on the file in which it was for some hours."""
    for first in (nothing, newer_goes_on):
        first(pair)
        merge = pair.put()
        moved, home = (pair.older, pair.older.case_id) if first is newer_goes_on else (pair.newer, pair.newer.case_id)
        keep_draft(by=pair.center.lin, at=pair.at, case=fresh(merge).case, booking=moved.booking, text=FULL)
        pair.apart(merge)
        assert set(Note.objects.filter(booking=moved.booking).values_list("case_id", flat=True)) == {home}
        about = f"appointment.Booking:{moved.booking.pk}"
        assert set(Duty.objects.filter(about=about).values_list("case_id", flat=True)) == {home}
        pair.each_opens_the_own()


@pytest.mark.clause("REC-04", "not_yet")
@pytest.mark.parametrize("first", [nothing, newer_goes_on])
def test_a_short_record_is_a_signature_too(pair: Pair, first: Any) -> None:
    first(pair)
    merge = pair.put()
    moved = pair.older if first is newer_goes_on else pair.newer
    case = Case.objects.get(pk=merge.case_id)
    text = notes.NoteText(asked=replace(FULL.asked, lines="来过，谈了几句。"))
    write_short(by=pair.center.lin, at=pair.at, case=case, booking=moved.booking, text=text)
    assert refused(pair.apart, merge=merge).missing == ("nothing_signed_since",)
    assert notes.read_file(by=pair.center.lin, at=pair.at, case=case)


def sat_down(pair: Pair, visit: Visit) -> Sitting:
    row = sitting.sit_down(by=pair.center.lin, at=pair.at)
    sitting.get_up(by=pair.center.lin, at=pair.at, sitting=row)
    return sitting.go_on_with(by=pair.center.lin, at=pair.at, sitting=row, client=visit.client)


@pytest.mark.clause("REC-04", "not_yet")
@pytest.mark.parametrize("first", [nothing, newer_goes_on])
@pytest.mark.parametrize("held", [False, True])
def test_a_brief_contact_that_became_something_since_is_one_too(pair: Pair, first: Any, held: bool) -> None:
    first(pair)
    row = sat_down(pair, pair.older if first is newer_goes_on else pair.newer)
    merge = pair.put()
    row = sitting.sitting(row.pk)
    if held:
        sitting.hold(by=pair.center.lin, at=pair.at, sitting=row, promise_said=True)
    else:
        brief.sign(by=pair.center.lin, at=pair.at, sitting=row, text=BRIEF)
    assert refused(pair.apart, merge=merge).missing == ("nothing_signed_since",)


def test_a_brief_contact_of_which_nothing_was_said_goes_back(pair: Pair) -> None:
    rows = [sat_down(pair, one) for one in (pair.older, pair.newer)]
    before = pair.stands()
    pair.apart(pair.put())
    assert pair.stands() == before and [one.client_id for one in rows] == pair.people


def test_whose_name_was_owed_owes_it_again(center: Center) -> None:
    """Somebody without a name sat down; together with a known student nothing was owed any more."""
    older = center.visit("李小雨", roster=str(uuid4()))
    row = sitting.sit_down(by=center.lin, at=center.at)
    owed = Duty.objects.filter(kind="sitting", about=f"appointment.Sitting:{row.pk}", settled_at=None)
    at = center.at + timedelta(minutes=5)
    merge = merging.put_together(by=center.lin, at=at, client=row.client, older=older.client, **YES)
    assert not owed.exists()
    merging.take_apart(by=center.lin, at=at, merge=fresh(merge))
    assert owed.exists() and sitting.sitting(row.pk).client_id == row.client_id


@pytest.mark.clause("CONF-02", "not_yet")
def test_what_the_student_wrote_since_is_not_dealt_out(pair: Pair) -> None:
    """Nobody can tell by which of the ways in it was asked for."""
    merge = pair.put()
    later = pair.at + timedelta(minutes=10)
    appointment.book(by=pair.older.me, at=later, reason=NEXT, client=pair.older.client, **pair.center.slot(8))
    assert refused(pair.apart, merge=merge, minutes=20).missing == ("nothing_written_since",)


def test_what_the_student_wrote_to_the_center_since_is_not_either(pair: Pair) -> None:
    merge = pair.put()
    later = pair.at + timedelta(minutes=10)
    mail.send(by=pair.older.me, at=later, client=pair.older.client, text=NEXT)
    assert refused(pair.apart, merge=merge, minutes=20).missing == ("nothing_written_since",)


def test_a_yes_that_was_given_since_is_a_signature(center: Center) -> None:
    older, newer = center.visit("李小雨", roster=str(uuid4())), center.visit("小鹿")
    for days, one in enumerate((older, newer)):
        one.book(days=days)
    merge = merging.put_together(by=center.lin, at=center.at, client=newer.client, older=older.client, **YES)
    center.at += timedelta(minutes=1)
    older.sign()
    call = {"by": center.lin, "at": center.at, "merge": fresh(merge)}
    assert refused(merging.take_apart, **call).missing == ("nothing_signed_since",)


def slip(pair: Pair, visit: Visit, at: datetime) -> str:
    code = keys.new_activation_code()
    clients.give_code(by=pair.center.lin, at=at, client=pair.fresh(visit), code=code)
    return code


@pytest.mark.clause("COMP-01", "refuses")
def test_a_new_account_ends_every_slip(pair: Pair) -> None:
    """The one of the other name too: whoever finds it in an old bag ends nothing with it."""
    codes = [slip(pair, one, pair.at) for one in (pair.older, pair.newer)]
    pair.put()
    assert all(clients.code_for(one) for one in codes)
    open_account(pair.older.client, codes[1], pair.at)
    assert not any(clients.code_for(one) for one in codes)
    assert not ActivationCode.objects.filter(client_id__in=pair.people).exists()


@pytest.mark.clause("CONF-02", "not_yet")
def test_a_way_in_that_was_made_since_belongs_to_nobody_surely(pair: Pair) -> None:
    merge = pair.put()
    later = pair.at + timedelta(minutes=10)
    open_account(pair.older.client, slip(pair, pair.older, later), later)
    assert refused(pair.apart, merge=merge, minutes=20).missing == ("no_way_in_since",)


@pytest.mark.clause("CONF-02", "passes")
def test_a_slip_that_was_given_since_opens_nothing_and_older_ones_open_the_own(pair: Pair) -> None:
    early = pair.center.at
    old, new = (slip(pair, one, early) for one in (pair.older, pair.newer))
    pair.apart(pair.put())
    assert [clients.code_for(one).client_id for one in (old, new)] == pair.people  # type: ignore[union-attr]
    merge = pair.put()
    given = slip(pair, pair.older, pair.at + timedelta(minutes=10))
    pair.apart(merge, minutes=20)
    assert clients.code_for(given) is None


@pytest.mark.clause("REC-04", "not_yet")
def test_of_two_the_later_one_is_taken_apart_first(pair: Pair) -> None:
    first = pair.put()
    third = pair.center.visit("小雨滴")
    at = pair.at + timedelta(minutes=1)
    second = pair.put(client=third.client, at=at)
    assert refused(pair.apart, merge=first, minutes=2).missing == ("later_one_first",)
    pair.apart(second, minutes=2)
    pair.apart(first, minutes=3)
    listed = pair.center.visit("小雨点")
    first = pair.put()
    second = merging.put_together(by=pair.center.lin, at=at, client=pair.fresh(pair.older), older=listed.client, **YES)
    assert refused(pair.apart, merge=first, minutes=2).missing == ("later_one_first",)


@pytest.mark.clause("CONF-02", "passes")
def test_a_colleagues_file_that_went_on_in_ones_own(center: Center) -> None:
    older, newer = center.visit("李小雨", roster=str(uuid4())), center.visit("小鹿")
    older.book(days=1, reason=f"{OLD}一")
    made = appointment.book(by=newer.me, at=center.at, reason=f"{NEW}一", client=newer.client, **center.slot(2, "zhou"))
    newer.case_id = made.case_id
    joined(by=center.lin, at=center.at, case=older.case, colleague=center.row("zhou"))
    merge = merging.put_together(by=center.zhou, at=center.at, client=newer.client, older=older.client, **YES)
    assert (merge.case_id, merge.ended_id) == (newer.case_id, older.case_id)
    merging.take_apart(by=center.zhou, at=center.at, merge=fresh(merge))
    for mine, other, words in ((older, newer, OLD), (newer, older, NEW)):
        assert list(said(mine.me, mine.case, center.at).values()) == [f"{words}一"]
        assert refused(notes.read_reasons, by=mine.me, at=center.at, case=other.case)


@pytest.mark.clause("APPT-01", "passes")
def test_what_one_did_not_know_is_taken_over_and_what_was_corrected_since_stays(center: Center) -> None:
    bare = clients.open_client(by=center.lin, at=center.at, identity=clients.Identity("李小雨"))
    known = {"class_name": "高二5班", "born": "2009-09-09", "phone": "13800000000", "reach": clients.COMES_BY}
    newer = center.visit("小鹿", **known)
    at = center.at
    merge = merging.put_together(by=center.lin, at=at, client=newer.client, older=bare, **YES)
    both = clients.read_identities(by=center.lin, at=at, clients=[bare.pk])[bare.pk]
    assert both == clients.Identity("李小雨", **known)
    said = replace(both, phone="13900000000")
    registering.register(by=center.lin, at=at, client=Client.objects.get(pk=bare.pk), identity=said, seen=True)
    merging.take_apart(by=center.lin, at=at, merge=fresh(merge))
    after = clients.read_identities(by=center.lin, at=at, clients=[bare.pk, newer.client.pk])
    assert after[bare.pk] == clients.Identity("李小雨", phone="13900000000")
    assert after[newer.client.pk] == clients.Identity("小鹿", **known)

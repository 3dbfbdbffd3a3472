"""One student behind two clients: put together after being asked, nothing lost, and taken apart on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.grounds import table
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import registering
from subrosa.records.appointment.models import Booking
from subrosa.records.archive.models import FileLine
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.case.models import Case
from subrosa.records.case.queries import open_case_of, who_can_open
from subrosa.records.consent import actions as consent
from subrosa.records.consent import understanding
from subrosa.records.consent.queries import has_signed
from subrosa.records.correspondence import actions as mail
from subrosa.records.duty.models import Duty
from subrosa.records.merging import actions as merging
from subrosa.records.merging.files import FOLLOWING, SEALED
from subrosa.records.merging.models import Merge
from subrosa.records.note import actions as notes
from subrosa.records.person import clients, doorway, entrance, returning
from subrosa.records.person.models import Account, Client
from subrosa.records.school.fields import SealedField
from subrosa.records.vault.opener import opener
from tests.ground import together
from tests.records.appointment.test_first import WORDS, Came
from tests.records.center import FULL, Center, Visit, refused
from tests.records.joining import joined

YES: dict[str, Any] = {"agreed": True, "seen": True}
BEFORE = "最近总是睡不着"


def by_digits(code: str) -> Actor:
    """Whoever comes back with sixteen digits, in a request of their own."""
    found = returning.open_with(code)
    assert found is not None
    return Actor(Kind.CLIENT, found.client, opener(found.pair, found.private))


@dataclass
class Two:
    """One student twice: an account with a file of Lin's, matched to the list; and a nickname with sixteen digits."""

    center: Center
    older: Visit
    came: Came

    @property
    def given(self) -> dict[str, Any]:
        return {"client": self.came.row, "older": Client.objects.get(pk=self.older.client.pk)}

    def put(self, by: str = "lin", **more: Any) -> Merge:
        one = {"by": getattr(self.center, by), "at": self.center.at, **self.given, **YES, **more}
        return merging.put_together(**one)

    def apart(self, merge: Merge, by: str = "lin", **later: int) -> Merge:
        at = self.center.at + timedelta(**later)
        return merging.take_apart(by=getattr(self.center, by), at=at, merge=merge)

    def no(self, by: str = "lin", **more: Any) -> tuple[str, tuple[str, ...]]:
        """How it is answered where it must not pass: the rule, and what is missing."""
        ruling = refused(self.put, by=by, **more)
        return ruling.reasons[0].rule, ruling.missing


def two(center: Center, **card: str) -> Two:
    older = center.visit("李小雨", roster=str(uuid4()), **card)
    older.book(reason=BEFORE)
    came = Came(center, days=2)
    came.press()
    doorway.adopt_waiting(by=center.lin, at=center.at)
    return Two(center, older, came)


@pytest.fixture
def pair(center: Center) -> Two:
    return two(center)


def opens(who: Actor, case: Case, at: Any) -> dict[Any, str]:
    try:
        return dict(notes.read_reasons(by=who, at=at, case=case))
    except Refused:
        return {}


@pytest.mark.clause("APPT-01", "passes")
def test_two_files_of_one_student_become_one_and_every_way_in_opens_it(pair: Two) -> None:
    center, newer = pair.center, Case.objects.get(pk=pair.came.booking.case_id)
    merge = pair.put()
    main = pair.older.case
    newer.refresh_from_db()
    assert (main.state, newer.state, newer.why_closed) == ("open", "closed", "joined")
    assert newer.number == FileLine.objects.get(case=newer).number
    assert {main.client_id, newer.client_id} == {pair.older.client.pk} == {merge.client_id}
    both = {pair.older.booking.pk: BEFORE, pair.came.booking.pk: WORDS}
    me = by_digits(pair.came.code)
    assert me.id == pair.older.client.pk
    for who in (me, pair.older.me, center.lin):
        assert opens(who, main, center.at) == both
    assert entrance.try_again(Kind.CLIENT, me.id, returning.grouped(pair.came.code)) is not None
    assert {one.sign_in.startswith("back-") for one in clients.accounts_of(me.id)} == {False, True}
    shown = clients.read_identities(by=center.rui, at=center.at, clients=[me.id])[me.id]
    assert shown.name == "李小雨" and shown.not_to_be_called and shown.urgent
    told = {(case.pk, one.act) for case in (main, newer) for one in entries_of_case(case.pk)}
    assert {(main.pk, "put_together"), (newer.pk, "continue_file")} <= told


@pytest.mark.clause("REC-04", "passes")
def test_what_was_signed_stays_and_what_is_owed_goes_on(center: Center) -> None:
    pair = two(center)
    came, newer = pair.came, pair.came.booking.case
    identity = clients.Identity("小鹿", class_name="高二5班", reach=clients.COMES_BY)
    registering.register(by=center.lin, at=center.at, client=came.row, identity=identity, seen=True)
    held = appointment.hold(by=center.lin, at=came.booking.ends_at, booking=came.booking, promise_said=True)
    mine = came.me
    consent.give(by=mine, at=held.ends_at, case=newer, agreement=center.agreement, language="en")
    understanding.talk_over(by=center.lin, at=held.ends_at, case=newer, said=dict.fromkeys(table(), "understood"))
    notes.write(by=center.lin, at=held.ends_at, case=newer, booking=held, text=FULL)
    later = appointment.book(by=mine, at=held.ends_at, reason="后来的话", client=came.row, **center.slot(3))
    appointment.hold(by=center.lin, at=later.ends_at, booking=later)
    merge = pair.put(at=later.ends_at)
    main = pair.older.case
    [signed] = notes.read_file(by=center.lin, at=later.ends_at, case=Case.objects.get(pk=newer.pk))
    assert signed.note.booking_id == held.pk and signed.text.words["course"] == FULL.words["course"]
    assert refused(notes.read_file, by=center.fang, at=center.at, case=newer).clauses == ("CONF-02",)
    assert Booking.objects.get(pk=held.pk).case_id == newer.pk != Booking.objects.get(pk=later.pk).case_id == main.pk
    owed = Duty.objects.get(kind="record", about=f"appointment.Booking:{later.pk}")
    assert owed.case_id == main.pk and owed.settled_at is None
    assert has_signed(main.pk) and not has_signed(newer.pk), "the same person signed it"
    note = notes.write(by=center.lin, at=later.ends_at, case=main, booking=Booking.objects.get(pk=later.pk), text=FULL)
    assert note.case_id == main.pk
    assert refused(pair.apart, merge=merge, days=3).missing == ("nothing_signed_since",)


@pytest.mark.clause("CLIENT-01", "not_yet")
def test_nobody_is_put_together_unseen_unasked_or_by_who_does_not_hold_both(pair: Two) -> None:
    center = pair.center
    assert pair.no(agreed=False) == ("nobody_is_put_together_unasked", ("student_agreed",))
    assert pair.no(seen=False) == ("two_become_one_after_the_person_was_seen", ("person_seen",))
    assert pair.no("zhou") == ("two_files_are_joined_by_who_holds_both", ("colleague_receives",))
    for who in ("rui", "lead", "qian", "sun"):
        assert pair.no(who) == ("this_is_not_for_you", ())
    same = {"client": pair.given["older"]}
    assert pair.no(**same) == ("what_is_one_already_is_not_joined_again", ("two_clients",))
    listed = center.visit("王小明", roster=str(uuid4()))
    assert pair.no(client=listed.client) == ("two_of_the_list_stay_two", ())
    assert not Merge.objects.filter(was=pair.came.row).exists() and pair.came.row.joined_id is None


@pytest.mark.clause("CONF-02", "not_yet")
def test_two_colleagues_settle_who_goes_on(center: Center) -> None:
    older = center.visit("李小雨", roster=str(uuid4()))
    older.book(reason=BEFORE)
    came = Came(center, days=2)
    came.given["offer"] = type(came.given["offer"])(**center.slot(2, "zhou"))
    came.press()
    doorway.adopt_waiting(by=center.lin, at=center.at)
    pair = Two(center, older, came)
    for who in ("lin", "zhou", "fang"):
        assert pair.no(who) == ("two_files_are_joined_by_who_holds_both", ("both_settle",))
    joined(by=center.lin, at=center.at, case=older.case, colleague=center.row("zhou"))
    assert pair.no("lin") == ("two_files_are_joined_by_who_holds_both", ("both_settle",))
    merge = pair.put("zhou")
    assert merge.case_id == came.booking.case_id and merge.ended_id == older.case_id, "who was brought in goes on"
    assert opens(center.zhou, Case.objects.get(pk=merge.case_id), center.at).keys() == {
        came.booking.pk,
        older.bookings[0].pk,
    }
    assert open_case_of(older.client.pk).pk == merge.case_id  # type: ignore[union-attr]


@pytest.mark.clause("REC-04", "not_yet")
def test_a_mistake_is_taken_back_on_its_day(pair: Two) -> None:
    center, newer, was = pair.center, pair.came.booking.case_id, pair.came.row.pk
    merge = pair.put()
    assert refused(pair.apart, merge=merge, by="zhou").reasons[0].rule == "who_put_together_takes_apart"
    assert refused(pair.apart, merge=merge, days=1).missing == ("same_day",)
    number = Case.objects.get(pk=newer).number
    pair.apart(merge)
    assert refused(pair.apart, merge=merge).missing == ("still_together",)
    main, other = pair.older.case, Case.objects.get(pk=newer)
    assert (main.state, other.state, other.client_id) == ("open", "open", was)
    assert Booking.objects.get(pk=pair.came.booking.pk).case_id == newer
    me = by_digits(pair.came.code)
    assert me.id == was and opens(me, other, center.at) == {pair.came.booking.pk: WORDS}
    assert opens(me, main, center.at) == {} == opens(pair.older.me, other, center.at)
    assert {one.of for one in who_can_open(main.pk) if one.kind == "client"} == {pair.older.client.pk}
    known = clients.read_identities(by=center.lin, at=center.at, clients=[was, main.client_id])
    assert known[was].urgent and known[was].name == "小鹿"
    assert known[main.client_id].reach == clients.COMES_BY and not known[main.client_id].urgent
    assert Account.objects.get(client=was) and Account.objects.get(client=main.client_id)
    pair.put()
    assert Case.objects.get(pk=newer).number == number, "a number that was drawn is not drawn again"


def test_no_sealed_field_is_forgotten_on_the_way() -> None:
    """What moves is sealed anew, but for what lies under its author's key (a draft) or does not move at all (a signed text)."""
    stays = {"Note": {"draft", "body"}, "Sitting": {"draft", "body"}}
    for model in FOLLOWING:
        sealed = {one.name for one in model._meta.concrete_fields if isinstance(one, SealedField)}
        assert sealed - stays.get(model.__name__, set()) == set(SEALED.get(model, {})), model.__name__


def test_letters_and_a_slip_in_the_pocket_come_along(center: Center) -> None:
    older = center.visit("李小雨", roster=str(uuid4()))
    code = returning.new_code()
    newcomer = returning.newcomer(code, center.at)
    letter = mail.write_at_the_door(by=DOOR, at=center.at, newcomer=newcomer, name="小鹿", text="有件事想说")
    doorway.adopt_waiting(by=center.lin, at=center.at, first=[newcomer.client.pk])
    given = {"client": Client.objects.get(pk=newcomer.client.pk), "older": older.client}
    merging.put_together(by=center.fang, at=center.at, **given, **YES)  # on duty, and nobody counsels either
    letter.refresh_from_db()
    assert letter.client_id == older.client.pk
    for me in (older.me, by_digits(code)):
        read = mail.read_own(by=me, at=center.at, client=older.client)
        assert [one.text for one in read] == ["有件事想说"]


def test_two_presses_at_once_and_a_stale_page_do_it_once(pair: Two) -> None:
    center, was = pair.center, pair.came.row
    answers = together(*(lambda: pair.put(once=uuid4()) for _ in range(2)))
    done = [one for one in answers if isinstance(one, Merge)]
    late = [one for one in answers if isinstance(one, Refused)]
    assert len(done) == len(late) == 1
    assert late[0].ruling.reasons[0].rule == "what_is_one_already_is_not_joined_again"
    stale = {"by": center.lin, "at": center.at, "client": was}
    for call in (
        lambda: appointment.book(**stale, **center.slot(4)),
        lambda: registering.register(**stale, identity=clients.Identity("小鹿")),
        lambda: registering.decline(**stale, reason="no_free_time"),
    ):
        ruling = refused(call)
        assert (ruling.outcome, ruling.reasons[0].rule) == (Outcome.NOT_YET, "who_was_joined_goes_on_there")
    assert Case.objects.filter(client=was).count() == 0

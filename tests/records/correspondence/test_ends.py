"""How letters end: what stays with a client, what follows nobody who has left, what no closed file buries."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import ending
from subrosa.records.appointment.models import Proposal, Sitting
from subrosa.records.appointment.registering import decline
from subrosa.records.archive import actions as archive
from subrosa.records.audit.models import Entry
from subrosa.records.case.letter_text import LetterText
from subrosa.records.correspondence import actions, queries
from subrosa.records.correspondence.lists import Answer, Closed
from subrosa.records.correspondence.models import Letter
from subrosa.records.notice.queries import unseen
from subrosa.records.outreach import actions as outreach
from subrosa.records.person import clients, returning
from subrosa.records.person.doorway import adopt_waiting
from subrosa.records.person.models import Account
from subrosa.records.vault import keys
from subrosa.records.vault.models import Keypair
from tests.ground import by_owner, statements, together
from tests.records.center import Center, Visit, again, open_account, refused
from tests.records.correspondence.test_correspondence import BACK, DAY, WORDS, Wrote, _name, answer, letter_of


def _forgotten(wrote: Wrote, at: Any) -> bool:
    """The clock destroys the letter; whether the way in went with it."""
    actions.forget(by=CLOCK, at=at, letter=wrote.row)
    return not Account.objects.filter(client=wrote.letter.client_id).exists()


@pytest.mark.clause("REC-04", "refuses")
@pytest.mark.parametrize("kept_by", ["slip", "account", "declined", "cry", "sitting", "proposal", "nothing"])
def test_destroying_a_letter_leaves_every_other_way_in(own_center: Center, kept_by: str) -> None:
    center, wrote = own_center, Wrote(own_center)
    client, code = wrote.letter.client, keys.new_activation_code()
    answer(center.lin, wrote.row, center.at)
    if kept_by in ("slip", "account"):
        adopt_waiting(by=center.lin, at=center.at)
        clients.give_code(by=again(center.lin), at=center.at, client=client, code=code)
    if kept_by == "account":
        open_account(client, code, center.at)
    if kept_by == "declined":
        decline(by=center.lin, at=center.at, client=client, reason="no_free_time")
    if kept_by == "cry":
        outreach.send_to_duty(by=wrote.me, at=center.at, text="在吗")
    if kept_by == "sitting":
        by_owner(Sitting(client=client, staff_id=center.lin.id, began_at=center.at))
    if kept_by == "proposal":
        slot = center.slot()
        of = {"staff": slot["opening"].staff, "room": slot["opening"].room, "client": client, **slot}
        by_owner(Proposal(**of, who=b"x", code_hash=b"x", made_at=center.at))
    before = Account.objects.get(client=client)
    assert _forgotten(wrote, center.at + 900 * DAY) is (kept_by == "nothing")
    if kept_by != "nothing":
        assert Account.objects.get(client=client).keypair_id == before.keypair_id
        assert Keypair.objects.get(pk=before.keypair_id).ended_at is None


def test_a_letter_that_is_being_sent_keeps_the_way_in(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    center, wrote = own_center, Wrote(own_center)
    answer(center.lin, wrote.row, center.at)
    sealing, me, owe = threading.Event(), wrote.me, actions._owe

    def slowly(*given: Any) -> None:
        sealing.set()
        time.sleep(0.5)
        owe(*given)

    def forgotten() -> bool:
        sealing.wait(10)
        return _forgotten(wrote, center.at + 900 * DAY)

    monkeypatch.setattr(actions, "_owe", slowly)
    send = {"by": me, "at": center.at, "client": wrote.letter.client, "text": "还有一句"}
    sent, gone = together(lambda: actions.send(**send), forgotten)
    assert isinstance(sent, Letter) and gone is False
    assert returning.open_with(wrote.code) is not None


@pytest.mark.clause("APPT-09", "not_yet")
def test_no_case_ends_while_a_letter_of_it_waits(own_center: Center) -> None:
    visit = own_center.visit("李小雨")
    visit.recorded()
    letter = letter_of(visit)
    ruling = refused(archive.close, by=own_center.lin, at=own_center.later, case=visit.case)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("letter_settled",))
    row = queries.letter(letter.pk)
    assert row is not None and visit.case.state == "open"
    answer(own_center.lin, row, own_center.later)
    visit.archived()
    (read,) = actions.read_own(by=visit.me, at=own_center.later, client=visit.client)
    assert read.answer.text.text == BACK


@pytest.mark.clause("CLIENT-01", "not_yet")
def test_an_answer_after_the_end_lies_there_without_invitation_or_notice(booked: Visit) -> None:
    center, first, other = booked.center, letter_of(booked), letter_of(booked, "另一封")
    ending.end_counseling(by=booked.me, at=center.later, case=booked.case, words="")
    after = center.later + timedelta(hours=1)
    late = actions.send(by=booked.me, at=after, client=booked.client, text="又想说一句")
    rows = {one.pk: one for one in queries.of_client(booked.client.pk)}
    ruling = refused(answer, who=center.lin, letter=rows[first.pk], at=after)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("no_invitation",))
    answer(center.lin, rows[first.pk], after, Answer(LetterText(BACK)))
    actions.close_letter(by=again(center.lin), at=after, letter=rows[other.pk], how=Closed.NOTHING_TO_ANSWER)
    assert "answered" not in [one.kind for one in unseen(booked.client.pk)]
    assert BACK in [one.answer.text.text for one in actions.read_own(by=booked.me, at=after, client=booked.client)]
    answer(again(center.lin), rows[late.pk], after)  # written after the end: answered as usual
    assert "answered" in [one.kind for one in unseen(booked.client.pk)]


def test_a_page_of_letters_costs_one_entry_each_and_nothing_else(own_center: Center) -> None:
    center, visit = own_center, own_center.visit("李小雨")
    visit.book()

    def page() -> int:
        lin = again(center.lin)
        read = actions.open_page(by=lin, at=center.later, letters=queries.new_letters(lin.id))
        assert all(one.text == WORDS for one in read)
        return len(read)

    for _ in range(3):
        letter_of(visit), Wrote(center)
    with statements() as few:
        assert page() == 6
    for _ in range(4):
        newest, _other = letter_of(visit), Wrote(center)
    with statements() as many:
        assert page() == 14
    assert len(many) - len(few) == 8
    told = Entry.objects.filter(act="open_letter", about=_name(newest))
    assert told.filter(case_id=visit.case_id).count() == 1

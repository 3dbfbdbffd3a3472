"""Letters on real rows: sealed to who may answer, answered in time, opened by digits or the own account, and gone in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.demo.center import Part, join
from subrosa.desks.clock import loop
from subrosa.policy.actor import CLOCK, DOOR, Actor
from subrosa.policy.diagnosis import Source, Whose
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary, Outcome, Refused
from subrosa.records.archive import actions as archive
from subrosa.records.audit.models import Entry
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.case import handing
from subrosa.records.case.letter_text import LetterText
from subrosa.records.correspondence import actions, queries
from subrosa.records.correspondence.lists import Answer, Closed
from subrosa.records.correspondence.models import Draft, Letter
from subrosa.records.duty.actions import climb, set_calendar
from subrosa.records.duty.models import Duty
from subrosa.records.duty.queries import to_climb
from subrosa.records.notice.queries import unseen
from subrosa.records.person import returning
from subrosa.records.person.entrance import signed_in
from subrosa.records.person.models import Account
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant
from subrosa.records.vault.opener import opener, opener_of
from subrosa.timetable.year import Entry as Days
from subrosa.timetable.year import Kind
from tests.ground import growth, together
from tests.records.center import PASSPHRASE, Center, Visit, again, locked, refused
from tests.records.owing import owing
from tests.records.thief import set_rows

WORDS = "我不知道从哪儿说起，宿舍里没有人跟我说话。"
BACK = "谢谢你写下来。没人说话的宿舍很难熬，你已经撑了很久。"
ANSWER = Answer(LetterText(BACK), time=True)
DAY = timedelta(days=1)


class Wrote:
    """Somebody who wrote at the door of a center, with nothing but the digits afterwards."""

    def __init__(self, center: Center, text: str = WORDS, name: str = "小鹿") -> None:
        self.center, self.code = center, returning.new_code()
        self.newcomer = returning.newcomer(self.code, center.at)
        self.given: dict[str, Any] = {"newcomer": self.newcomer, "name": name, "text": text, "once": uuid4()}
        self.letter: Letter = actions.write_at_the_door(by=DOOR, at=center.at, **self.given)

    @property
    def row(self) -> Letter:
        row = queries.letter(self.letter.pk)
        assert row is not None
        return row

    @property
    def me(self) -> Actor:
        found = returning.open_with(self.code)
        assert found is not None
        return Actor(self.newcomer.me.kind, found.client, opener(found.pair, found.private))

    def reads(self) -> actions.Read:
        (one,) = actions.read_own(by=self.me, at=self.center.later, client=self.letter.client)
        return one


def letter_of(visit: Visit, text: str = WORDS, by: Actor | None = None) -> Letter:
    return actions.send(by=by or visit.me, at=visit.center.at, client=visit.client, text=text)


def answer(who: Actor, letter: Letter, at: Any, text: Answer = ANSWER) -> Letter:
    return actions.answer_letter(by=who, at=at, letter=letter, answer=text)


@pytest.mark.clause("APPT-09", "passes")
def test_a_letter_from_the_door_is_answered_and_opened_by_its_digits(center: Center) -> None:
    wrote = Wrote(center)
    assert WORDS in [one.text for one in _queue(center.lin, center)]
    answer(center.lin, wrote.row, center.later)
    read = wrote.reads()
    assert (read.text, read.answer.text.text, read.answer.time) == (WORDS, BACK, True)
    assert wrote.row.state == "answered" and wrote.row.ended_by_id == center.lin.id
    assert [one.kind for one in unseen(wrote.letter.client_id)] == ["answered"]
    assert str(center.lin.id) not in (wrote.code, repr(read)) and repr(read) == "…"


def _queue(who: Actor, center: Center) -> list[actions.Read]:
    return [actions.open_letter(by=who, at=center.later, letter=one) for one in queries.new_letters(who.id)]


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_off_duty_opens_answers_sorts_or_closes(own_center: Center) -> None:
    center, letter = own_center, Wrote(own_center).row
    hua = again(join(Part("hua", "华老师", (Role.COUNSELOR,)), center.lead, PASSPHRASE, center.at))  # after the teams
    for by, rule in (
        (hua, "a_letter_opens_for_those_it_was_written_to"),
        (center.rui, "this_is_not_for_you"),
        (center.qian, "this_is_not_for_you"),
        (center.lead, "this_is_not_for_you"),
    ):
        assert queries.new_letters(by.id) == [] and queries.waiting(by.id, center.later).any == 0
        for press, more in (
            (actions.open_letter, {}),
            (actions.answer_letter, {"answer": ANSWER}),
            (actions.keep_answer, {"answer": ANSWER}),
            (actions.sort_letter, {"choice": "today"}),
            (actions.close_letter, {"how": Closed.CAME_TO_TALK}),
        ):
            ruling = refused(press, by=again(by), at=center.at, letter=letter, **more)
            assert [one.rule for one in ruling.reasons] == [rule]
        with pytest.raises(Boundary):
            rings.open_ring("letter", letter.pk, opener_of(by))
    assert Letter.objects.get(pk=letter.pk).state == "received"


@pytest.mark.clause("CONF-04", "passes")
def test_what_a_thief_copies_holds_neither_words_nor_name_nor_digits(center: Center) -> None:
    wrote = Wrote(center)
    actions.keep_answer(by=locked(center.lin), at=center.at, letter=wrote.row, answer=ANSWER)
    draft = bytes(Draft.objects.get(letter=wrote.letter).text)
    answer(center.lin, wrote.row, center.later)
    row = Letter.objects.get(pk=wrote.letter.pk)
    said = b"".join((bytes(row.body), bytes(row.answer or b""), draft, repr(row.__dict__).encode()))
    for word in (WORDS, BACK, "小鹿", wrote.code, returning.grouped(wrote.code)):
        assert word.encode() not in said and word.encode("utf-16-le") not in said
    holders = Grant.objects.filter(keyring__kind="letter", keyring__of=row.pk).values_list("holder__kind", flat=True)
    assert sorted(holders) == ["client", "duty"]


def test_an_answer_put_under_another_letter_opens_for_nobody(center: Center) -> None:
    one, other = Wrote(center), Wrote(center, "另一封")
    answer(center.lin, one.row, center.later)
    set_rows(other.letter, answer=bytes(one.row.answer or b""))
    assert not other.reads().opens and one.reads().opens


@pytest.mark.clause("APPT-09", "not_yet")
@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u3164"])
def test_a_letter_without_a_word_is_not_taken(visit: Visit, text: str) -> None:
    ruling = refused(letter_of, visit=visit, text=text)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("letter_words",))
    with pytest.raises(Refused):
        Wrote(visit.center, text)
    assert not Letter.objects.filter(client=visit.client).exists()


@pytest.mark.clause("APPT-09", "not_yet")
def test_an_answer_without_a_word_waits_and_is_kept(center: Center) -> None:
    wrote = Wrote(center)
    ruling = refused(answer, who=center.lin, letter=wrote.row, at=center.at, text=Answer(time=True))
    assert ruling.missing == ("answer_words",) and wrote.row.state == "received"
    assert actions.open_letter(by=center.lin, at=center.at, letter=wrote.row, with_draft=True).draft.time


@pytest.mark.clause("COMP-03", "not_yet")
def test_an_answer_that_asserts_an_illness_waits_until_it_is_said_whose_words_they_are(center: Center) -> None:
    wrote, text = Wrote(center), "你得了抑郁症，要去看。"
    ruling = refused(answer, who=center.lin, letter=wrote.row, at=center.at, text=Answer(LetterText(text)))
    assert (ruling.missing, ruling.clauses) == (("whose_words",), ("COMP-03",))
    kept = actions.open_letter(by=center.lin, at=center.at, letter=wrote.row, with_draft=True).draft
    assert kept.text.text == text  # nothing typed is lost
    (phrase,) = kept.text.passages()
    answer(center.lin, wrote.row, center.at, Answer(LetterText(text, {phrase: Source(Whose.FAMILY)})))
    assert wrote.reads().answer.text.said()[0][1].whose == "family"


@pytest.mark.clause("APPT-09", "refuses")
def test_what_was_answered_stays_as_it_is(center: Center) -> None:
    wrote = Wrote(center)
    answer(center.lin, wrote.row, center.at)
    other = Answer(LetterText("换一句"))
    for press, more in (
        (actions.answer_letter, {"answer": other}),
        (actions.keep_answer, {"answer": other}),
        (actions.sort_letter, {"choice": "week"}),
        (actions.close_letter, {"how": Closed.NOTHING_TO_ANSWER}),
    ):
        assert refused(press, by=center.zhou, at=center.at, letter=wrote.row, **more).outcome is Outcome.REFUSED
    assert wrote.reads().answer.text.text == BACK


@pytest.mark.clause("APPT-09", "not_yet")
def test_it_is_sorted_and_closed_by_the_list_alone(center: Center) -> None:
    wrote = Wrote(center)
    for press, more in ((actions.sort_letter, {"choice": "小鹿"}), (actions.close_letter, {"how": "he came"})):
        ruling = refused(press, by=center.lin, at=center.at, letter=wrote.row, **more)
        assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("listed_choice",))
    actions.close_letter(by=center.lin, at=center.at, letter=wrote.row, how=Closed.CAME_TO_TALK)
    assert wrote.reads().letter.closed == "came_to_talk" and not owing(center.lin.id, about=_name(wrote.letter))


def _name(letter: Letter) -> str:
    return f"correspondence.Letter:{letter.pk}"


def _duty(letter: Letter) -> Duty:
    return Duty.objects.get(kind="letter", about=_name(letter))


@pytest.mark.clause("CONF-02", "passes")
def test_in_a_case_the_own_counselor_reads_and_nobody_else_on_duty(booked: Visit) -> None:
    center, letter = booked.center, letter_of(booked)
    assert letter.case_id is not None and letter.case_id == booked.case_id and _duty(letter).owner_id == center.lin.id
    row = queries.letter(letter.pk)
    assert row is not None and letter.pk not in {one.pk for one in queries.new_letters(center.zhou.id)}
    assert refused(actions.open_letter, by=center.zhou, at=center.at, letter=row).clauses == ("CONF-02",)
    assert letter.pk in {one.pk for one in queries.new_letters(center.lin.id)}
    answer(center.lin, row, center.later)
    (read,) = actions.read_own(by=booked.me, at=center.later, client=booked.client)
    assert (read.text, read.answer.text.text) == (WORDS, BACK)
    told = [(one.act, one.outcome) for one in entries_of_case(letter.case_id)]
    for line in (("send_letter", "done"), ("open_letter", "refused"), ("answer_letter", "done")):
        assert line in told
    assert not Grant.objects.filter(keyring__kind="letter", keyring__of=letter.pk).exists()


def test_on_the_centers_device_it_goes_to_the_own_counselor_or_to_nobody(booked: Visit) -> None:
    center = booked.center
    kept = _handed(booked, booked.case)
    assert letter_of(booked, by=kept).case_id == booked.case_id
    ruling = refused(letter_of, visit=booked, by=_handed(booked, None))
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("way_back",))
    other = center.visit("王小明", account=False)
    assert refused(letter_of, visit=other, by=_handed(other, None)).missing == ("way_back",)


def _handed(visit: Visit, case: Any) -> Actor:
    """The client's keys on the center's device."""
    center = visit.center
    device = handing.prepare(visit.client.pk, at=center.at)
    handing.hand_over(by=center.lin, at=center.at, client=visit.client, device=device, case=case)
    found = signed_in(device.cookie, at=center.at)
    assert found is not None
    return found.actor


def test_thirty_letters_are_opened_with_as_many_statements_as_one(visit: Visit) -> None:
    letter_of(visit)
    few, many = growth(
        lambda: actions.read_own(by=visit.me, at=visit.center.later, client=visit.client), lambda: letter_of(visit)
    )
    assert few == many


def test_a_client_reads_no_letter_of_another(center: Center) -> None:
    mine, other = Wrote(center), center.visit("王小明")
    ruling = refused(actions.read_own, by=other.me, at=center.at, client=mine.letter.client)
    assert ruling.outcome is Outcome.REFUSED
    assert (
        refused(actions.send, by=other.me, at=center.at, client=mine.letter.client, text="x").outcome is Outcome.REFUSED
    )


@pytest.mark.clause("APPT-09", "passes")
def test_two_school_days_then_it_climbs_once_and_holidays_stop_the_clock(own_center: Center) -> None:
    wrote = Wrote(own_center)
    duty, year = _duty(wrote.letter), calendar()
    assert (duty.clause, duty.owner_id, duty.due) == ("APPT-09", None, year.after_school_days(own_center.at, 2))
    assert duty.pk not in {one.pk for one in to_climb(duty.due - timedelta(minutes=1))}
    day = year.local(own_center.at)
    set_calendar(by=own_center.lead, at=own_center.at, entries=[Days(Kind.HOLIDAY, day + DAY, day + 7 * DAY)])
    moved = _duty(wrote.letter)
    assert moved.due >= duty.due + 7 * DAY and queries.answer_due([wrote.row]) == {wrote.letter.pk: moved.due}
    assert moved.pk in {one.pk for one in to_climb(moved.due + timedelta(minutes=1))}
    climb(by=CLOCK, at=moved.due + timedelta(minutes=1), duty=moved)
    assert _duty(wrote.letter).climbed_at is not None
    assert duty.pk not in {one.pk for one in to_climb(moved.due + DAY)}
    answer(own_center.lin, wrote.row, moved.due + DAY)
    assert _duty(wrote.letter).settled_at is not None


def test_whoever_takes_it_owes_it_and_its_colleague_does_not(center: Center) -> None:
    wrote = Wrote(center)
    actions.sort_letter(by=center.zhou, at=center.at, letter=wrote.row, choice="answer")
    assert owing(center.zhou.id, about=_name(wrote.letter)) and not owing(center.lin.id, about=_name(wrote.letter))
    assert wrote.letter.pk in {one.pk for one in queries.taken_letters(center.lin.id)}
    answer(center.lin, wrote.row, center.at)  # a colleague may be quicker
    assert not owing(center.zhou.id, about=_name(wrote.letter))


@pytest.mark.clause("EDU-05", "not_yet")
def test_the_door_takes_only_so_many_an_hour(own_center: Center) -> None:
    most = school_profile()["duty.slips_per_hour"]
    for _ in range(most):
        last = Wrote(own_center)
    with pytest.raises(Refused) as caught:
        Wrote(own_center)
    assert caught.value.ruling.missing == ("room_in_the_queue",)
    actions.close_letter(by=own_center.lin, at=own_center.at, letter=last.row, how=Closed.NOTHING_TO_ANSWER)
    assert Wrote(own_center).letter.pk


def test_the_same_press_twice_is_one_letter(center: Center) -> None:
    wrote = Wrote(center)
    pressed = {**wrote.given, "newcomer": returning.newcomer(returning.new_code(), center.at)}
    assert actions.write_at_the_door(by=DOOR, at=center.at, **pressed).pk == wrote.letter.pk


def test_two_who_answer_at_once_send_one(center: Center) -> None:
    wrote = Wrote(center)
    done = together(
        *(
            lambda who=who: actions.answer_letter(by=again(who), at=center.at, letter=wrote.row, answer=ANSWER)
            for who in (center.lin, center.zhou)
        )
    )
    assert len([one for one in done if isinstance(one, Letter)]) == 1
    assert Entry.objects.filter(act="answer_letter", outcome="done", about=_name(wrote.letter)).count() == 1


def test_a_draft_is_its_authors_and_one_entry(center: Center) -> None:
    wrote = Wrote(center)
    for text in ("谢", "谢谢", "谢谢你"):
        actions.keep_answer(by=locked(center.lin), at=center.at, letter=wrote.row, answer=Answer(LetterText(text)))
    given: dict[str, Any] = {"at": center.at, "letter": wrote.row, "with_draft": True}
    opened = {who: actions.open_letter(by=getattr(center, who), **given) for who in ("lin", "zhou")}
    assert (opened["lin"].draft.text.text, opened["zhou"].draft.said) == ("谢谢你", False)
    assert Entry.objects.filter(act="keep_answer", about=_name(wrote.letter)).count() == 1
    answer(center.zhou, wrote.row, center.at)
    assert not Draft.objects.filter(letter=wrote.letter).exists()


@pytest.mark.clause("REC-04", "refuses")
def test_the_clock_destroys_a_letter_when_its_time_is_over_and_never_before(
    own_center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote, waiting = Wrote(own_center), Wrote(own_center, "还没有人回")
    answer(own_center.lin, wrote.row, own_center.at)
    over = own_center.at + timedelta(days=school_profile()["records.letters_kept_days"])
    early = over - timedelta(minutes=1)
    assert refused(actions.forget, by=CLOCK, at=early, letter=wrote.row).outcome is Outcome.REFUSED
    assert refused(actions.forget, by=CLOCK, at=over + 900 * DAY, letter=waiting.row).outcome is Outcome.REFUSED
    monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: over)
    assert (loop._forget_letters(), loop._forget_letters()) == (1, 0)
    assert not Letter.objects.filter(pk=wrote.letter.pk).exists()
    assert not Grant.objects.filter(keyring__kind="letter", keyring__of=wrote.letter.pk).exists()
    assert returning.open_with(wrote.code) is None and not Account.objects.filter(client=wrote.letter.client).exists()
    assert waiting.reads().text == "还没有人回"


def test_a_letter_in_a_case_goes_with_its_file(own_center: Center) -> None:
    visit = own_center.visit("李小雨")
    visit.book()
    letter = letter_of(visit)
    row = queries.letter(letter.pk)
    assert row is not None
    answer(own_center.lin, row, own_center.at)
    visit.hold()
    visit.sign()
    visit.record()
    visit.archived()
    assert queries.to_forget(visit.years()) == []  # the file decides
    for one in (own_center.lead, own_center.zhou):
        archive.confirm(by=one, at=visit.years(), case=visit.case)
    archive.destroy(by=own_center.lead, at=visit.years(), case=visit.case)
    (gone,) = queries.to_forget(visit.years())
    actions.forget(by=CLOCK, at=visit.years(), letter=gone)
    assert not Letter.objects.filter(pk=letter.pk).exists() and Account.objects.filter(client=visit.client).exists()

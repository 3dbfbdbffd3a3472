"""Who would hear of it? Guesses kept as a sealed list, talked over, and asked for by the first full record only (CON-05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy import grounds
from subrosa.policy.grounds import Card, cards, table
from subrosa.policy.ruling import Outcome
from subrosa.records.audit.checking import check
from subrosa.records.audit.sequence import sequence
from subrosa.records.case.actions import read_own_log
from subrosa.records.consent import actions, understanding
from subrosa.records.consent.models import Understanding
from subrosa.records.consent.opened import Talks, talks_of
from subrosa.records.consent.points import HEARD, STAYS
from subrosa.records.note import actions as notes
from subrosa.records.vault.opener import opener_of
from tests.ground import as_clock, statements, together
from tests.records.center import Center, Visit, locked, refused

RIGHT = {one.key: HEARD if one.heard else STAYS for one in cards()}
OTHERWISE = RIGHT | {"quarrel": HEARD, "adult": STAYS}


def guess(visit: Visit, guesses: dict[str, str], **more: Any) -> Understanding:
    given = {"by": visit.me, "at": visit.center.at, "case": visit.case, "language": "zh-hans"} | more
    return understanding.guess(guesses=guesses, **given)


def sign_only(visit: Visit) -> Any:
    given = {"by": visit.me, "at": visit.center.at, "case": visit.case, "agreement": visit.center.agreement}
    return actions.give(**given, language="zh-hans")


def talks(visit: Visit, who: Any = None) -> Talks:
    """As a page sees it: the act that opens what was said, then the list."""
    by = who or visit.center.lin
    notes.read_reasons(by=by, at=visit.center.at, case=visit.case)
    return talks_of(opener_of(by), visit.case_id)


def on_the_list(visit: Visit) -> list[str]:
    return [one.card for one in talks(visit).listed]


@pytest.mark.clause("CON-05", "passes")
def test_what_was_guessed_otherwise_is_listed_and_nothing_else(booked: Visit) -> None:
    row = guess(booked, OTHERWISE)
    assert row.open_points == 2 and on_the_list(booked) == ["quarrel", "adult"]
    assert {one.why for one in talks(booked).listed} == {"guessed"}
    booked.hold()
    assert booked.booking.state == "held", "nothing locks before the meeting"


@pytest.mark.clause("CON-05", "passes")
def test_all_are_listed_where_the_client_skipped_or_only_signed(center: Center) -> None:
    for days, skip in enumerate((lambda one: guess(one, {}), sign_only), 1):
        visit = center.visit()
        visit.book(days=days)
        skip(visit)
        assert on_the_list(visit) == list(table())
        assert {one.why for one in talks(visit).listed} == {"skipped"}


def test_guessing_before_signing_is_kept_by_signing(booked: Visit) -> None:
    guess(booked, OTHERWISE)
    sign_only(booked)
    assert on_the_list(booked) == ["quarrel", "adult"]


def found_changed(row: Understanding) -> bool:
    with as_clock():
        return any(str(row.pk) in str(one) for one in check((), rows=True).findings)


def test_presses_that_came_through_in_the_other_order_are_no_change_of_the_log(booked: Visit) -> None:
    """What is pressed first and waits for the row's lock is written last: its text stands there, and its entry is the last."""
    row = guess(booked, OTHERWISE)
    earlier, later = booked.center.at + timedelta(seconds=1), booked.center.at + timedelta(seconds=2)
    for at, card in ((later, "quarrel"), (earlier, "adult")):
        said = {"by": booked.center.lin, "at": at, "case": booked.case, "said": {card: "understood"}}
        understanding.talk_over(**said)
    assert not found_changed(row), "none of the three has a place yet"
    with as_clock():
        while sequence():
            pass
    assert not found_changed(row)
    stands = bytes(Understanding.objects.get(pk=row.pk).points or b"")
    Understanding.objects.using("owner").filter(pk=row.pk).update(points=bytes(row.points or b""))
    assert found_changed(row), "an older list put back"
    Understanding.objects.using("owner").filter(pk=row.pk).update(points=stands)


@pytest.mark.clause("CON-05", "refuses")
@pytest.mark.parametrize("who", ["lin", "lead", "rui"])
def test_taps_of_a_staff_session_do_not_count(booked: Visit, who: str) -> None:
    ruling = refused(guess, visit=booked, guesses=RIGHT, by=getattr(booked.center, who))
    assert ruling.outcome is Outcome.REFUSED and ruling.clauses == ("CON-05",)
    assert Understanding.objects.filter(case_id=booked.case_id).count() == 0


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_guesses_for_somebody_else_or_reads_it(booked: Visit) -> None:
    other = booked.center.visit("王一")
    assert refused(guess, visit=booked, guesses=RIGHT, by=other.me).clauses == ("CONF-02",)
    guess(booked, OTHERWISE)
    given = {"at": booked.center.at, "case": booked.case, "said": {"quarrel": "understood"}}
    for who in ("zhou", "fang"):
        assert refused(understanding.talk_over, by=getattr(booked.center, who), **given).clauses == ("CONF-02",)
    assert refused(understanding.talk_over, by=booked.me, **given).clauses == ("CON-05",)
    assert refused(guess, visit=booked, guesses=RIGHT, by=locked(booked.me)).clauses == ("CONF-04",)


@pytest.mark.clause("CON-05", "not_yet")
def test_the_first_full_record_waits_for_each_listed_card(booked: Visit) -> None:
    guess(booked, OTHERWISE)
    booked.hold()
    sign_only(booked)
    for said in ({}, {"quarrel": "understood"}):
        if said:
            understanding.talk_over(by=booked.center.lin, at=booked.center.at, case=booked.case, said=said)
        ruling = refused(booked.record)
        assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("CON-05",), ("open_card",))
    assert on_the_list(booked) == ["adult"]
    booked.talk_over("again", "adult")
    assert booked.record().signed_at
    assert on_the_list(booked) == ["adult"], "again next time is on the next page"
    booked.talk_over("understood", "adult")
    assert on_the_list(booked) == []


@pytest.mark.clause("CON-05", "passes")
def test_later_records_wait_for_nothing_of_it(visit: Visit) -> None:
    visit.recorded()
    row = Understanding.objects.get(case_id=visit.case_id)
    row.open_points = 3
    row.save(using="owner")
    visit.book(days=8)
    visit.hold()
    assert visit.record().signed_at


@pytest.mark.parametrize("said", [{}, {"quarrel": "wrong"}, {"nothing": "understood"}, {"quarrel": "open"}])
@pytest.mark.clause("CON-05", "not_yet")
def test_there_are_two_answers_and_only_cards_of_the_table(booked: Visit, said: dict[str, str]) -> None:
    guess(booked, OTHERWISE)
    given = {"by": booked.center.lin, "at": booked.center.at, "case": booked.case, "said": said}
    assert refused(understanding.talk_over, **given).missing == ("listed_choice",)
    assert on_the_list(booked) == ["quarrel", "adult"]


def test_guessing_once_more_changes_only_what_nobody_talked_about(booked: Visit) -> None:
    guess(booked, OTHERWISE)
    booked.talk_over("understood", "adult")
    guess(booked, RIGHT | {"adult": STAYS, "vanish": HEARD})
    assert on_the_list(booked) == ["vanish"]
    assert talks(booked).points["adult"].state == "understood"


@pytest.mark.clause("CON-04", "passes")
@pytest.mark.clause("CON-05", "passes")
def test_a_changed_exception_is_the_one_thing_listed(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    visit.recorded()
    visit.book(days=8)
    assert on_the_list(visit) == []
    test = replace(
        grounds.GROUNDS[0],
        key="test",
        zh="测试：多了一条。",
        en="A test exception.",
        cards=(Card("test", True, ("测试", "Test"), ("会说", "It is told")),),
    )
    monkeypatch.setattr(grounds, "GROUNDS", (*grounds.GROUNDS, test))
    assert on_the_list(visit) == ["test"] and talks(visit).listed[0].why == "changed"
    assert visit.booking.state == "booked", "no booking is touched"
    visit.hold()
    assert visit.record().signed_at, "never a lock before the meeting, and only the first record waits"
    assert on_the_list(visit) == ["test"]
    visit.talk_over("understood", "test")
    assert on_the_list(visit) == []
    (talk,) = talks(visit).points["test"].talks
    assert talk == ("understood", visit.center.at), "dated, for the thread"


@pytest.mark.clause("CON-04", "passes")
def test_a_sentence_said_otherwise_is_listed_too(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    visit.recorded()
    other = [replace(one, zh=one.zh + "改了。") if one.key == "complaint" else one for one in grounds.GROUNDS]
    monkeypatch.setattr(grounds, "GROUNDS", tuple(other))
    assert on_the_list(visit) == ["inquiry"]
    visit.talk_over("again", "inquiry")
    assert [one.why for one in talks(visit).listed] == ["changed"] and on_the_list(visit) == ["inquiry"]


def test_the_list_opens_to_the_client_too_and_lies_closed(booked: Visit) -> None:
    guess(booked, OTHERWISE)
    assert [one.card for one in talks(booked, booked.me).listed] == ["quarrel", "adult"]
    row = Understanding.objects.get(case_id=booked.case_id)
    assert row.points is not None and b"quarrel" not in bytes(row.points) and "quarrel" not in repr(talks(booked))
    size = len(bytes(row.points))
    assert size == len(bytes(guess(booked, OTHERWISE | {"vanish": HEARD}).points or b"")), "padded: no count to be read"


def test_two_presses_are_one_and_racers_wait(booked: Visit) -> None:
    once = uuid4()
    assert len({guess(booked, OTHERWISE, once=once).pk for _ in range(2)}) == 1
    answers = together(*(lambda: guess(booked, OTHERWISE) for _ in range(3)))
    assert {one.pk for one in answers} == {Understanding.objects.get(case_id=booked.case_id).pk}


@pytest.mark.clause("CON-09", "passes")
def test_the_client_sees_that_it_was_talked_over(booked: Visit) -> None:
    guess(booked, OTHERWISE)
    booked.talk_over("understood", "quarrel")
    log = [one.act for one in read_own_log(by=booked.me, at=booked.center.at, case=booked.case)]
    assert {"guess_cards", "talk_over_point"} <= set(log)


def test_the_record_asks_for_it_in_passing(booked: Visit) -> None:
    booked.hold()
    booked.sign()
    with statements() as said:
        assert booked.record().signed_at
    asking = [one for one in said if "consent_understanding" in one]
    assert len(asking) == 1 and '"points"' not in asking[0], "one question among others; the list stays closed"

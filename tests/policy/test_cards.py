"""One table: grounds, the agreement's exceptions and the cards; and no public text promises a cure."""

from __future__ import annotations

import pytest

from subrosa.policy import grounds, register
from subrosa.policy.agreement import POINTS, compose, proposed
from subrosa.policy.cures import promises
from subrosa.policy.grounds import GROUNDS, STAYS, Card, cards, table


@pytest.mark.clause("CON-04", "passes")
def test_every_ground_has_a_card_that_is_laid_out() -> None:
    laid = cards()
    assert len({one.key for one in laid}) == len(laid) == 9
    for ground in GROUNDS:
        assert ground.cards and set(ground.cards) <= set(laid), ground.key
        assert all(card.heard for card in ground.cards)
    assert not any(card.heard for card in STAYS) and set(STAYS) <= set(laid)
    for one in laid:
        assert all((*one.situation, *one.answer))


def test_a_card_goes_with_its_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "GROUNDS", tuple(one for one in GROUNDS if one.key != "serious_danger"))
    assert not {"hurting_self", "hurting_others"} & set(table())


def test_the_mark_of_a_card_changes_with_each_of_its_words() -> None:
    first = table()["document"]
    one = next(card for card in cards() if card.key == "document")
    for other in (
        Card(one.key, not one.heard, one.situation, one.answer),
        Card(one.key, one.heard, ("别的", one.situation[1]), one.answer),
        Card(one.key, one.heard, one.situation, (one.answer[0], "other")),
    ):
        assert grounds._mark(other, f"{GROUNDS[1].zh}\n{GROUNDS[1].en}") != first
    assert grounds._mark(one, f"{GROUNDS[1].zh}\n{GROUNDS[1].en}") == first


@pytest.mark.clause("CLIENT-02", "passes")
def test_the_agreement_says_what_openness_is_for() -> None:
    (point,) = (one for one in POINTS if one.clause == "CLIENT-02")
    zh, en = compose()
    assert point.text[0] in zh and point.text[1] in en
    assert "不说也没关系" in point.text[0] and "may stay unsaid" in point.text[1]


@pytest.mark.clause("CLIENT-03", "passes")
def test_our_own_public_texts_promise_nothing() -> None:
    assert promises(*proposed().values(), *(text for one in cards() for text in (*one.situation, *one.answer))) == ()
    for entry in register.clauses():
        if entry.id != "CLIENT-03":  # which names the words themselves
            assert promises(*(words for one in (entry.title, entry.text) for words in (one.zh, one.en))) == (), entry.id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cured in three weeks", ("cured",)),
        ("We guarantee that you will be happy.", ("guarantee that you will be happy",)),
        ("Happy in one session!", ("Happy in one session",)),
        ("三周治愈，永不复发。", ("治愈", "永不复发")),
        ("保证你好起来", ("保证你好起来",)),
        ("三次就好", ("三次就好",)),
        ("我们不能治好一切。", ()),
        ("不保证一次就好。", ()),
        ("It promises no quick cure, and is never a cure of all ills.", ()),
        ("The security guard secures the door.", ()),
        ("Your diagnosis is not cured by talking alone.", ()),
    ],
)
@pytest.mark.clause("CLIENT-03", "not_yet")
def test_words_that_promise_and_words_that_do_not(text: str, found: tuple[str, ...]) -> None:
    assert promises(text) == found

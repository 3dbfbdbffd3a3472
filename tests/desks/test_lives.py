"""The pictures of states: every state and arrow of the code, in words too, and nothing drawn over the edge."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import pytest
from django.utils.translation import gettext, override

from subrosa.desks.common import lives
from subrosa.desks.common.lives_drawn import BOX_HEIGHT, WIDTH, Drawing, drawn
from subrosa.desks.common.lives_found import lives as found
from tests.desks.hand import Hand

LIVES = dict(found())


def over_the_edge(picture: Drawing) -> list[str]:
    """Boxes and numbers that stand outside the picture, or boxes that lie on each other."""
    faults = [box.label for box in picture.boxes if box.x < 0 or box.x + box.width > WIDTH]
    faults += [box.label for box in picture.boxes if box.y + BOX_HEIGHT > picture.height]
    faults += [line.numbers for line in picture.arrows if not (0 < line.x < WIDTH and 0 < line.y < picture.height)]
    places = [(box.x, box.y) for box in picture.boxes]
    return faults + ["two boxes in one place"] * (len(places) - len(set(places)))


def test_every_state_owner_and_kind_of_row_has_words() -> None:
    assert set(LIVES) <= set(lives.NAMES), "a new states.py: give it a name in desks/common/lives.py"
    assert {module.OWNER for module in LIVES.values()} <= set(lives.OWNERS)
    assert {state.value for module in LIVES.values() for state in module.State} <= set(lives.STATES)


def test_the_page_shows_what_the_code_says(monkeypatch: pytest.MonkeyPatch, school: Any, at: Any) -> None:
    page = Hand(monkeypatch, None, at).text("/code/states/")
    for room, module in LIVES.items():
        part = page.partition(f'id="{room}"')[2].partition("</section>")[0]
        assert part.count("<rect") == len(module.State)
        assert part.count("<li>") == len(module.TRANSITIONS)
        assert len(re.findall(r'class="arrow"', part)) == len({(b, a) for (b, _act), a in module.TRANSITIONS.items()})
    assert "Note that nobody came" in page and 'href="/code/#clause-' in page


@pytest.mark.parametrize("room", LIVES)
def test_nothing_stands_over_the_edge(room: str) -> None:
    module = LIVES[room]
    states = {state.value: state.value for state in module.State}
    arrows = [(before.value, after.value) for (before, _act), after in module.TRANSITIONS.items()]
    picture = drawn(states, arrows)
    assert over_the_edge(picture) == []
    assert [box.first for box in picture.boxes].count(True) == 1


def width_of(words: str) -> float:
    """About how wide these are at twelve pixels: a Chinese character is square, a letter about half of it."""
    return sum(12.0 if ord(one) > 0x2E80 else 6.1 for one in words)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("room", LIVES)
def test_the_words_fit_their_boxes_and_no_number_hides_another(room: str, language: str) -> None:
    module = LIVES[room]
    with override(language):
        states = {state.value: gettext(lives.STATES[state.value]) for state in module.State}
    arrows = [(before.value, after.value) for (before, _act), after in module.TRANSITIONS.items()]
    picture = drawn(states, arrows)
    assert [box.label for box in picture.boxes if width_of(box.label) > box.width] == []
    pairs = itertools.combinations(picture.arrows, 2)
    assert [(a.numbers, b.numbers) for a, b in pairs if math.dist((a.x, a.y), (b.x, b.y)) < 20] == []


def test_ways_back_loops_and_neighbours() -> None:
    states = {one: one for one in "abcde"}
    picture = drawn(states, [("a", "b"), ("b", "a"), ("a", "c"), ("b", "c"), ("c", "c"), ("c", "d"), ("d", "a")])
    assert over_the_edge(picture) == []
    there, back = picture.arrows[0], picture.arrows[1]
    assert there.path != back.path and there.x != back.x  # the way back lies beside the way there
    ends = {box.label for box in picture.boxes if box.end}
    assert ends == {"e"}
    shared = drawn({"a": "a", "b": "b"}, [("a", "b"), ("a", "b")])
    assert [line.numbers for line in shared.arrows] == ["1 2"]


def test_a_box_over_the_edge_is_seen() -> None:
    picture = drawn({"a": "a", "b": "b"}, [("a", "b")])
    outside = Drawing(picture.width, 60, picture.box_height, picture.boxes, picture.arrows)
    assert over_the_edge(outside)

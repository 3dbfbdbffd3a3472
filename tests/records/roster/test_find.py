"""Finding somebody as one types: by name, class, number and pinyin, and no index of names to find it in."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.records.roster import actions, pinyin, queries
from subrosa.records.roster.models import Listing, Pupil
from subrosa.records.roster.sheet import Card
from subrosa.records.roster.wanted import Entry, Wanted
from tests.ground import statements

LIST = (
    Card("2022010001", "王小明", grade="10年级", class_name="1班"),
    Card("2022010002", "欧阳修远", grade="10年级", class_name="2班"),
    Card("2023020003", "阿卜杜拉·买买提江", grade="9年级", class_name="10班"),
    Card("2023020004", "吕单", grade="9年级", class_name="2班"),
    Card("G3301", "Anna Maria José", grade="Grade 9", class_name="B"),
    Card("2023020005", "曾明", grade="9年级", class_name="2班"),
)


@pytest.fixture
def listed(steward: Any, at: Any) -> None:
    actions.import_roster(by=steward, at=at, cards=LIST)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("王", ["王小明"]),
        ("小明", ["王小明"]),
        ("wangxiaoming", ["王小明"]),
        ("Wang Xiao Ming", ["王小明"]),
        ("WXM", ["王小明"]),
        ("w x m", ["王小明"]),
        ("wangxm", ["王小明"]),
        ("wxiaom", ["王小明"]),
        ("xm", ["王小明"]),
        ("ming", ["曾明", "王小明"]),
        ("ouyang", ["欧阳修远"]),
        ("oyxy", ["欧阳修远"]),
        ("xi'yuan", []),
        ("abdl", ["阿卜杜拉·买买提江"]),
        ("maimaiti", ["阿卜杜拉·买买提江"]),
        ("lvshan", ["吕单"]),
        ("lu", ["吕单"]),
        ("lyudan", ["吕单"]),
        ("zengming", ["曾明"]),
        ("zm", ["曾明"]),
        ("zhm", []),
        ("anna", ["Anna Maria José"]),
        ("maria anna", ["Anna Maria José"]),
        ("jose", ["Anna Maria José"]),
        ("g33", ["Anna Maria José"]),
        ("grade 9", ["Anna Maria José"]),
        ("２０２２０１", ["王小明", "欧阳修远"]),
        ("0001", []),
        ("9年级 2班", ["吕单", "曾明"]),
        ("9年级2班 zeng", ["曾明"]),
        ("10班", ["阿卜杜拉·买买提江"]),
        ("王 10", ["王小明"]),
        ("", []),
        ("  ", []),
        ("%", []),
        ("'", []),
        ("zzz", []),
    ],
)
def test_what_is_found(typed: str, names: list[str]) -> None:
    assert [one.card.name for one in queries.search(typed)] == names


@pytest.mark.parametrize(
    ("grade", "class_name", "said"),
    [
        ("高一", "高一(1)班", "高一(1)班"),
        ("高一年级", "高一(1)班", "高一(1)班"),
        ("七年级", "七年级三班", "七年级三班"),
        ("七年级", "七(3)班", "七(3)班"),
        ("七年级", "七班", "七年级七班"),
        ("10", "1", "10-1"),
        ("1", "12班", "1-12班"),
        ("10", "10(1)班", "10(1)班"),
        ("高一", "1", "高一1班"),
        ("高一", "三班", "高一三班"),
        ("2022级", "2022级3班", "2022级3班"),
        ("Grade 9", "B", "Grade 9B"),
        ("Nine", "Oak", "Nine Oak"),
        ("", "3", "3"),
        ("高一", "", "高一"),
    ],
)
def test_a_class_says_its_grade_once(grade: str, class_name: str, said: str) -> None:
    assert Card("1", "甲", grade=grade, class_name=class_name).group == said


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("高一1", "甲"),
        ("高一1班", "甲"),
        ("高一(1)班", "甲"),
        ("高一一班", "甲"),
        ("1班", "甲"),
        ("三班", "丙"),
        ("七年级三班", "丙"),
        ("7年级3班", "丙"),
        ("七3", "丙"),
        ("十一班", "乙"),
        ("高一11", "乙"),
        ("高一", "乙甲"),
        ("七年级", "丙"),
        ("八年级", ""),
        ("高二1", ""),
    ],
)
def test_a_class_is_found_however_its_number_is_written(steward: Any, at: Any, typed: str, finds: str) -> None:
    cards = [
        Card("91", "甲", grade="高一", class_name="高一(1)班"),
        Card("92", "乙", grade="高一", class_name="高一(11)班"),
        Card("93", "丙", grade="七年级", class_name="3班"),
    ]
    actions.import_roster(by=steward, at=at, cards=cards)
    assert {one.card.name for one in queries.search(typed)} == set(finds)


@pytest.mark.usefixtures("listed")
def test_what_begins_as_typed_comes_first_and_at_most_twelve(steward: Any, at: Any) -> None:
    more = [Card(f"3{n:03}", f"明{n}", class_name=f"{n}班") for n in range(20)]
    actions.import_roster(by=steward, at=at, cards=more)
    found = [one.card.name for one in queries.search("ming")]
    assert found == [f"明{n}" for n in range(12)]  # and class 2 before class 10


@pytest.mark.usefixtures("listed")
def test_the_listing_follows_each_import(steward: Any, at: Any) -> None:
    renamed = Card("2022010001", "王晓明", grade="11年级", class_name="1班")
    actions.import_roster(by=steward, at=at, cards=[renamed, Card("9", "钱多")])
    assert [one.card for one in queries.search("wangxiaoming")] == [renamed]
    assert queries.search("王小明") == [] and len(queries.search("欧阳")) == len(queries.search("qd")) == 1
    assert Listing.objects.count() == 1 and Pupil.objects.count() == 7


@pytest.mark.usefixtures("listed")
def test_a_list_without_a_listing_is_found_all_the_same(steward: Any, at: Any) -> None:
    before = queries.search("ming")
    Listing.objects.using("owner").all().delete()
    assert queries.search("ming") == before != []


@pytest.mark.clause("CONF-05", "passes")
@pytest.mark.usefixtures("listed")
def test_no_name_stands_in_the_database() -> None:
    rows = [*Pupil.objects.values_list("mark", "card"), *Listing.objects.values_list("text")]
    held = b"".join(bytes(cell) for row in rows for cell in row)
    for text in ("王小明", "Anna", "2022010001", "wang", "10年级"):
        assert text.encode() not in held


@pytest.mark.usefixtures("listed")
def test_typing_ahead_asks_twice_however_long_the_list_is(steward: Any, at: Any) -> None:
    with statements() as few:
        queries.search("ming")
    actions.import_roster(by=steward, at=at, cards=[Card(f"5{n}", "李明") for n in range(50)])
    with statements() as many:
        queries.search("ming")
    assert len(few) == len(many) == 2


def test_three_thousand_are_searched_well_within_the_blink_of_an_eye(steward: Any, at: Any) -> None:
    family, first = "王李张刘陈杨赵黄周吴", "明华丽强军洋艳杰娟涛"
    every = [
        Card(f"2026{n:05}", family[n % 10] + first[n // 10 % 10] + first[n // 100 % 10], class_name=f"{n % 12}班")
        for n in range(3000)
    ]
    actions.import_roster(by=steward, at=at, cards=every)
    for typed in ("wangxiaoming", "w", "zhangli", "王", "2026", "zzz"):
        queries.search(typed)
        begun = time.process_time()
        queries.search(typed)
        assert time.process_time() - begun < 0.15, typed


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)


@given(HAN, st.data())
def test_any_reading_full_or_by_its_initial_finds_the_name(name: str, data: Any) -> None:
    read = pinyin.syllables(name)
    typed = "".join(
        data.draw(st.sampled_from([one for reading in readings for one in (reading, reading[0])])) for readings in read
    )
    if typed:
        assert pinyin.place(typed, read) == 0
        wanted = Wanted.of(typed.upper())
        assert wanted is not None and wanted.rank(Entry("", name, "", "")) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything_may_be_typed_about_anybody(typed: str, name: str) -> None:
    wanted = Wanted.of(typed)
    assert wanted is None or wanted.rank(Entry.of("", Card(name, name))) in (None, 0, 1)


def test_a_name_of_one_letter_forty_times_is_soon_compared() -> None:
    begun = time.process_time()
    assert pinyin.place("a" * 39 + "b", pinyin.syllables("阿" * 40)) is None
    assert time.process_time() - begun < 1

"""The PDF to keep: both languages, nothing of the machine, and a sign without type becomes a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from subrosa.desks.client.agreement import parts
from subrosa.desks.common import paper
from subrosa.policy.agreement import compose, proposed
from subrosa.policy.wording import Wording
from subrosa.records.consent import actions, queries
from tests.desks.hand import Hand
from tests.records.center import own_center

__all__ = ["own_center"]
ZH, EN = compose()


def sheet(language: str, text: str) -> paper.Agreement:
    told = [paper.Part(one.head, one.paragraphs, one.items) for one in parts(text)]
    return paper.Agreement(language, 3, date(2026, 9, 7), "paper", date(2026, 9, 8), told, "林知夏")


@pytest.mark.clause("CON-02", "passes")
@pytest.mark.parametrize(("language", "text", "lang"), [("zh-hans", ZH, b"/Lang(zh-CN)"), ("en", EN, b"/Lang(en-US)")])
def test_a_copy_to_keep_in_the_clients_language(language: str, text: str, lang: bytes) -> None:
    made = paper.agreement(sheet(language, text))
    assert made.startswith(b"%PDF-") and lang in made and b"pdfuaid" in made
    assert made == paper.agreement(sheet(language, text)), "the same agreement is the same paper"


def test_it_says_which_text_was_read_where_that_is_known() -> None:
    said = {
        (None, Wording.SIMPLE): [],
        (Wording.WHOLE, Wording.WHOLE): [],
        (Wording.SIMPLE, Wording.SIMPLE): ["Read in simpler words"],
        (Wording.WHOLE, Wording.SIMPLE): ["This paper has the other text of the same version"],
    }
    with translation.override("en"):
        before = set(paper._lines(sheet("en", EN)))
        for (read, shown), lines in said.items():
            told = paper._lines(replace(sheet("en", EN), wording=read, shown=shown))
            assert [one for one in told if one not in before] == lines


def test_what_was_typed_is_text_and_never_template() -> None:
    odd = '#import "x" $a$ *b* @c <d> \\ `e` ] } #sys.inputs'
    assert paper.agreement(sheet("en", f"## {odd}\n{odd}\n- {odd}"))


@pytest.mark.parametrize(("sign", "named"), [("👩", "👩"), ("\ue000", "U+E000")])
def test_a_sign_without_type_is_named(sign: str, named: str) -> None:
    with pytest.raises(paper.CannotPrint) as caught:
        paper.agreement(replace(sheet("en", EN), counselor=f"Lin {sign}"))
    assert named in caught.value.letters


def test_the_page_says_so_and_leads_to_the_copy(own_center: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = own_center.visit()
    visit.book()
    given = {"by": own_center.lead, "at": own_center.at}
    actions.publish_agreement(**{**proposed(), "text_en": f"{EN}\n👩"}, **given)
    latest = queries.in_force()
    signed = actions.give(by=visit.me, at=own_center.at, case=visit.case, agreement=latest, language="en")
    client = Hand(monkeypatch, visit.me, own_center.at)
    answer = client.get(f"/mine/agreement/{signed.pk}/paper/")
    assert answer.status_code == 422 and "👩" in answer.content.decode()
    assert f"/mine/agreement/{signed.pk}/" in answer.content.decode()
    other = Hand(monkeypatch, own_center.visit("王一").me, own_center.at)
    assert other.get(f"/mine/agreement/{signed.pk}/paper/").status_code == 404

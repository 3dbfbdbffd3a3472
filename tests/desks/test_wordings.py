"""Two texts of one agreement: the switch everywhere, what stands first where the age is known, and what the copy says."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from subrosa.policy.agreement import POINTS
from subrosa.policy.wording import SIMPLER, Wording
from subrosa.records.consent.models import Agreement, Consent
from subrosa.records.consent.queries import consents
from tests.desks.hand import Hand
from tests.records.center import Center, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]
WHOLE = {"zh-hans": POINTS[0].text[0], "en": POINTS[0].text[1]}
SIMPLE = {"zh-hans": SIMPLER["nature"].text[0], "en": SIMPLER["nature"].text[1]}
MINE = "/mine/agreement/"
WAYS = next(one for one in POINTS if one.key == "ways")


def stands(page: str, language: str = "en") -> Wording:
    """Which text stands on a page: one of the two and never both."""
    here = {Wording.WHOLE: WHOLE[language] in unescape(page), Wording.SIMPLE: SIMPLE[language] in unescape(page)}
    (found,) = (wording for wording, there in here.items() if there)
    return found


@pytest.mark.clause("CON-02", "passes")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_public_page_has_both_texts_by_their_headings_and_nothing_in_pictures(
    center: Center, monkeypatch: Any, language: str
) -> None:
    nobody = Hand(monkeypatch, None, center.at, language)
    for words in Wording:
        for path in (f"/read/?words={words}", f"/read/?words={words}&all=1"):
            page = nobody.text(path)
            paper = page.partition('<div class="paper"')[2].partition("</div>")[0]
            assert stands(page, language) is words and "<img" not in paper and "<svg" not in paper
            assert paper.count("<h2>") == len(POINTS) + 1 and f'<html lang="{language}">' in page
            assert page.count('aria-current="true"') == 2, "the language and the text"
        assert paper.count("<details") == paper.count(" open>") >= 7, "open on paper"
    assert stands(nobody.text("/read/"), language) is stands(nobody.text("/read/?words=x"), language) is Wording.WHOLE


@pytest.mark.clause("CON-02", "passes")
def test_what_was_read_is_what_the_copy_is_and_the_switch_loses_nothing(center: Center, monkeypatch: Any) -> None:
    visit = center.visit()
    visit.book()
    visit.hold()
    me, version = Hand(monkeypatch, visit.me, center.at), str(center.agreement.pk)
    assert stands(me.text(MINE)) is Wording.WHOLE, "nobody knows the age of an account"
    carried = {"carry": "1", "slot": "x", "reason": "我的话"}
    page = me.post(MINE, **carried, words="simple").content.decode()
    assert stands(page) is Wording.SIMPLE and page.count("我的话") == 2, (
        "goes along with the switch and with the signature"
    )
    assert not consents(visit.case_id), "to switch signs nothing"  # type: ignore[arg-type]
    answer = me.post(MINE, version=version, words="simple")
    copy = answer["Location"].partition("?")[0]
    page = me.text(copy)
    assert stands(page) is Wording.SIMPLE and "You read the text in simpler words." in page
    other = me.text(f"{copy}?words=whole")
    assert stands(other) is Wording.WHOLE and "What stands here is the other text of it." in other
    made = [me.get(f"{copy}paper/{words}").content for words in ("", "?words=simple", "?words=whole")]
    assert made[0] == made[1] != made[2] and all(one.startswith(b"%PDF") for one in made)
    lin = Hand(monkeypatch, center.lin, visit.booking.ends_at)
    assert "The text in simpler words was read." in lin.text(f"/cases/{visit.case_id}/")
    stranger = Hand(monkeypatch, center.visit("王一").me, center.at)
    assert stranger.get(copy).status_code == stranger.get(f"{copy}paper/").status_code == 404


@pytest.mark.clause("CON-02", "passes")
@pytest.mark.parametrize(("years", "first"), [(13, Wording.SIMPLE), (14, Wording.WHOLE), (0, Wording.WHOLE)])
def test_on_a_handed_device_the_younger_band_comes_first(
    center: Center, monkeypatch: Any, years: int, first: Wording
) -> None:
    """The colleague's session can read the age; the client's own never does, and no row keeps it. 0: nobody has said it."""
    born = (center.at - timedelta(days=years * 366)).date().isoformat() if years else ""
    visit = center.visit(account=False, born=born)
    visit.book(center.lin)
    device = Hand(monkeypatch, center.lin, center.at)
    assert ("selected" in device.text(f"/cases/{visit.case_id}/").partition('id="paper_words"')[2][:200]) is (
        first is Wording.SIMPLE
    ), "the paper that lies on the table"
    device.post(f"/cases/{visit.case_id}/hand-over/")
    assert stands(device.text(MINE)) is first and stands(device.text(f"{MINE}?words=whole")) is Wording.WHOLE
    device.post(MINE, version=str(center.agreement.pk), words=str(first))
    (signed,) = consents(visit.case_id)  # type: ignore[arg-type]
    assert signed.wording is not None and stands(device.text(f"{MINE}{signed.pk}/")) is first
    left = Hand(monkeypatch, None, center.at)
    left.client.cookies["words"] = "simple"
    assert stands(left.text("/read/")) is Wording.WHOLE, (
        "what a device still remembers says nothing once it is given back"
    )
    device.post("/here/done/")
    assert not device.client.cookies["words"].value if "words" in device.client.cookies else True


@pytest.mark.clause("CON-02", "passes")
def test_a_version_and_a_signature_of_before_stay_as_they_were(own_center: Center, monkeypatch: Any) -> None:
    visit = own_center.visit()
    visit.book()
    signed = visit.sign()
    Consent.objects.using("owner").filter(pk=signed.pk).update(wording=None)
    Agreement.objects.using("owner").filter(pk=own_center.agreement.pk).update(simple_zh="", simple_en="")
    me = Hand(monkeypatch, visit.me, own_center.at)
    for path in (MINE, f"{MINE}?words=simple", f"{MINE}{signed.pk}/", "/read/?words=simple"):
        page = me.text(path)
        assert "In simpler words" not in page and "You read" not in page, path
    assert "看清" in me.text(f"{MINE}{signed.pk}/") and me.get(f"{MINE}{signed.pk}/paper/").content.startswith(b"%PDF")
    lead = Hand(monkeypatch, own_center.lead, own_center.at)
    page = unescape(lead.text("/center/agreement/"))
    assert SIMPLE["zh-hans"] in page and SIMPLE["en"] in page, "proposed where the version has none yet"


@pytest.mark.clause("CON-03", "passes")
def test_the_own_way_stands_on_the_card_in_both_languages_and_in_what_is_signed(
    own_center: Center, monkeypatch: Any
) -> None:
    center, card = own_center, "/standing/card/"
    lin = Hand(monkeypatch, center.lin, center.at)
    way = {"add": "1", "tie": "way", "words": "我也用沙盘。", "words_en": "I also work with a sand tray."}
    assert lin.post(card, **way).status_code == 302
    alone = {"add": "1", "tie": "else", "words": "我周三下午不在。", "words_en": ""}
    assert lin.post(card, **alone).status_code == 302
    held = lin.post(card, **{**way, "words_en": "Cured in three weeks."})
    assert held.status_code == 409 and "Cured in three weeks." in held.content.decode(), "nothing typed is lost"
    assert lin.post(card, **{**way, "words": "", "words_en": ""}).status_code == 409
    assert lin.text(card).count("In one language only") == 1
    here = {"zh-hans": WAYS.text[0], "en": WAYS.text[1]}
    visit = center.visit()
    visit.book()
    for language, said in (("zh-hans", way["words"]), ("en", way["words_en"])):
        nobody, me = (Hand(monkeypatch, who, center.at, language) for who in (None, visit.me))
        for page in (nobody.text("/talk/"), nobody.text("/read/"), me.text(MINE)):
            assert f"<li>{said}</li>" in page and here[language] in unescape(page)
            lang = ' lang="zh-Hans"' if language == "en" else ""
            assert f"<li{lang}>{alone['words']}</li>" in page
        assert unescape(me.text(MINE)).count(here[language]) == 1, "in the text itself, not once more on the card"
    signed = visit.sign()
    me = Hand(monkeypatch, visit.me, center.at)
    assert way["words_en"] in me.text(f"{MINE}{signed.pk}/")

"""The card where somebody chooses, before signing and on the public page; the register at lead's and steward's desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from subrosa.desks.common.slots import value_of
from subrosa.policy.agreement import POINTS, proposed
from subrosa.records.appointment.queries import free
from subrosa.records.audit.models import Entry
from subrosa.records.note.models import Note
from subrosa.records.person.models import Staff
from subrosa.records.standing import actions as standing
from subrosa.records.standing import ties
from subrosa.records.standing.models import Credential
from subrosa.records.standing.qualified import kept_of
from subrosa.records.vault.models import Keypair
from tests.desks.hand import Hand
from tests.ground import growth
from tests.records.center import FULL, Center, center, locked, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]
TEACHER = "Teacher&#x27;s certificate in mental-health education"
SAID = {"enter": "1", "kind": "provincial_a", "number": "A-2019-3", "until": ""}


def waiting(center: Center, name: str) -> list[Any]:
    return [one for one in kept_of([center.staff[name].id], center.at) if one.seen_at is None]


@pytest.mark.clause("CON-03", "passes")
@pytest.mark.clause("COMP-01", "passes")
def test_entered_confirmed_and_on_every_page_where_somebody_chooses(own_center: Center, monkeypatch: Any) -> None:
    center = own_center
    lin, lead = (Hand(monkeypatch, getattr(center, name), center.at) for name in ("lin", "lead"))
    assert lin.post("/standing/card/", **SAID).status_code == 302
    nobody = Hand(monkeypatch, None, center.at)
    level_a = "Provincial certificate in school counseling, level A"
    assert level_a not in nobody.text("/talk/") and "waits for somebody" in lin.text("/standing/card/")
    assert "A-2019-3" in lead.text("/standing/certificates/")
    (one,) = waiting(center, "lin")
    assert lin.post(f"/standing/certificates/{one.id}/seen/").status_code == 403
    assert lead.post(f"/standing/certificates/{one.id}/seen/").status_code == 302
    client = Hand(monkeypatch, center.visit().me, center.at)
    offer = free([center.staff["lin"].id], center.at)[0]
    slot = value_of(offer)
    pages = [nobody.text("/talk/"), nobody.text(f"/talk/?with={center.staff['lin'].id}"), nobody.text("/read/")]
    pages += [client.text("/talk/"), nobody.text(f"/talk/first/?slot={quote(slot)}")]
    for page in pages:
        assert level_a in page and TEACHER in page and "A-2019-3" not in page
        assert "I am in from Monday to Friday." in page


def test_the_own_is_not_confirmed_and_the_page_of_the_steward_can(own_center: Center, monkeypatch: Any) -> None:
    center = own_center
    Staff.objects.using("owner").filter(pk=center.staff["lin"].id).update(roles=["counselor", "lead"])
    lin, sun = (Hand(monkeypatch, getattr(center, name), center.at) for name in ("lin", "sun"))
    lin.post("/standing/card/", **SAID)
    (one,) = waiting(center, "lin")
    assert "Somebody else confirms it." in lin.text("/standing/certificates/")
    assert lin.post(f"/standing/certificates/{one.id}/seen/").status_code == 403
    assert sun.post(f"/standing/certificates/{one.id}/seen/").status_code == 302 and not waiting(center, "lin")


def test_nothing_typed_is_lost_and_a_wrong_form_says_what(own_center: Center, monkeypatch: Any) -> None:
    lin = Hand(monkeypatch, own_center.lin, own_center.at)
    Credential.objects.using("owner").filter(staff_id=own_center.staff["lin"].id).delete()
    desk = lin.text("/desk/")
    assert 'href="/standing/card/"' in desk and 'action="/standing/receive/"' not in desk, (
        "no press that changes nothing"
    )
    answer = lin.post("/standing/card/", **{**SAID, "until": "2020-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "The day of this certificate has passed" in page and "A-2019-3" in page
    assert lin.post("/standing/card/", enter="1", kind="", number="A").status_code == 422
    assert not waiting(own_center, "lin")
    assert lin.post("/standing/card/", add="1", tie="class_teacher", words="八年级3班").status_code == 302
    assert "I am also the class teacher of 八年级3班." in lin.text("/standing/card/")


def test_the_only_one_at_work_notes_who_outside_has_seen_it(own_center: Center, monkeypatch: Any) -> None:
    """The page asks for it only there, keeps what was typed, and shows it as the counselor's note."""
    center = own_center
    xu = standing.name_outside_professional(by=center.lead, at=center.at, name="许督导")
    every = Staff.objects.using("owner")
    every.filter(pk=center.staff["lead"].id).update(roles=["lead", "counselor"])
    lead, card, asks = Hand(monkeypatch, center.lead, center.at), "/standing/card/", "Nobody here can look"
    lead.post(card, **SAID)
    assert asks not in lead.text(card) and "Nobody here can confirm" not in lead.text("/center/"), "the steward can"
    every.filter(pk=center.staff["sun"].id).update(state="suspended")
    assert asks in lead.text(card) and "Nobody here can confirm" in lead.text("/center/")
    (one,) = waiting(center, "lead")
    day = (center.at - timedelta(days=1)).date().isoformat()
    given = {"outside": "1", "which": str(one.id), "whom": str(xu.pk), "day": day}
    assert f'value="{day}"' in lead.post(card, **{**given, "whom": ""}).content.decode()
    assert lead.post(card, **{**given, "which": str(uuid4())}).status_code == 422
    assert lead.post(card, **given).status_code == 302 and not waiting(center, "lead")
    for page in (lead.text(card), lead.text("/standing/certificates/")):
        assert "许督导, outside the school, saw the original on" in page and "noted by the counselor" in page
    assert "Nobody here can confirm" not in lead.text("/center/") and asks not in lead.text(card)


def test_a_second_press_is_the_same_press(own_center: Center, monkeypatch: Any) -> None:
    """Every form of the two pages carries a key of its own; what is sent twice is done once and refused never."""
    center = own_center
    lin, lead = (Hand(monkeypatch, getattr(center, name), center.at) for name in ("lin", "lead"))
    for n in (1, 2):
        lin.post("/standing/card/", **{**SAID, "number": f"A-{n}"})
    ties.enter_tie(by=center.lead, at=center.at, colleague=center.row("lin"), kind="lesson", words="高二5班")
    before = Entry.objects.filter(outcome="refused").count()
    for hand, path in ((lead, "/standing/certificates/"), (lin, "/standing/card/")):
        forms = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', hand.text(path))
        forms = [(to, held) for to, held in forms if to.startswith("/standing/c")]
        keys = [re.findall(r'name="once" value="([^"]+)"', held) for _to, held in forms]
        assert forms and all(len(one) == 1 for one in keys), path
        assert len({one for (one,) in keys}) == len(forms), "no two presses share a key"
        to, once = next((to, one) for (to, _held), (one,) in zip(forms, keys, strict=True) if "end" not in _held)
        assert [hand.post(to, once=once).status_code for _ in range(2)] == [302, 302], to
    assert Entry.objects.filter(outcome="refused").count() == before


def test_the_register_asks_as_often_for_many_as_for_few(own_center: Center, monkeypatch: Any) -> None:
    center = own_center
    lead = Hand(monkeypatch, center.lead, center.at)

    def more() -> None:
        row = standing.name_outside_professional(by=center.lead, at=center.at, name="何老师")
        Staff.objects.using("owner").filter(pk=row.pk).update(roles=["counselor"], state="active", outside=False)
        ties.enter_tie(by=center.lead, at=center.at, colleague=row, kind="lesson", words="高二5班")

    assert len(set(growth(lambda: lead.text("/standing/certificates/"), more))) == 1


def test_a_copy_of_before_the_register_says_nothing_of_certificates(own_center: Center, monkeypatch: Any) -> None:
    center, said = own_center, "Nobody has confirmed a certificate yet."
    visit = center.visit()
    visit.book()
    visit.hold()
    signed = visit.sign()
    everything = Credential.objects.using("owner").filter(school_id=center.school.id)
    everything.filter(staff_id=center.staff["lin"].id).delete()
    me, copy = Hand(monkeypatch, visit.me, center.at), f"/mine/agreement/{signed.pk}/"
    assert said in me.text(copy) and said in me.text("/mine/agreement/"), "there is a register, and nothing in it"
    everything.update(entered_at=center.at + timedelta(days=2))
    assert said not in me.text(copy) and said in me.text("/mine/agreement/"), "today's page says it all the same"


@pytest.mark.clause("CON-03", "not_yet")
def test_the_agreement_waits_for_the_line_and_then_names_it(own_center: Center, monkeypatch: Any) -> None:
    center = own_center
    visit = center.visit()
    visit.book()
    visit.hold()
    given = {"colleague": center.row("lin"), "kind": "lesson", "words": "高二5班"}
    tie = ties.enter_tie(by=center.lead, at=center.at, **given)
    me = Hand(monkeypatch, visit.me, center.at)
    page = me.text("/mine/agreement/")
    assert "One line about your counselor is still missing here" in page and "I have read it and sign" not in page
    assert POINTS[0].text[1] not in page.replace("&#x27;", "'"), "not shown before it is whole"
    answer = me.post("/mine/agreement/", version=str(center.agreement.pk))
    assert answer.status_code == 409
    lin = Hand(monkeypatch, center.lin, center.at)
    assert "not on my card yet" in lin.text("/standing/card/")
    assert lin.post(f"/standing/card/lines/{tie.pk}/").status_code == 302
    page = me.text("/mine/agreement/")
    assert "I also teach the psychology lesson of 高二5班." in page and TEACHER in page
    signed = visit.sign()
    ties.end_tie(by=center.lead, at=center.at + timedelta(days=2), tie=tie)
    me = Hand(monkeypatch, visit.me, center.at + timedelta(days=3))
    copy = me.text(f"/mine/agreement/{signed.pk}/")
    assert "高二5班" in copy and "Version 1" in copy, "as it stood when it was signed"
    assert me.get(f"/mine/agreement/{signed.pk}/paper/").content.startswith(b"%PDF")


def test_the_key_and_the_certificate_in_one_press(own_center: Center, monkeypatch: Any) -> None:
    """The lead who certifies a counselor has the original on the table; half a certificate certifies nothing."""
    center = own_center
    lin = center.staff["lin"].id
    lead, key = Hand(monkeypatch, center.lead, center.at), f"/center/colleagues/{lin}/certify/"
    Keypair.objects.using("owner").filter(of=lin).update(certificate=None)
    before = Credential.objects.filter(staff_id=lin).count()
    answer = lead.post(key, kind="teacher", number="")
    assert answer.status_code == 422 and "Kind and number belong together." in answer.content.decode()
    assert lead.post(key, kind="teacher", number="T-1", until="2019-01-01").status_code == 422
    assert lead.post(key, kind="teacher", number="T-1").status_code == 302
    assert Credential.objects.filter(staff_id=lin).exclude(seen_at=None).count() == before + 1


@pytest.mark.clause("CON-02", "passes")
def test_the_public_page_needs_nobody_and_says_nothing_outside(center: Center, monkeypatch: Any) -> None:
    for language, place in (("zh-hans", 0), ("en", 1)):
        nobody = Hand(monkeypatch, None, center.at, language)
        page = nobody.text("/read/")
        title = page.split("<title>")[1].split("</title>")[0]
        assert title in {"个人日程", "My schedule"} and nobody.get("/read/").cookies.get("vault_key") is None
        for one in POINTS:
            assert f"<h2>{one.head[place]}</h2>" in page
        assert page.count("<details") >= 7 and nobody.text("/read/?all=1").count('<details class="more" open>') >= 7
        assert nobody.text("/talk/").count('href="/read/"') == 1


@pytest.mark.clause("CON-02", "refuses")
def test_publishing_above_the_limit_names_point_and_sentence(own_center: Center, monkeypatch: Any) -> None:
    lead = Hand(monkeypatch, own_center.lead, own_center.at)
    endless = (
        "凡超出本辅导室职责与能力范围之内容均须依照有关规定及时转介至具备相应资质之专业机构并做好交接与后续跟进等工作。"
    )
    whole = proposed()
    text = whole["text_zh"].replace(POINTS[4].text[0], endless * 2)
    answer = lead.post("/center/agreement/", **{**whole, "text_zh": text})
    page = answer.content.decode()
    assert answer.status_code in (403, 409)
    assert "shorter sentences under “What it cannot do” (whole text, Chinese)" in page
    assert f"<li>{endless[:-1]}</li>" in page and endless in page, "what was typed is there"


def test_who_may_not_open_the_register(own_center: Center, monkeypatch: Any) -> None:
    for name in ("zhou", "rui", "qian"):
        assert (
            Hand(monkeypatch, getattr(own_center, name), own_center.at).get("/standing/certificates/").status_code
            == 403
        )
    assert Hand(monkeypatch, locked(own_center.lead), own_center.at).get("/standing/certificates/").status_code == 302


@pytest.mark.clause("CON-02", "passes")
def test_the_first_record_states_what_was_talked_through(center: Center, monkeypatch: Any) -> None:
    """One tap, kept in the sealed text itself; the form asks until a full record is signed, and not again."""
    visit = center.visit()
    visit.book()
    visit.hold()
    visit.sign()
    path, version = f"/cases/{visit.case_id}/record/{visit.booking.pk}/", center.agreement.number
    typed = {f"words_{part}": words for part, words in FULL.words.items()}
    typed |= {f"choice_{part}": choice for part, choice in FULL.choices.items()}
    lin = Hand(monkeypatch, center.lin, visit.booking.ends_at)
    assert f'name="explained" value="{version}">' in lin.text(path), "never ticked beforehand"
    answer = lin.post(path, **typed, explained=str(version))  # the question of danger is not answered yet
    assert answer.status_code == 409 and f'name="explained" value="{version}" checked' in answer.content.decode()
    assert lin.post(path, **typed, explained=str(version), danger="no").status_code == 302
    said = f"the rights and duties of both (agreement, version {version})"
    assert said in lin.text(f"/cases/{visit.case_id}/") and said not in str(
        Note.objects.get(booking=visit.booking).body
    )
    visit.book(days=2)
    visit.hold()
    later = Hand(monkeypatch, center.lin, visit.booking.ends_at)
    assert 'name="explained"' not in later.text(f"/cases/{visit.case_id}/record/{visit.booking.pk}/")

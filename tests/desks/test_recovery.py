"""The two pages of a case given back: naming by the lead, typing by two keepers at the counselor's screen."""

from __future__ import annotations

import pytest

from subrosa.records.case.models import Recovery
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, center, shared_center, visit

__all__ = ["center", "shared_center", "visit"]


def test_named_typed_opened(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    visit.recorded()
    center: Center = visit.center
    lead = Hand(monkeypatch, center.lead, center.later)
    page = lead.text("/center/recovery/")
    assert f"/center/recovery/{visit.case_id}/" in page and "李小雨" not in page, "no client's name"
    where, fang = f"/center/recovery/{visit.case_id}/", str(center.fang.id)
    assert lead.post(where, holder=fang, ground="").status_code == 409
    assert lead.post(where, holder="nobody", ground="counselor_gone").status_code == 404
    assert lead.post(where, holder=fang, ground="counselor_gone").status_code == 302
    told = Hand(monkeypatch, visit.account, center.later).text("/mine/file/")
    assert "方晓岚</b> – is to take your file over, because your counselor is no longer here; from Wednesday" in told
    assert "two sheets" in lead.text("/center/recovery/") and "on it works" in lead.text("/center/recovery/")
    assert lead.post(f"{where}back/").status_code == 302 and "two sheets</span>" not in lead.text("/center/recovery/")
    assert lead.post(f"{where}back/").status_code == 403 and lead.post(where, holder=fang, ground="counselor_gone")
    row = Recovery.objects.get(case_id=visit.case_id, dropped_at=None)
    typing = f"/cases/given/{row.pk}/"
    mine = Hand(monkeypatch, center.fang, center.later)
    assert typing in mine.text("/desk/") and "Two people who keep a seat" in mine.text(typing)
    assert Hand(monkeypatch, center.zhou, center.later).get(typing).status_code == 404
    wrong = mine.post(typing, first=center.sheets[0], second="not a sheet")
    body = wrong.content.decode()
    assert wrong.status_code == 409 and "compare it letter by letter" in body and "not a sheet" in body
    two = {"first": center.sheets[0], "second": center.sheets[2]}
    early = mine.post(typing, **two)
    assert early.status_code == 409 and "It works from Wednesday" in early.content.decode()
    done = mine.post(typing, **two, at_once="told")
    assert done.status_code == 302 and done["Location"] == f"/cases/{visit.case_id}/"
    assert "谈了作息" in mine.text(f"/cases/{visit.case_id}/")
    assert mine.get(typing).status_code == 404, "once"
    assert "方晓岚</b> – got the key of your file on Monday" in Hand(monkeypatch, visit.account, center.later).text(
        "/mine/"
    )

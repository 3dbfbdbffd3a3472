"""Who joins the teams, as each sees it: two presses of a member, a line on the clients' pages, what waits on the lead's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from subrosa.policy.roles import Role
from tests.desks.hand import Hand
from tests.records.center import Center, center, own_center, shared_center
from tests.records.person.test_teams import holds, newcomer

__all__ = ["center", "own_center", "shared_center"]
COMES = "from Wednesday, March 4 on also, in the duty team, the crisis team"


@pytest.mark.clause("CON-09", "passes")
@pytest.mark.clause("CON-09", "not_yet")
def test_announced_read_taken_in(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    center, visit = own_center, own_center.visit()
    visit.book(reason="睡不着")
    row, tang = newcomer(center, Role.COUNSELOR)
    lin, lead = Hand(monkeypatch, center.lin, center.at), Hand(monkeypatch, center.lead, center.at)
    me, where = Hand(monkeypatch, visit.account, center.at), f"/standing/teams/{row.pk}/"
    pages = ("/mine/", "/mine/file/", "/mine/agreement/")
    for page in pages:
        said = me.text(page)
        assert "The archive (周明远)</b> – later, once the file is closed" in said
        assert "唐一宁" not in said and "The duty team (林知夏, 周明远, 方晓岚)" in said
    early = lin.post(where)
    assert early.status_code == 409 and "the line on the clients&#x27; pages" in early.content.decode()
    assert "Show 唐一宁 to the clients" in lin.text("/standing/") and "Take 唐一宁 in</button>" not in lin.text(
        "/standing/"
    )

    assert lin.post(where, show="1").status_code == 302
    for page in pages:
        assert f"<b>唐一宁</b> – {COMES}" in me.text(page), page
    assert "Nothing has been opened." in me.text("/mine/") and '<details class="turn" open>' in me.text("/mine/")
    assert "The keys go from Wednesday, March 4 on" in lin.text("/standing/")
    said = lead.text("/center/teams/")
    assert "from Wednesday, March 4 on" in said and "唐一宁" not in said.partition("Who joins")[0], "not on it yet"
    early = lin.post(where)
    assert early.status_code == 409 and "The keys go from Wednesday, March 4 on." in early.content.decode()
    assert "keys: from Wednesday, March 4 on" in lin.text("/desk/")
    assert lin.post(where, drop="1").status_code == 302 and "唐一宁" not in me.text("/mine/")

    lin.post(where, show="1")
    center.at += timedelta(days=2)
    lin, lead = Hand(monkeypatch, center.lin, center.at), Hand(monkeypatch, center.lead, center.at)
    me = Hand(monkeypatch, visit.account, center.at)
    assert "Take 唐一宁 in</button>" in lin.text("/standing/") and "they may go now" in lin.text("/desk/")
    assert lin.post(where).status_code == 302 and holds(tang, "duty")
    assert "The duty team (林知夏, 周明远, 方晓岚, 唐一宁)" in me.text("/mine/file/")
    assert "唐一宁" not in lead.text("/center/teams/").partition("Who joins")[2]


def test_at_once_is_said_to_those_who_were_there(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    center, visit = own_center, own_center.visit()
    visit.book()
    row, _ = newcomer(center, Role.COUNSELOR)
    lin = Hand(monkeypatch, center.lin, center.at)
    for wrong in ({"at_once": "hurry"}, {"now": "1"}):
        said = lin.post(f"/standing/teams/{row.pk}/", **wrong)
        assert said.status_code == 409 and "why it cannot wait, from the list" in said.content.decode()
    assert lin.post(f"/standing/teams/{row.pk}/", at_once="nobody_on_duty").status_code == 302
    why = "on Monday, March 2 at once, in the duty team, the crisis team: otherwise nobody would have been on duty"
    said = Hand(monkeypatch, visit.account, center.at).text("/mine/file/")
    assert why in said and "Nothing has been opened." not in said
    lead = Hand(monkeypatch, center.lead, center.at).text("/center/teams/")
    assert "Taken in at once on March 2, 2026: Nobody would be on duty otherwise" in lead


def test_who_wrote_to_the_duty_team_alone_reads_it_too(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, no counselor: a letter that lies with whoever is on duty."""
    center, visit = own_center, own_center.visit()
    me = Hand(monkeypatch, visit.account, center.at)
    assert "Who can open" not in me.text("/mine/")
    assert me.post("/mine/write/", text="三个星期没有人跟我说话。").status_code == 302
    row, _ = newcomer(center, Role.COUNSELOR)
    Hand(monkeypatch, center.lin, center.at).post(f"/standing/teams/{row.pk}/", show="1")
    said = me.text("/mine/")
    assert "Who can open what I wrote?" in said and "what you wrote to whoever is on duty" in said
    assert "from Wednesday, March 4 on also, in the duty team</li>" in said, "the crisis team opens nothing of it"

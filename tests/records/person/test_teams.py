"""Teams after their founding: whoever holds a team's key takes a certified colleague in, and nobody takes in himself."""

from __future__ import annotations

import pytest

from subrosa.demo.center import Part, join
from subrosa.policy.actor import Actor
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.person import teams
from subrosa.records.person.models import Staff
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of
from tests.desks.hand import Hand
from tests.records.center import PASSPHRASE, Center, again, refused


def newcomer(center: Center, *roles: Role) -> tuple[Staff, Actor]:
    """Somebody certified after the teams were made."""
    found = join(Part("tang", "唐一宁", roles), center.lead, PASSPHRASE, center.at)
    return Staff.objects.select_related("keypair").get(pk=found.id), found


def holds(who: Actor, team: str) -> bool:
    try:
        return rings.team_opener(team, opener_of(again(who))) is not None
    except Boundary:
        return False


@pytest.mark.clause("CONF-07", "passes")
def test_a_member_hands_on_the_own_teams_and_no_other(own_center: Center) -> None:
    row, tang = newcomer(own_center, Role.COUNSELOR, Role.CUSTODIAN)
    assert [holds(tang, team) for team in ("duty", "crisis", "archive")] == [False] * 3
    teams.take_in(by=own_center.lin, at=own_center.at, newcomer=row)
    assert [holds(tang, team) for team in ("duty", "crisis", "archive")] == [True, True, False], "Lin is no custodian"
    teams.take_in(by=own_center.zhou, at=own_center.at, newcomer=row)
    assert holds(tang, "archive")
    teams.take_in(by=own_center.lin, at=own_center.at, newcomer=row)  # pressed once more: nothing is doubled


@pytest.mark.clause("CONF-07", "refuses")
def test_nobody_else_does(own_center: Center) -> None:
    row, tang = newcomer(own_center, Role.COUNSELOR)
    for who in (own_center.lead, own_center.qian, own_center.sun, own_center.rui):
        assert refused(teams.take_in, by=who, at=own_center.at, newcomer=row).clauses == ("CONF-07",)
    assert refused(teams.take_in, by=tang, at=own_center.at, newcomer=row).clauses == ("CONF-02",), "not herself"
    assert not holds(tang, "duty")


@pytest.mark.clause("CONF-07", "not_yet")
def test_not_before_the_lead_has_signed_the_key(own_center: Center) -> None:
    row, _ = newcomer(own_center, Role.COUNSELOR)
    Keypair.objects.using("owner").filter(pk=row.keypair_id).update(certificate=None)
    ruling = refused(teams.take_in, by=own_center.lin, at=own_center.at, newcomer=row)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("certified_key",)


@pytest.mark.clause("CONF-05", "refuses")
@pytest.mark.parametrize("who", ["qian", "sun", "rui"])
def test_no_leader_steward_or_reception_is_taken_in(center: Center, who: str) -> None:
    ruling = refused(teams.take_in, by=center.lin, at=center.at, newcomer=center.row(who))
    assert ruling.clauses == ("CONF-05",)


def test_the_page_offers_it_to_who_can(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    row, tang = newcomer(own_center, Role.COUNSELOR)
    lin = Hand(monkeypatch, own_center.lin, own_center.at)
    assert f"/standing/teams/{row.pk}/" in lin.text("/standing/")
    assert "/standing/teams/" not in Hand(monkeypatch, own_center.lead, own_center.at).text("/standing/")
    assert lin.post(f"/standing/teams/{row.pk}/").status_code == 302
    assert holds(tang, "duty") and "/standing/teams/" not in lin.text("/standing/")
    assert lin.post("/standing/teams/00000000-0000-0000-0000-000000000000/").status_code == 404
    assert lin.lock().post(f"/standing/teams/{row.pk}/").status_code in (302, 403)

"""A time that others propose: held until it is answered or has come; the student alone answers, and nothing else is left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import DOOR
from subrosa.records.appointment import ending, facts, proposing
from subrosa.records.appointment.first import waiting_unseen
from subrosa.records.appointment.models import Booking, Proposal
from subrosa.records.appointment.queries import Offer, free
from subrosa.records.case import actions as cases
from subrosa.records.case.models import Case
from subrosa.records.case.queries import cases_of_client
from subrosa.records.outreach import actions as outreach
from subrosa.records.outreach import queries as slips
from subrosa.records.outreach.lists import Words
from subrosa.records.person import returning
from subrosa.records.person.clients import Identity
from subrosa.records.person.models import Account, Client
from subrosa.records.vault import keys
from subrosa.records.vault.models import Grant
from tests.records.center import Center, Visit, noted, refused

WHO = proposing.Meant("王小明", "高一3班")


def offer(center: Center, days: int = 1, opening: str = "lin") -> Offer:
    return Offer(**center.slot(days, opening))


def propose(center: Center, days: int = 1, **more: Any) -> tuple[Proposal, str]:
    code = keys.new_activation_code()
    given: dict[str, Any] = {"by": center.rui, "offer": offer(center, days), "who": WHO, "code": code} | more
    return proposing.propose(at=center.at, **given), code


def answer(center: Center, row: Proposal, said: str, **more: Any) -> Booking | None:
    digits = returning.new_code()
    given: dict[str, Any] = {"by": DOOR, "at": center.at, "newcomer": returning.newcomer(digits, center.at)} | more
    made: Booking | None = proposing.answer_proposal(proposal=row, answer=said, identity=Identity(""), **given)
    return made


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.clause("CONF-05", "passes")
def test_a_proposal_holds_the_time_and_makes_nobody_a_client(center: Center) -> None:
    clients = Client.objects.count()
    row, code = propose(center)
    assert Client.objects.count() == clients and row.client_id is None
    assert WHO.name.encode() not in bytes(row.who) and code.encode() not in bytes(row.code_hash)
    starts = offer(center).starts_at
    assert starts not in [one.starts_at for one in free([center.lin.id], center.at)]
    visit = center.visit()
    assert refused(visit.book).missing == ("free_time",)
    assert refused(propose, center=center).missing == ("free_time",), "nor proposed twice"
    assert [one.name for one in proposing.read_proposals(by=center.rui, at=center.at) if one.row.pk == row.pk] == [
        WHO.name
    ]
    assert proposing.proposal_for(code, starts) is None, "its time has come: nothing is held"
    later = [one.starts_at for one in free([center.lin.id], starts)]
    assert later and not Proposal.objects.filter(pk=row.pk, starts_at__gt=starts).exists()


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.parametrize("said", ["yes", "another", "no"])
def test_the_student_alone_answers_and_only_a_yes_leaves_a_row(center: Center, said: str) -> None:
    row, _code = propose(center, days=2)
    once, before = uuid4(), Booking.objects.count()
    made = answer(center, row, said, once=once)
    assert answer(center, row, said, once=once) == made, "the same press is the same answer"
    assert not Proposal.objects.filter(pk=row.pk).exists()
    assert Booking.objects.count() == before + (said == "yes")
    starts = [one.starts_at for one in free([center.lin.id], center.at)]
    assert (row.starts_at in starts) == (said != "yes")
    late = refused(answer, center=center, row=row, said="yes")
    assert (late.outcome, late.missing) == ("not_yet", ("open_proposal",))


@pytest.mark.clause("CLIENT-01", "refuses")
def test_nobody_says_yes_for_somebody(center: Center) -> None:
    visit, other = center.visit(), center.visit("王小明")
    row, _code = propose(center, days=3, client=visit.client)
    for by in (center.lin, center.rui, center.lead):
        ruling = refused(answer, center=center, row=row, said="yes", by=by)
        assert (ruling.outcome, ruling.clauses) == ("refused", ("CLIENT-01",))
    assert refused(answer, center=center, row=row, said="yes", by=other.me).clauses == ("CLIENT-01",)
    assert refused(answer, center=center, row=row, said="maybe", by=visit.me).missing == ("listed_choice",)
    assert [one.pk for one in proposing.proposals_to(visit.client.pk, center.at)] == [row.pk]
    made = answer(center, row, "yes", by=visit.me)
    assert made is not None and made.client_id == visit.client.pk and made.booked_by == "client"


@pytest.mark.clause("CLIENT-01", "refuses")
def test_nothing_is_proposed_to_who_has_left(booked: Visit) -> None:
    ending.end_counseling(by=booked.me, at=booked.center.at, case=booked.case)
    ruling = refused(propose, center=booked.center, days=4, client=booked.client)
    assert (ruling.outcome, ruling.clauses) == ("refused", ("CLIENT-01",))
    assert not Proposal.objects.filter(client=booked.client).exists()


@pytest.mark.clause("CLIENT-01", "passes")
def test_what_was_proposed_before_an_end_goes_with_it(booked: Visit) -> None:
    booked.sign()
    row, _code = propose(booked.center, days=4, client=booked.client)
    ending.end_counseling(by=booked.me, at=booked.center.at, case=booked.case)
    assert not Proposal.objects.filter(pk=row.pk).exists()


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.parametrize("known", ["by name", "with an account", "with a case"])
def test_a_yes_at_the_door_makes_nobody_a_second_person(center: Center, known: str) -> None:
    visit = center.visit(account=known != "by name")
    if known == "with a case":
        visit.book()
        visit.sign()
    row, _code = propose(center, days=2, client=visit.client)
    before = (
        Client.objects.count(),
        list(Account.objects.order_by("pk").values("pk", "keypair_id")),
        waiting_unseen(center.at),
    )
    made = answer(center, row, "yes")
    assert made is not None and made.client_id == visit.client.pk and made.starts_at == row.starts_at
    after = (
        Client.objects.count(),
        list(Account.objects.order_by("pk").values("pk", "keypair_id")),
        waiting_unseen(center.at),
    )
    assert after == before, "nobody new, and no other way in"
    assert [one.pk for one in cases_of_client(visit.client.pk)] == [visit.case_id or made.case_id]
    case = Case.objects.get(pk=made.case_id)
    assert cases.agree_goal(by=center.lin, at=made.ends_at, case=case, text="睡得着").pk, (
        "its key came from a known hand"
    )
    if known == "with an account":
        assert cases.share_with_client(by=center.lin, at=made.ends_at, case=case).pk == case.pk
    assert not Grant.objects.filter(holder__ended_at__isnull=False, keyring__of=case.pk).exists()


@pytest.mark.clause("CLIENT-01", "passes")
def test_whoever_came_by_a_slip_has_no_digits_that_nobody_was_told(center: Center) -> None:
    made = answer(center, propose(center, days=3)[0], "yes")
    assert made is not None and made.client.by_door and not Account.objects.filter(client_id=made.client_id).exists()


@pytest.mark.clause("CLIENT-01", "passes")
def test_whoever_signed_in_with_a_slip_in_hand_answers_as_oneself(center: Center) -> None:
    visit, other = center.visit(), center.visit("王小明")
    row, code = propose(center, days=3, client=visit.client)
    made = answer(center, row, "yes", by=other.me, code=code)
    assert made is not None and made.client_id == other.client.pk, "and nothing says whom it was for"


@pytest.mark.clause("CLIENT-01", "not_yet")
def test_one_time_is_proposed_at_once_and_the_desk_takes_it_back(center: Center) -> None:
    pupil = proposing.Meant("王小明", "高一3班", roster=str(uuid4()))
    row, code = propose(center, days=2, who=pupil)
    ruling = refused(propose, center=center, days=3, who=pupil)
    assert (ruling.outcome, ruling.missing) == ("not_yet", ("answered_proposal",))
    assert propose(center, days=3, who=proposing.Meant("王小明", "高一3班", roster=str(uuid4())))[0].pk
    for _press in range(2):
        proposing.withdraw_proposal(by=center.rui, at=center.at, proposal=row)
    assert proposing.proposal_for(code, center.at) is None
    assert propose(center, days=4, who=pupil)[0].pk


@pytest.mark.clause("CLIENT-01", "not_yet")
def test_one_time_is_proposed_at_once_to_a_known_client(center: Center, visit: Visit) -> None:
    propose(center, days=2, client=visit.client)
    assert refused(propose, center=center, days=3, client=visit.client).missing == ("answered_proposal",)


def test_a_press_repeated_after_the_answer_finds_nothing(center: Center) -> None:
    once = uuid4()
    row, _code = propose(center, days=2, once=once)
    assert answer(center, row, "no") is None and row.pk is not None, "a repeat after a deadlock still knows which"
    assert propose(center, days=2, once=once)[0] is None


@pytest.mark.clause("REC-01", "refuses")
def test_nobody_new_is_proposed_to_who_is_late(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "late_records", lambda keys, at: dict.fromkeys(keys, 3))
    monkeypatch.setattr(facts, "may_be_offered", lambda counselor, day: False)
    assert refused(propose, center=center).missing == ("verified_credential", "late_records")


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_log_tells_no_another_time_and_no_apart_from_each_other(center: Center) -> None:
    rows = [propose(center, days=days)[0] for days in (1, 2)]
    for row, said in zip(rows, ("another", "no"), strict=True):
        answer(center, row, said)
    one, two = noted("answer_proposal", "done")[-2:]
    assert (one.client_id, one.case_id, one.actor_id, one.answer) == (
        two.client_id,
        two.case_id,
        two.actor_id,
        two.answer,
    )
    assert one.client_id is None and one.actor_id is None


@pytest.mark.clause("CLIENT-01", "passes")
def test_what_passed_unanswered_is_swept_away(center: Center) -> None:
    row, _code = propose(center)
    after = row.ends_at + timedelta(minutes=1)
    proposing.propose(by=center.rui, at=after, offer=offer(center, 4), who=WHO, code=keys.new_activation_code())
    assert not Proposal.objects.filter(pk=row.pk).exists()


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_sender_reads_the_same_whatever_the_student_answers(center: Center) -> None:
    told = []
    for days, said in ((1, "yes"), (2, "no"), (3, "")):
        once = uuid4()
        code = slips.slip_code(once)
        slip = outreach.leave_slip(
            by=DOOR, at=center.at, words=Words("他很安静", whom="王小明", sender="class_teacher"), code=code, once=once
        )
        outreach.sort_slip(by=center.lin, at=center.at, slip=slip, choice="week")
        row, _code = propose(center, days=days)
        if said:
            answer(center, row, said)
        found = slips.slip_for(code)
        assert found is not None
        values = {name: getattr(found, name) for name in ("state", "choice", "answer", "closed_at", "taken_by_id")}
        told.append((values, slips.told(found, center.at), slips.told(found, center.later)))
    assert told[0] == told[1] == told[2]

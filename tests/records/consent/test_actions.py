"""The agreement on real rows: versions, points, the client's own signature, and taking it back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from subrosa.policy.agreement import POINTS, compose, proposed
from subrosa.policy.grounds import GROUNDS
from subrosa.policy.ruling import Outcome, Refused
from subrosa.policy.wording import SIMPLER, Wording
from subrosa.records.consent import actions, queries
from subrosa.records.consent.models import Agreement, Consent
from subrosa.records.vault.models import Grant
from tests.ground import together
from tests.records.center import Center, Visit, refused

DUTIES = {"text_zh": POINTS[6].text[0], "simple_zh": SIMPLER["duties"].text[0]}


def giving(visit: Visit) -> dict[str, object]:
    return {
        "by": visit.me,
        "at": visit.center.at,
        "case": visit.case,
        "agreement": queries.in_force(),
        "language": "zh-hans",
    }


@pytest.mark.clause("CON-02", "refuses")
@pytest.mark.parametrize("point", [point.key for point in POINTS])
def test_a_missing_point_is_named_with_its_text_and_language(center: Center, point: str) -> None:
    before = Agreement.objects.count()
    for wording, names in ((Wording.WHOLE, ("text_zh", "text_en")), (Wording.SIMPLE, ("simple_zh", "simple_en"))):
        short = compose(frozenset({point}), wording)
        for name, language, text in zip(names, ("zh", "en"), short, strict=True):
            ruling = refused(actions.publish_agreement, by=center.lead, at=center.at, **{**proposed(), name: text})
            assert ruling.clauses == ("CON-02",) and ruling.missing == (f"{point}.{wording}.{language}",)
    assert Agreement.objects.count() == before


@pytest.mark.clause("CON-02", "refuses")
def test_a_version_says_the_same_in_simpler_words(center: Center) -> None:
    """Missing, in one language only, without one exception, or as hard as the whole text: not published, and named."""
    whole, told = proposed(), GROUNDS[3].simple
    for other, missing in (
        ({"simple_zh": "", "simple_en": " "}, ("simpler_text",)),
        ({"simple_en": ""}, ("text.simple.en",)),
        ({"simple_zh": whole["simple_zh"].replace(told[0], "有人受伤害，我会管。")}, ("exceptions.simple.zh",)),
    ):
        ruling = refused(actions.publish_agreement, by=center.lead, at=center.at, **{**whole, **other})
        assert ruling.clauses == ("CON-02",) and ruling.missing == missing, other
    long = "约好了时间可是临时有事来不了的话请你尽量提前一天告诉老师一声。" * 4
    given = {name: whole[name].replace(was, long) for name, was in DUTIES.items()}
    ruling = refused(actions.publish_agreement, by=center.lead, at=center.at, **{**whole, **given})
    assert ruling.missing == ("plainer_duties.simple.zh",), "the whole text may say it so"


@pytest.mark.clause("CON-02", "passes")
def test_a_signature_keeps_which_text_was_read_and_no_age(booked: Visit) -> None:
    """Sealed so that the client opens it: in plain it would say who is young. An older signature says nothing."""
    center, other = booked.center, booked.center.visit("王一")
    signed = actions.give(**giving(booked), wording=Wording.SIMPLE)
    sealed = bytes(Consent.objects.get(pk=signed.pk).wording)
    assert b"simple" not in sealed and len(sealed) > 256, "as long as any other word"
    read = {"at": center.at, "consent": signed}
    assert actions.read_signed(by=booked.me, **read) is Wording.SIMPLE
    assert refused(actions.read_signed, by=other.me, **read).clauses == ("CONF-02",)
    assert refused(actions.read_signed, by=center.lin, **read).clauses == ("CON-02",)
    Consent.objects.using("owner").filter(pk=signed.pk).update(wording=None)
    assert actions.read_signed(by=booked.me, at=center.at, consent=Consent.objects.get(pk=signed.pk)) is None


def test_who_holds_no_key_yet_signs_all_the_same(center: Center) -> None:
    """An account that is newer than its file: which text was read is not known then, and the signature counts."""
    visit = center.visit()
    visit.book(center.lin)
    Grant.objects.using("owner").filter(keyring__of=visit.case_id, holder__of=visit.client.pk).delete()
    signed = actions.give(**giving(visit), wording=Wording.SIMPLE)
    assert signed.wording is None and queries.has_signed(visit.case_id)


@pytest.mark.clause("CON-02", "refuses")
@pytest.mark.parametrize("who", ["lin", "rui", "qian", "sun"])
def test_only_the_lead_publishes(center: Center, who: str) -> None:
    given = {"by": getattr(center, who), "at": center.at, **proposed()}
    assert refused(actions.publish_agreement, **given).clauses == ("CON-02",)


@pytest.mark.clause("CON-02", "passes")
@pytest.mark.clause("CON-01", "not_yet")
def test_a_page_that_lay_open_signs_nothing_old(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    old = giving(visit)
    second = actions.publish_agreement(by=own_center.lead, at=own_center.at, **proposed())
    assert second.number == 2 and queries.in_force() == second
    page_lay_open = refused(actions.give, **old)
    assert page_lay_open.outcome is Outcome.NOT_YET and page_lay_open.missing == ("agreement_in_force",)
    actions.give(**giving(visit))
    assert [row.agreement.number for row in queries.consents(visit.case_id)] in ([1, 2], [2, 1])


@pytest.mark.clause("CON-01", "passes")
def test_the_clients_own_signature(booked: Visit) -> None:
    signed = actions.give(**giving(booked))
    assert (signed.given_at, signed.language, signed.agreement.number) == (booked.center.at, "zh-hans", 1)
    assert queries.has_signed(booked.case_id)


@pytest.mark.clause("CON-01", "refuses")
@pytest.mark.parametrize("who", ["lin", "lead", "rui"])
def test_nobody_signs_for_the_client(booked: Visit, who: str) -> None:
    given = {**giving(booked), "by": getattr(booked.center, who)}
    assert refused(actions.give, **given).clauses == ("CON-01",)
    assert not queries.has_signed(booked.case_id)


@pytest.mark.clause("CONF-02", "refuses")
def test_no_other_client_signs_or_takes_back(booked: Visit) -> None:
    other = booked.center.visit("王一")
    assert refused(actions.give, **{**giving(booked), "by": other.me}).clauses == ("CONF-02",)
    booked.sign()
    given = {"by": other.me, "at": booked.center.at, "case": booked.case}
    assert refused(actions.withdraw, **given).clauses == ("CONF-02",)
    assert queries.has_signed(booked.case_id)


def test_signing_twice_is_one_signature(booked: Visit) -> None:
    once = uuid4()
    assert len({actions.give(**giving(booked), once=once).pk for _ in range(3)}) == 1
    asked = [giving(booked) for _ in range(3)]
    answers = together(*(lambda one=one: actions.give(**one) for one in asked))
    assert all(isinstance(one, (Consent, Refused)) for one in answers), answers
    assert Consent.objects.filter(case_id=booked.case_id).count() == 1


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.clause("CON-01", "not_yet")
def test_taking_it_back_works_at_once(visit: Visit) -> None:
    visit.recorded()
    visit.book(days=8)
    visit.hold()
    actions.withdraw(by=visit.me, at=visit.center.at, case=visit.case)
    assert refused(visit.record).missing == ("agreement_signature",)
    assert refused(visit.book, days=9).missing == ("agreement_signature",)
    actions.give(**giving(visit))
    assert visit.record().signed_at and visit.book(days=9)


def test_two_versions_published_at_once_have_two_numbers(own_center: Center) -> None:
    given = {"at": own_center.at, **proposed()}
    answers = together(*(lambda: actions.publish_agreement(by=own_center.lead, **given) for _ in range(3)))
    assert sorted(row.number for row in answers) == [2, 3, 4]

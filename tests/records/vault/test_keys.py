"""Certificates, introductions, passphrases and codes: what is sealed to whom, and what opens a private half."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.crypto.wrapping import new_pair
from subrosa.policy.actor import Actor, Kind
from subrosa.policy.ruling import Boundary
from subrosa.records.appointment.models import Booking
from subrosa.records.archive import actions as archive
from subrosa.records.case import joining
from subrosa.records.case.models import Case
from subrosa.records.note import actions as notes
from subrosa.records.note.models import Note
from subrosa.records.person import actions as person
from subrosa.records.person import clients, entrance
from subrosa.records.vault import keys, rings
from subrosa.records.vault.models import Keypair, Keyring
from subrosa.records.vault.opener import bundle, opener, opener_of
from tests.records.center import FULL, PASSPHRASE, Center, Visit, locked, refused
from tests.records.thief import set_rows, tampered

NOT_CERTIFIED = "keys_are_signed_before_anything_is_sealed_to_them"


def rules(ruling: Any) -> list[str]:
    return [reason.rule for reason in ruling.reasons]


def other_half() -> bytes:
    """A public half of the attacker's making."""
    return new_pair().public


@pytest.mark.parametrize("whose", ["counselor", "deputy", "crisis", "seat", "client"])
@pytest.mark.clause("CONF-04", "refuses")
def test_nothing_is_sealed_to_a_replaced_public_half(visit: Visit, whose: str) -> None:
    center = visit.center
    pair = {
        "counselor": lambda: center.row("lin").keypair,
        "deputy": lambda: center.row("zhou").keypair,
        "crisis": lambda: Keypair.objects.get(kind="crisis"),
        "seat": lambda: Keypair.objects.get(kind="seat", number=2),
        "client": lambda: Keypair.objects.get(kind="client", of=visit.client.pk),
    }[whose]()
    with tampered(pair, seal_public=other_half()):
        assert rules(refused(visit.book, reason="睡不着")) == [NOT_CERTIFIED]
        if whose == "client":
            assert rules(refused(visit.book, by=center.lin, reason="睡不着")) == [NOT_CERTIFIED]
    assert not Keyring.objects.filter(
        kind="case", of__in=Case.objects.filter(client=visit.client).values("pk")
    ).exists()
    assert not Booking.objects.filter(client=visit.client).exists()
    visit.book(reason="睡不着")


@pytest.mark.clause("CONF-04", "refuses")
def test_a_client_who_was_not_introduced_gets_no_key(visit: Visit) -> None:
    pair = Keypair.objects.get(kind="client", of=visit.client.pk)
    for change in ({"certificate": None}, {"certificate": b"\0" * 32}, {"introduction": None}):
        with tampered(pair, **change):
            assert rules(refused(visit.book, by=visit.center.lin)) == [NOT_CERTIFIED]
    other = visit.center.visit("王一")
    theirs = Keypair.objects.get(kind="client", of=other.client.pk)
    with tampered(pair, certificate=bytes(theirs.certificate), introduction=bytes(theirs.introduction)):
        assert rules(refused(visit.book, by=visit.center.lin)) == [NOT_CERTIFIED]


@pytest.mark.clause("CONF-04", "refuses")
def test_a_row_that_points_at_somebody_elses_certified_pair(visit: Visit) -> None:
    """Whoever writes rows makes his accomplice's pair the counselor's, or the client's: nothing is sealed to it."""
    center = visit.center
    with tampered(center.row("lin"), keypair=center.row("fang").keypair):
        assert rules(refused(visit.book)) == [NOT_CERTIFIED]
    other = center.visit("王一")
    theirs = Keypair.objects.get(kind="client", of=other.client.pk)
    with tampered(clients.account_of(visit.client.pk), keypair=theirs):
        assert rules(refused(visit.book, by=center.lin)) == [NOT_CERTIFIED]


@pytest.mark.clause("CONF-04", "refuses")
def test_a_colleague_with_a_replaced_half_gets_no_case_and_no_draft(visit: Visit) -> None:
    visit.recorded()
    center = visit.center
    fang, lin = center.row("fang"), center.row("lin")
    given = {"by": center.lin, "at": center.later, "case": visit.case, "colleague": fang}
    with tampered(fang.keypair, seal_public=other_half()):
        joining.show_joining(**given)
        assert rules(refused(joining.grant_case, told=True, **given)) == [NOT_CERTIFIED]
    visit.book(days=8)
    given = {"at": center.later, "case": visit.case, "booking": visit.booking, "text": FULL}
    with tampered(lin.keypair, seal_public=other_half()):
        assert rules(refused(notes.keep_draft, by=locked(center.lin), **given)) == [NOT_CERTIFIED]
    assert not Note.objects.filter(booking=visit.booking).exists()


@pytest.mark.clause("CONF-04", "refuses")
def test_an_archive_with_a_replaced_half_gets_no_file(visit: Visit) -> None:
    visit.recorded()
    visit.closed()
    with tampered(Keypair.objects.get(kind="archive"), seal_public=other_half()):
        given = {"by": visit.center.lin, "at": visit.center.later, "case": visit.case}
        assert rules(refused(archive.archive, **given)) == [NOT_CERTIFIED]
    assert visit.case.state == "closed"


def test_without_the_pinned_house_key_nobody_is_believed(own_center: Center) -> None:
    pinned = keys.house_file()
    known = pinned.read_bytes()
    visit = own_center.visit()
    for wrong in (None, b"", bytes(33), known[:-1] + bytes([known[-1] ^ 1])):
        pinned.unlink() if wrong is None else pinned.write_bytes(wrong)
        assert rules(refused(visit.book)) == [NOT_CERTIFIED]
    pinned.write_bytes(known)
    visit.book()


def test_a_planted_house_keyring_certifies_nobody(own_center: Center) -> None:
    """Its key opens no house key, so the lead signs nothing with it."""
    from tests.ground import by_owner
    from tests.records.thief import forged

    house = Keyring.objects.get(kind="house")
    planted = by_owner(Keyring(kind="house", of=house.of, generation=2, made_at=house.made_at))
    by_owner(forged(planted, own_center.row("lead").keypair, own_center.sun))
    given = {"by": own_center.lead, "at": own_center.at, "colleague": own_center.row("fang")}
    assert refused(person.certify, **given).clauses == ("CONF-04",)


def test_a_forgotten_passphrase_and_the_recovery_code(own_center: Center) -> None:
    pair = own_center.row("lead").keypair
    assert keys.unlock(pair, "locked", "not the passphrase") is None
    assert keys.unlock(pair, "recovery", PASSPHRASE) is None
    mistyped = own_center.recovery[:-1] + ("A" if own_center.recovery[-1] != "A" else "B")
    with pytest.raises(ValueError, match="mistyped"):
        keys.tidy_code(mistyped)
    both = keys.unlock(pair, "recovery", keys.tidy_code(own_center.recovery.lower().replace("-", " ")))
    assert both == bundle(own_center.lead.opener.seal, own_center.lead.opener.sign)
    back = Actor(Kind.STAFF, own_center.lead.id, opener(pair.pk, both))
    assert rings.open_ring("house", rings.team_id("house"), opener_of(back))


def test_a_locked_half_opens_in_its_own_row_only(own_center: Center) -> None:
    lin, fang = own_center.row("lin").keypair, own_center.row("fang").keypair
    assert entrance.try_passphrase("lin", PASSPHRASE)
    set_rows(lin, locked=bytes(fang.locked))
    assert entrance.try_passphrase("lin", PASSPHRASE) is None
    assert entrance.try_passphrase("fang", PASSPHRASE)
    assert entrance.try_passphrase("nobody", PASSPHRASE) is None
    assert entrance.try_passphrase("FANG ", PASSPHRASE), "case and spaces of a name are forgiven"
    assert entrance.try_passphrase("fang", PASSPHRASE.upper()) is None


def test_a_certificate_says_whose_and_what_for(center: Center) -> None:
    pair = center.row("fang").keypair
    keys.check_certificate(pair)
    for field, value in (("of", center.lin.id), ("kind", "seat"), ("number", 1), ("grants", False)):
        real = getattr(pair, field)
        setattr(pair, field, value)
        with pytest.raises(Boundary):
            keys.check_certificate(pair)
        setattr(pair, field, real)

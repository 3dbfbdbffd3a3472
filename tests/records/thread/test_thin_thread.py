"""One client from the first booking to the destroyed file, through the same acts as the pages."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import CLOCK, DOOR, Actor, Kind
from subrosa.policy.agreement import compose
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import queries as offered
from subrosa.records.archive import actions as archive
from subrosa.records.case import actions as case_acts
from subrosa.records.case.queries import case as case_row
from subrosa.records.consent import actions as consent
from subrosa.records.note import actions as note_acts
from subrosa.records.note.parts import NoteText
from subrosa.records.person import clients, entrance
from subrosa.records.person.names import new_sign_in
from subrosa.records.person.queries import staff
from subrosa.records.standing import actions as standing
from subrosa.records.vault import keys
from subrosa.records.vault.opener import opener

FULL = NoteText(
    {"situation": "高二,住校。", "problem": "睡不着,怕考试。", "course": "谈了作息。"},
    {"advice": "listened", "effect": "too_early", "other": "none"},
)


def refused(call: Any, **kwargs: Any) -> Any:
    with pytest.raises(Refused) as caught:
        call(**kwargs)
    return caught.value.ruling


def test_one_client_from_booking_to_destruction(school: Any, at: Any) -> None:
    from subrosa.demo.center import LEAD, PEOPLE, found_center, join, publish_first, sign_and_receive
    from subrosa.records.person import actions as person

    lead = found_center(LEAD, "four quiet words", at)
    publish_first(lead, at)
    lin, zhou, qian, sun = (join(part, lead, "four quiet words", at) for part in PEOPLE)
    for one in (lin, zhou):
        sign_and_receive(one, at)
    rows = [staff(lin.id), staff(zhou.id)]
    person.found_teams(by=lead, at=at, counselors=rows, custodians=rows[1:])
    zh, en = compose()
    agreement = consent.publish_agreement(by=lead, at=at, text_zh=zh, text_en=en)
    room = appointment.add_room(by=lead, at=at, name="B203")
    opening = appointment.set_opening(by=lin, at=at, room=room, weekday=2, starts=time(12, 20), minutes=40)

    client = clients.open_client(by=lin, at=at, identity=clients.Identity("李小雨", "2022090001", roster=str(uuid4())))
    code = keys.new_activation_code()
    row = clients.give_code(by=lin, at=at, client=client, code=code)
    found = clients.code_for(code.lower())
    assert found is not None and found.pk == row.pk
    pair, both = keys.new_keypair("client", client.pk, at=at)
    keys.lock_under(pair, "locked", both, "passphrase of a client")
    keys.introduce(pair, keys.introduction(code))
    session, _ = entrance.new_session(Kind.CLIENT, client.pk, pair.pk, both, at=at)
    clients.open_account(by=DOOR, at=at, code=found, keypair=pair, sign_in=new_sign_in(), session=session)
    me = Actor(Kind.CLIENT, client.pk, opener(pair.pk, both))

    slot = offered.free([lin.id], at)[0]
    ask = dict(client=client, opening=opening, starts_at=slot.starts_at, ends_at=slot.ends_at, reason="最近总是睡不着")
    assert refused(appointment.book, by=me, at=at, **ask).missing == ("principal_page",)
    standing.sign_principal_page(by=lead, at=at, signer="校长", text_zh="不提供名单", text_en="no list")
    booking = appointment.book(by=me, at=at, **ask)
    again = refused(appointment.book, by=me, at=at, **ask)
    assert again.outcome is Outcome.REFUSED and again.clauses == ("APPT-01",)
    case = case_row(booking.case_id)
    lin_again = Actor(Kind.STAFF, lin.id, opener(lin.opener.keypair, both) if False else lin.opener)
    assert note_acts.read_reasons(by=lin_again, at=at, case=case)[booking.pk] == "最近总是睡不着"
    assert note_acts.read_reasons(by=me, at=at, case=case)[booking.pk] == "最近总是睡不着"
    for outsider in (zhou, lead, qian, sun):
        assert refused(note_acts.read_file, by=outsider, at=at, case=case).clauses == ("CONF-02",)

    then = booking.ends_at
    assert refused(appointment.hold, by=lin, at=then, booking=booking).missing == ("promise",)
    booking = appointment.hold(by=lin, at=then, booking=booking, promise_said=True)
    next_ask = {**ask, "starts_at": slot.starts_at + timedelta(days=7), "ends_at": slot.ends_at + timedelta(days=7)}
    assert refused(appointment.book, by=me, at=then, **next_ask).clauses == ("CON-01",)
    assert refused(note_acts.write, by=lin, at=then, case=case, booking=booking, text=FULL).clauses == ("CON-01",)
    assert note_acts.own_draft(by=lin, booking=booking).as_text() == FULL.as_text()
    assert refused(consent.give, by=lin, at=then, case=case, agreement=agreement, language="zh-hans").clauses == (
        "CON-01",
    )
    consent.give(by=me, at=then, case=case, agreement=agreement, language="zh-hans")
    empty = NoteText(FULL.words, {"advice": "listened", "other": "none"})
    assert refused(note_acts.write, by=lin, at=then, case=case, booking=booking, text=empty).missing == ("effect",)
    note = note_acts.write(by=lin, at=then, case=case, booking=booking, text=FULL)
    note.case = case
    assert refused(note_acts.change, by=lin, at=then, note=note, text=FULL).clauses == ("REC-01",)
    note_acts.add(by=lin, at=then, note=note, text=NoteText({"other": "补充"}))
    pages = note_acts.read_file(by=lin, at=then, case=case)
    assert [page.text.words["situation"] for page in pages] == ["高二,住校。", ""]
    second = appointment.book(by=me, at=then, **next_ask)

    late = second.ends_at
    second = appointment.hold(by=lin, at=late, booking=second)
    goal = case_acts.agree_goal(by=lin, at=late, case=case, text="睡到六点")
    assert refused(archive.close, by=lin, at=late, case=case).missing == ("goal_ratings",)
    case_acts.rate_goal(by=lin, at=late, case=case, goal=goal, rating="8/7")
    case = archive.close(by=lin, at=late, case=case)
    assert case.number == 1
    assert refused(archive.archive, by=lin, at=late, case=case).clauses == ("REC-04",)
    note_acts.write(by=lin, at=late, case=case, booking=second, text=FULL)
    case = archive.archive(by=lin, at=late, case=case)
    assert refused(archive.confirm, by=lead, at=late, case=case).clauses == ("REC-04",)
    years = late + timedelta(days=3 * 366)
    archive.owe_destruction(by=CLOCK, at=years, case=case)
    archive.confirm(by=lead, at=years, case=case)
    assert refused(archive.destroy, by=lead, at=years, case=case).missing == ("two_confirmations",)
    archive.confirm(by=zhou, at=years, case=case)
    case = archive.destroy(by=lead, at=years, case=case)
    assert case.state == "destroyed"
    assert case_acts.on_care_team(case, lin)
    assert refused(
        note_acts.read_file,
        by=Actor(
            Kind.STAFF,
            lin.id,
            opener(lin.opener.keypair, keys.Secret(lin.opener.seal.bytes() + lin.opener.sign.bytes())),
        ),
        at=years,
        case=case,
    ).clauses == ("CONF-02",)

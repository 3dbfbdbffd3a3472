"""The one-time link: opens the house once, and is refused used, late, changed or at another school's door."""

from __future__ import annotations

from .conftest import Rooms
from .house import House
from .room import enter, invite

UNKNOWN = "This link is not known here"


def test_the_lead_comes_in_signs_and_publishes(house: House, rooms: Rooms, language: str) -> None:
    if language == "en":  # the printed link works once; in English another lead comes by an invitation
        lead = rooms()
        enter(lead, invite(rooms("shen"), "Lead Two", "lead"), "lead-two")
        lead.press("I keep it safe: go on")
    else:
        lead = rooms().go(house.link).press("Open my desk")
    lead.stands_at("/center/").go("/standing/code/").sees("All clauses of this version")
    assert lead.page.locator("ol.clauses > li").count() == 111

    lead.press("I have read it and sign").verdict("not_yet")
    lead.sees("Please look at the three situations first.")
    lead.press("To the three situations").meet_situations()
    assert lead.page.locator("fieldset .notice").count() == 3  # explained, each
    lead.press("I have read it and sign").stands_at("/standing/").sees("Signed by me")

    published = len(house.entries("publish_code", "done"))
    lead.go("/center/versions/").write("What changed, in Chinese", "危机流程写得更清楚。").press("Publish")
    lead.verdict("not_yet")
    lead.sees("Please say in both languages what is different, for those who sign again.")
    lead.press("Say what changed")
    kept = lead.page.get_by_label(lead.say("What changed, in Chinese")).input_value()
    assert kept == "危机流程写得更清楚。"
    lead.write("What changed, in English", "The crisis steps read clearer.").press("Publish").stands_at("/center/")
    assert len(house.entries("publish_code", "done")) == published + 1
    lead.sees("Sign the new version of the code")  # owed, by everybody
    rooms("lin").stands_at("/desk/").sees("Sign the new version of the code").sees("Owed")


def test_a_colleague_comes_in_by_a_link(house: House, rooms: Rooms, language: str) -> None:
    lead, room = rooms("shen"), rooms()
    name, sign_in = f"何静{language[:2]}", f"he-{language[:2]}"
    link = invite(lead, name, "counselor")
    lead.sees("invited")

    room.go(link).write("Sign-in name", sign_in).write("Passphrase", "short").write("The passphrase once more", "short")
    room.press("Make my keys and come in").stands_at(
        link.removeprefix(house.url)
    )  # the browser or the form asks for more
    room.write("Passphrase", "a window over the river").write("The passphrase once more", "another sentence here")
    room.press("Make my keys and come in").sees("The two passphrases differ.")
    assert room.page.get_by_label(room.say("Sign-in name"), exact=True).input_value() == sign_in
    room.write("The passphrase once more", "a window over the river").press("Make my keys and come in")
    assert len(room.page.locator("#code").inner_text()) >= 16
    room.axe().fits_a_phone().press("I keep it safe: go on").stands_at("/desk/")

    lead.go("/center/colleagues/")
    row = lead.page.get_by_role("row").filter(has_text=name)
    row.get_by_role("button").click()
    row.get_by_text(lead.say("key certified")).wait_for()
    lead.sign_in("shen")  # and the new name opens on another day
    rooms().sign_in(sign_in, "a window over the river").stands_at("/desk/")


def test_a_used_link_is_refused_and_noted(house: House, rooms: Rooms) -> None:
    link = invite(rooms("shen"), "用过的", "reception")
    enter(rooms(), link, f"used-{len(link)}-{len(house.entries('enter'))}")
    before = len(house.entries("enter", "refused"))
    late = rooms().go(link)
    late.verdict("refused")
    late.sees("This link has been used already.").axe().fits_a_phone()
    assert len(house.entries("enter", "refused")) == before + 1


def test_an_old_link_is_refused(house: House, rooms: Rooms) -> None:
    link = invite(rooms("shen"), "来晚的", "reception")
    house.ask("UPDATE person_link SET until = now() - interval '1 minute' WHERE used_at IS NULL AND handed IS NULL")
    late = rooms().go(link)
    late.verdict("refused")
    late.sees("This link is too old.").sees("Ask the lead for a new one; it is made in a minute.")


def test_a_changed_or_foreign_link_is_not_known(house: House, rooms: Rooms) -> None:
    link = invite(rooms("shen"), "没来的", "reception")
    token = link.rstrip("/").rpartition("/")[2]
    other = "A" if token[40] != "A" else "B"
    for changed in (token[:40] + other + token[41:], token[:-8], token[:20], "x", "你好", token + "AAAA"):
        rooms().go(f"/enter/{changed}/").sees(UNKNOWN)
    foreign = rooms(base=house.neighbor).go(link.replace(house.url, house.neighbor)).sees(UNKNOWN)
    foreign.axe()
    rooms().go(link).sees("Make my keys and come in")  # and none of this used it up


def test_no_center_answers_to_an_unknown_name(house: House, rooms: Rooms) -> None:
    stranger = rooms(base=house.url.replace("localhost", "nowhere.localhost"))
    answer = stranger.page.goto(stranger.base + "/center/")
    assert answer is not None and answer.status == 404
    stranger.sees("No center answers to this name").axe().fits_a_phone()

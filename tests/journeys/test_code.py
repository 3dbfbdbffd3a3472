"""Receiving clients: not yet, done, refused; and what the log keeps of each."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from .conftest import Rooms
from .house import House
from .room import Room


def test_a_counselor_signs_first(house: House, rooms: Rooms, newcomer: Callable[..., Room], language: str) -> None:
    counselor = rooms("zhou") if language == "zh-hans" else newcomer("counselor")
    counselor.go("/desk/").sees("New clients are not offered to you now.")
    expect(counselor.page.locator("aside.margin").get_by_text("ETH-01").first).to_be_visible()
    done, asked = len(house.entries("receive_clients", "done")), len(house.entries("receive_clients", "not_yet"))

    counselor.press("Receive clients")
    answer = counselor.verdict("not_yet")
    expect(answer.get_by_text("ETH-01")).to_be_visible()
    counselor.sees("Whoever receives clients has signed the code first.").axe().fits_a_phone()
    assert house.entries("receive_clients", "not_yet")[asked:] in ([], [("", ["ETH-01"])])  # counted, without a name

    counselor.press("Read and sign the code").stands_at("/standing/code/").meet_situations()
    counselor.axe().press("I have read it and sign").stands_at("/standing/").press("Receive clients")
    counselor.stands_at("/standing/").sees("are offered to me")
    assert len(house.entries("receive_clients", "done")) == done + 1
    counselor.go("/desk/").misses(counselor.say("New clients are not offered to you now."))
    counselor.go("/standing/").press("Pause new clients").sees("are not offered to me")


def test_a_steward_is_refused_by_name(house: House, rooms: Rooms) -> None:
    steward, before = rooms("sun"), house.entries("receive_clients", "refused")
    steward.go("/standing/").press("Receive clients")
    steward.verdict("refused")
    steward.sees("This step belongs to other people at the center.").axe().fits_a_phone()
    after = house.entries("receive_clients", "refused")
    assert after[len(before) :] == [("steward", ["COMP-01"])]
    steward.press("Back to where you were").stands_at("/standing/")


def test_a_second_school_sees_nothing_of_the_first(house: House, rooms: Rooms) -> None:
    other = rooms("wu", base=house.neighbor)
    (theirs,) = house.ask("SELECT id FROM person_staff WHERE receiving ORDER BY invited_at LIMIT 1")[0]
    for path in ("/center/", "/center/colleagues/", "/center/versions/", "/standing/"):
        other.go(path).misses("沈若兰", "林知夏", "周明远", "青禾", "Qinghe", str(theirs))
    other.go("/center/colleagues/")
    assert other.posts(f"/center/colleagues/{theirs}/certify/") == 404

    mine = rooms("shen")
    cookies = [{**one, "domain": "neighbor.localhost"} for one in mine.context.cookies() if one["name"] == "vault_key"]
    assert cookies
    carried = rooms(base=house.neighbor)
    carried.context.add_cookies(cookies)  # type: ignore[arg-type]  # as the browser gave them
    carried.go("/center/").stands_at("/sign-in/")  # a session of one school is nobody in the other
    wrong = rooms(base=house.neighbor).go("/sign-in/").write("Sign-in name", "shen")
    wrong.write("Passphrase", house.passphrase).press("Sign in").stands_at("/sign-in/")
    wrong.sees("Name and passphrase do not fit together. Nothing is locked by a mistake; try again.")

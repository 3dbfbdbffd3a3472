"""Where one is signed in, a passphrase changed, a lost laptop, a suspension, and somebody who leaves."""

from __future__ import annotations

from collections.abc import Callable

from .conftest import Rooms
from .house import House
from .room import PASSPHRASE, Room, enter, invite

NEW = "a lantern under the old bridge"
CALLED = "柳临时"


def test_a_colleague_signs_out_elsewhere_and_changes_the_passphrase(
    house: House, newcomer: Callable[..., Room], rooms: Rooms
) -> None:
    here = newcomer("reception")
    name = here.page.locator(".small-words").inner_text().replace("：", ":").rpartition(":")[2].strip()
    there = rooms().sign_in(name, PASSPHRASE).go("/reception/")
    here.go("/standing/").press("Where I am signed in, and the passphrase").stands_at("/standing/sessions/")
    here.sees("Another browser or device").axe().fits_a_phone()
    here.write("Your passphrase, to sign out elsewhere", PASSPHRASE).press("Sign out there").sees(
        "Ended. Whoever sits there sees the page for signing in."
    ).sees("Nowhere else.")
    there.go("/reception/").stands_at("/sign-in/").misses(here.say("At the desk"))
    again = rooms().sign_in(name, PASSPHRASE)
    here.go("/standing/sessions/").press("Change the passphrase").stands_at(
        "/standing/passphrase/"
    ).axe().fits_a_phone()
    here.write("The passphrase you have now", "not this one").write("The new passphrase", NEW)
    here.write("The new one once more", NEW).press("Change the passphrase")
    here.sees("That is not the passphrase you have now. Nothing was changed; try again.").axe()
    here.write("The passphrase you have now", PASSPHRASE).press("Change the passphrase")
    here.stands_at("/standing/sessions/").sees("The passphrase is changed. Everywhere else you are signed out.")
    again.go("/reception/").stands_at("/sign-in/")
    here.page.locator(".way-out button").click()
    here.stands_at("/").sign_in(name, NEW).go("/reception/").stands_at("/reception/")


def test_a_student_does_the_same(rooms: Rooms) -> None:
    here = rooms("student")
    lost = rooms("student").go("/mine/")
    here.go("/mine/").press("Where I am signed in, and the passphrase").stands_at("/mine/devices/").axe().fits_a_phone()
    here.write("Your passphrase, to sign out elsewhere", here.house.passphrase).press(
        "Sign out everywhere but here"
    ).sees("Nowhere else.")
    lost.go("/mine/").stands_at("/sign-in/")
    here.press("Change the passphrase").stands_at("/mine/passphrase/").axe().fits_a_phone()
    assert here.page.title() == here.say("My schedule")
    here.press("Not now").stands_at("/mine/devices/")


def test_the_lead_cuts_a_colleagues_access_and_closes_the_account(house: House, rooms: Rooms) -> None:
    lead, colleague = rooms("shen"), rooms()
    enter(colleague, invite(lead, CALLED, "reception"), "liu")
    lead.go("/center/colleagues/").press(CALLED).sees("on 1 browser", n=1).axe().fits_a_phone()
    lead.press("Sign out everywhere").sees("Signed out everywhere. Signing in again takes the passphrase.")
    colleague.go("/standing/").stands_at("/sign-in/").sign_in("liu", PASSPHRASE).go("/standing/").stands_at(
        "/standing/"
    )
    lead.press("Suspend now").sees("Suspended. Nothing opens for this colleague any more, and nothing was lost.").axe()
    colleague.go("/standing/").stands_at("/sign-in/")
    colleague.write("Sign-in name", "liu").write("Passphrase", PASSPHRASE).press("Sign in")
    colleague.sees("Name and passphrase do not fit together. Nothing is locked by a mistake; try again.")
    lead.press("Let back in")
    colleague.sign_in("liu", PASSPHRASE)
    lead.page.locator("main summary").last.click()
    lead.press("Yes, close it").sees("The account is closed. What was signed stays signed.").axe().fits_a_phone()
    colleague.go("/standing/").stands_at("/sign-in/")
    assert house.entries("end_staff", "done") == [("lead", ["CONF-07", "COMP-01"])]


def test_a_counselor_with_files_does_not_leave_before_they_are_in_other_hands(house: House, rooms: Rooms) -> None:
    lead = (
        rooms("shen").go("/center/colleagues/").press("林知夏").sees("Before the account closes:").axe().fits_a_phone()
    )
    ((key,),) = house.ask(
        "SELECT id FROM person_staff WHERE 'counselor' = ANY(roles) AND school_id = (SELECT id FROM school_school WHERE"
        " host = 'localhost') AND id IN (SELECT counselor_id FROM case_case WHERE state = 'open') LIMIT 1"
    )
    assert lead.posts(f"/center/colleagues/{key}/leave/") == 409
    assert house.ask("SELECT state FROM person_staff WHERE id = %s", key) == [("active",)]

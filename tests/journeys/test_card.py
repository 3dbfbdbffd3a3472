"""A certificate is entered, somebody else confirms it, and the card stands where somebody chooses: by keyboard, on a phone."""

from __future__ import annotations

from .conftest import Rooms

NUMBER = "注册 X-21-088"


def test_entered_confirmed_and_read_by_a_student(rooms: Rooms) -> None:
    lin, lead, door = rooms("lin"), rooms("shen"), rooms()
    kind = lin.say("Registered with a professional society")
    door.go("/talk/").sees("Who is here").misses(kind).axe().fits_a_phone()
    lin.go("/standing/").press("My card: certificates, and what students should know beforehand")
    lin.stands_at("/standing/card/").axe().fits_a_phone()
    lin.tab_to("details:has([name=enter]) > summary").key("Enter").tab_to("#id_kind")
    lin.page.select_option("#id_kind", "society")
    lin.tab_to("#id_number").page.keyboard.type(NUMBER)
    lin.tab_to("button[name=enter]").key("Enter")
    lin.stands_at("/standing/card/").sees("waits for somebody who sees the original").axe().fits_a_phone()
    door.go("/talk/").misses(kind)
    lead.go("/center/colleagues/").press("Certificates of the counselors, and ties to classes")
    lead.stands_at("/standing/certificates/").axe().fits_a_phone()
    lead.tab_to('form[action$="/seen/"] button').key("Enter")
    lead.stands_at("/standing/certificates/").misses(lead.say("waits for somebody who sees the original"))
    for path in ("/talk/", "/read/"):
        door.go(path).sees("Registered with a professional society").misses(NUMBER).axe().fits_a_phone()
    door.go("/talk/").page.locator("main input[name=slot]").first.check()
    door.press("Take this time").sees("Registered with a professional society").axe().fits_a_phone()
    door.go("/read/").tab_to("details.more > summary").key("Enter")
    assert door.page.locator("details.more[open]").count() == 1, "one line each, more on a tap"
    assert door.page.title() == door.say("My schedule")
    door.press("In simpler words").axe().fits_a_phone().press("Everything at once, to print").axe()
    assert "words=simple" in door.page.url, "the text that was chosen is the one that is printed"
    assert door.page.locator("details.more:not([open])").count() == 0
    lin.go("/standing/card/").page.locator("details:has(form[action$='/back/'])").last.locator("summary").click()
    lin.axe().fits_a_phone().press("Yes, take the certificate back").stands_at("/standing/card/").misses(NUMBER)

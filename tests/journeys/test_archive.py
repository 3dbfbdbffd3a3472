"""The archive in a browser: a term's files are bound, taken out and checked; what may go says from which day no copy opens."""

from __future__ import annotations

import io
import re

from playwright.sync_api import expect

from subrosa.ledger.volume import check

from .conftest import Rooms
from .house import House

SHELF = "/center/volumes/"
OPEN = """async () => {
  const form = document.querySelector("form[action$='/open/']");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const begins = new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 5));
  return [answer.status, answer.headers.get("content-type"), begins]; }"""


def test_files_are_bound_by_keys_alone_and_the_volume_can_be_checked(house: House, rooms: Rooms, language: str) -> None:
    zhou = rooms("zhou").go(SHELF).axe().fits_a_phone()
    before = len(house.entries("bind_volume", "done"))
    button = "form[action*='/center/volumes/bind/'] button"
    if zhou.page.locator(button).count():  # the other language's reader may have bound the last one
        zhou.tab_to(button)
        with zhou.page.expect_navigation(url=re.compile(r"/center/volumes/[0-9a-f-]{36}/$"), timeout=30_000):
            zhou.page.keyboard.press("Enter")
        assert len(house.entries("bind_volume", "done")) == before + 1
    else:
        zhou.sees("Every file that lies in the archive is bound.").page.locator("tbody th a").first.click()
    expect(zhou.page).to_have_url(re.compile(r"/center/volumes/[0-9a-f-]{36}/$"))
    zhou.sees("as it was bound").axe().fits_a_phone()
    status, kind, begins = zhou.page.evaluate(OPEN)
    assert (status, kind, begins) == (200, "application/pdf", "%PDF-")
    with zhou.page.expect_download() as coming:
        zhou.press("Download, sealed")
    data = coming.value.path().read_bytes()
    line = (house.data / "checkpoints" / "1.verifier").read_text(encoding="utf-8").strip()
    report = check(io.BytesIO(data), line)
    assert report.whole and report.trusted and coming.value.suggested_filename == f"volume-{report.number}.sealed"


def test_the_lead_sees_the_shelf_and_has_no_key(rooms: Rooms) -> None:
    shen = rooms("shen").go(SHELF).axe().fits_a_phone()
    shen.sees("The registers")
    assert shen.page.locator("form[action*='/bind/']").count() == 0
    rooms("lin").go(SHELF).sees("This page belongs to other people at the center")


def test_the_page_of_what_may_go_names_the_day(house: House, rooms: Rooms) -> None:
    due = house.ask("SELECT count(*) FROM case_case WHERE retention_until < now() AND state = 'archived'")
    page = rooms("shen").go("/center/destruction/").axe().fits_a_phone()
    if due == [(0,)]:  # another journey has destroyed it
        page.sees("In the archive")
        return
    expect(page.page.locator(".notice").first).to_contain_text(re.compile(r"20\d\d"))
    page.sees("Pages that were printed you shred yourself.")

"""Files of a case at the desk: an ordinary form, portions by script, a stream out again, and a page to print."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from subrosa.records.attachment.about import MOST
from subrosa.records.attachment.models import Attachment, Piece
from subrosa.records.school.context import school_in_force
from subrosa.records.vault.files import PIECE
from tests.desks.hand import Hand
from tests.records.center import Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]

NOISE = os.urandom(2 * PIECE + 4_321)
WHOLE = len(NOISE)
NAME = "王小明画的家.jpg"


@pytest.fixture
def lin(monkeypatch: pytest.MonkeyPatch, booked: Visit) -> Hand:
    return Hand(monkeypatch, booked.center.lin, booked.center.at)


def files_of(visit: Visit) -> str:
    return f"/cases/{visit.case_id}/files/"


def sent(hand: Hand, visit: Visit, plain: bytes = NOISE, name: str = NAME, **more: Any) -> Any:
    upload = SimpleUploadedFile(name, plain, content_type="image/jpeg")
    return hand.post(files_of(visit), **({"file": upload, "whole": "1"} | more))


def attached(visit: Visit) -> Attachment:
    return Attachment.objects.exclude(attached_at=None).get(case=visit.case_id)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def nothing_kept(visit: Visit) -> bool:
    rows = Attachment.objects.filter(case=visit.case_id)
    return not rows.exists() and not Piece.objects.filter(attachment__in=rows).exists()


@pytest.mark.clause("CONF-01", "passes")
def test_a_form_puts_a_file_into_the_case_and_a_link_gives_it_back(lin: Hand, booked: Visit) -> None:
    answer = sent(lin, booked)
    row = attached(booked)
    assert answer.status_code == 302 and answer["Location"] == f"/cases/{booked.case_id}/#f-{row.pk}"
    page = lin.text(f"/cases/{booked.case_id}/")
    assert NAME in page and "Picture" in page and f"{files_of(booked)}{row.pk}/" in page
    answer = lin.get(f"{files_of(booked)}{row.pk}/")
    assert body(answer) == NOISE
    assert answer["Content-Disposition"] == f'attachment; filename="file-{str(row.pk)[:8]}.jpg"'
    assert answer["Content-Type"] == "application/octet-stream" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store" and int(answer["Content-Length"]) == len(NOISE)
    assert len(noted("read_attachment", "done")) >= 1


@pytest.mark.parametrize(
    ("plain", "more", "says"),
    [
        (b"", {}, "is empty"),
        (b"x", {"whole": ""}, "Only part of this file arrived"),
        (b"x", {"file": ""}, "choose a file"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_stays(
    lin: Hand, booked: Visit, plain: bytes, more: dict[str, str], says: str
) -> None:
    answer = sent(lin, booked, plain, **more)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert nothing_kept(booked)


def test_what_is_too_large_is_said_before_it_is_read(lin: Hand, booked: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subrosa.desks.counselor.files.MOST", 100)
    monkeypatch.setattr("subrosa.desks.counselor.files.FRAME", 100)
    answer = sent(lin, booked)
    assert answer.status_code == 422 and "too large" in answer.content.decode() and nothing_kept(booked)
    monkeypatch.undo()
    monkeypatch.setattr("subrosa.desks.common.middleware.now", lambda: lin.at)
    monkeypatch.setattr("subrosa.desks.counselor.receiving_files.MOST", PIECE)
    answer = lin.client.post(files_of(booked), {"whole": "1", "file": SimpleUploadedFile("a", NOISE)})
    assert answer.status_code == 422 and "too large" in answer.content.decode() and nothing_kept(booked)


def test_only_the_first_file_of_a_form_is_taken(lin: Hand, booked: Visit) -> None:
    two = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.txt", b"two")]
    assert lin.post(files_of(booked), file=two, whole="1").status_code == 302
    assert body(lin.get(f"{files_of(booked)}{attached(booked).pk}/")) == b"one"


def test_a_body_that_breaks_off_leaves_nothing(lin: Hand, booked: Visit) -> None:
    """The line broke in the middle of the file: the form never came to its end."""
    edge = "edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'.encode()
    for part in (head + NOISE[: PIECE + 5], head + NOISE[: PIECE + 5] + f"\r\n--{edge}--\r\n".encode()):
        lin._ask()
        answer = lin.client.post(files_of(booked), part, content_type=f"multipart/form-data; boundary={edge}")
        assert answer.status_code in (400, 422) and nothing_kept(booked)


def test_a_page_of_another_house_sends_nothing(lin: Hand, booked: Visit) -> None:
    """Without the token of the form nothing stays, although the file was read before the token could be."""
    lin._ask()
    strict = Client(enforce_csrf_checks=True, headers={"host": school_in_force().host})
    strict.cookies = lin.client.cookies
    upload = SimpleUploadedFile(NAME, NOISE)
    answer = strict.post(files_of(booked), {"file": upload, "whole": "1"})
    assert answer.status_code == 403 and nothing_kept(booked)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "fang", "lead", "rui", "sun"])
def test_nobody_else_sends_or_opens_nor_learns_that_it_is_there(
    monkeypatch: pytest.MonkeyPatch, lin: Hand, booked: Visit, who: str
) -> None:
    sent(lin, booked)
    row, other = attached(booked), Hand(monkeypatch, getattr(booked.center, who), booked.center.at)
    there = other.get(f"{files_of(booked)}{row.pk}/")
    nowhere = other.get(f"{files_of(booked)}{uuid4()}/")
    assert there.status_code == nowhere.status_code in (403, 404)
    pages = [one.content.decode().partition("<main")[2].partition("</main>")[0] for one in (there, nowhere)]
    assert pages[0] == pages[1] and NAME not in pages[0]
    assert sent(other, booked).status_code in (403, 404)
    assert other.post(f"{files_of(booked)}begin/").status_code in (403, 404)
    assert Attachment.objects.filter(case=booked.case_id).count() == 1


def test_a_locked_session_gets_nothing(lin: Hand, booked: Visit) -> None:
    sent(lin, booked)
    row = attached(booked)
    lin.lock()
    for path in (f"{files_of(booked)}{row.pk}/", f"/cases/{booked.case_id}/paper/file/"):
        answer = lin.get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/unlock/")
    assert sent(lin, booked)["Location"].startswith("/unlock/")


def test_a_link_is_not_fetched_ahead(lin: Hand, booked: Visit) -> None:
    sent(lin, booked)
    before = len(noted("read_attachment", "done"))
    path = f"{files_of(booked)}{attached(booked).pk}/"
    assert lin.get(path, **{"sec-purpose": "prefetch"}).status_code == 403
    assert len(noted("read_attachment", "done")) == before


@pytest.fixture
def portions(lin: Hand, booked: Visit) -> Any:
    """What the script does: begin, portion after portion, the rest."""

    class Script:
        def begin(self) -> str:
            answer = lin.post(f"{files_of(booked)}begin/")
            assert answer.status_code == 201 and answer.json()["portion"] == PIECE and answer.json()["most"] == MOST
            self.to: str = answer.json()["to"]
            return self.to

        def have(self) -> int:
            return int(lin.get(self.to).json()["have"])

        def portion(self, number: int, plain: bytes) -> int:
            lin._ask()
            answer = lin.client.post(f"{self.to}{number}/", plain, content_type="application/octet-stream")
            return int(answer.status_code)

        def finish(self, rest: bytes, size: Any = WHOLE) -> Any:
            given = {"name": NAME, "type": "image/jpeg", "size": size, "rest": SimpleUploadedFile("rest", rest)}
            return lin.post(f"{self.to}whole/", **given)

    return Script()


def test_portions_make_a_file_and_go_on_where_they_stopped(portions: Any, lin: Hand, booked: Visit) -> None:
    portions.begin()
    assert portions.have() == 0
    assert portions.portion(0, NOISE[:PIECE]) == 204 and portions.have() == 1
    assert portions.finish(NOISE[2 * PIECE :]).status_code == 409, "not while a portion is missing"
    assert portions.portion(0, NOISE[:PIECE]) == 204, "its answer was lost"
    assert portions.portion(1, NOISE[PIECE : 2 * PIECE]) == 204 and portions.have() == 2
    answer = portions.finish(NOISE[2 * PIECE :])
    row = attached(booked)
    assert answer.status_code == 201 and answer.json()["at"] == f"/cases/{booked.case_id}/#f-{row.pk}"
    assert body(lin.get(f"{files_of(booked)}{row.pk}/")) == NOISE
    assert portions.portion(2, NOISE[:PIECE]) == 403 and portions.finish(b"").status_code == 403


@pytest.mark.parametrize("plain", [b"", b"x", NOISE[: PIECE - 1], NOISE[: PIECE + 1]])
def test_a_portion_has_one_length(portions: Any, plain: bytes) -> None:
    portions.begin()
    assert portions.portion(0, plain) == 400 and portions.have() == 0


@pytest.mark.parametrize("size", ["", "-1", "0", "x", str(MOST + 1), "1.5"])
def test_a_size_is_a_number_within_the_limit(portions: Any, size: str) -> None:
    portions.begin()
    assert portions.finish(b"x", size).status_code == 400


def later(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> Hand:
    return Hand(monkeypatch, visit.center.lin, visit.center.later)


def test_beside_each_item_stands_who_can_open_it(monkeypatch: pytest.MonkeyPatch, lin: Hand, booked: Visit) -> None:
    """From the grants themselves: the counselor and the deputy the file, the client what is shared, reception nothing."""
    booked.hold()
    booked.sign()
    booked.record()
    sent(lin, booked)
    page = later(monkeypatch, booked).text(f"/cases/{booked.case_id}/")
    thread = page[page.index('<ol class="thread"') : page.index("</ol>", page.index(NAME))]
    meeting = next(one for one in thread.split("<li ") if "Said beforehand" in one)
    shared, record = (one.partition("</p>")[0] for one in meeting.split('class="opens no-print"')[1:])
    file = next(one for one in thread.split("<li ") if NAME in one).split('class="opens no-print"')[1]
    assert "The client" in shared and "林知夏" in shared
    for one in (record, file):
        assert "林知夏" in one and "The client" not in one and "芮老师" not in one and "(deputy)" in one
    opened = next(one for one in thread.split("<li ") if "sealed from the first minute" in one)
    assert 'class="opens no-print"' not in opened, "nobody is named beside what holds nothing sealed"


def on_disk() -> set[str]:
    """Every file of the data folder but the database's own."""
    found = Path(settings.DATA_DIR).rglob("*")
    return {str(path) for path in found if "cluster" not in path.relative_to(settings.DATA_DIR).parts}


def test_printing_and_sending_leave_nothing_on_disk(
    lin: Hand, booked: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file put in, read out and printed, and the agreement as PDF: whatever asks for a temporary file would be seen."""
    booked.hold()
    signed = booked.sign()
    booked.record()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for maker in ("mkstemp", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkdtemp"):
        monkeypatch.setattr(tempfile, maker, _never)
    before = on_disk()
    assert sent(lin, booked).status_code == 302
    assert body(lin.get(f"{files_of(booked)}{attached(booked).pk}/")) == NOISE
    page = later(monkeypatch, booked).get(f"/cases/{booked.case_id}/paper/file/")
    assert page.status_code == 200 and page["Cache-Control"] == "no-store" and NAME in page.content.decode()
    me = Hand(monkeypatch, booked.me, booked.center.later)
    paper = me.get(f"/mine/agreement/{signed.pk}/paper/")
    assert paper.status_code == 200 and paper.content[:4] == b"%PDF" and paper["Cache-Control"] == "no-store"
    assert list(tmp_path.rglob("*")) == []
    assert on_disk() == before


def _never(*_: Any, **__: Any) -> None:
    raise AssertionError("somebody asked for a temporary file")


def test_the_page_to_print_is_the_file_and_no_more(monkeypatch: pytest.MonkeyPatch, booked: Visit) -> None:
    booked.hold()
    booked.sign()
    booked.record()
    before = len(noted("read_notes", "done"))
    page = later(monkeypatch, booked).text(f"/cases/{booked.case_id}/paper/file/")
    assert len(noted("read_notes", "done")) == before + 1
    assert "睡不着,怕考试。" in page and "最近总是睡不着" in page and "data-print" in page
    assert "<title>To print</title>" in page and "why_closed" not in page
    assert "Close the case</summary>" not in page and 'type="file"' not in page, "what is pressed stays with the file"

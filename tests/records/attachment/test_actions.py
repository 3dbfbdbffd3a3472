"""Files of a case on real rows: whole or not at all, for the care team alone, never in plain, gone with the case."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.attachment import actions, queries
from subrosa.records.attachment.about import MOST, About, tidy_name
from subrosa.records.attachment.actions import PIECE
from subrosa.records.attachment.models import Attachment, Piece
from subrosa.records.attachment.opened import attached_of
from subrosa.records.attachment.stream import parts
from subrosa.records.audit.checking import check
from subrosa.records.audit.models import Entry
from subrosa.records.audit.sequence import sequence
from subrosa.records.consent.actions import Paper, note_paper
from subrosa.records.note import actions as notes
from subrosa.records.vault.opener import opener_of
from tests.ground import as_clock, statements, together
from tests.records.center import Visit, locked, noted, refused
from tests.records.joining import joined
from tests.records.owing import owing

NOISE = os.urandom(2 * PIECE + 12_345)
NAME = "王小明画的家.jpg"


def begun(visit: Visit, by: Any = None) -> Attachment:
    return actions.begin(by=by or visit.center.lin, at=visit.center.at, case=visit.case)


def sent(visit: Visit, plain: bytes = NOISE, *, most: int | None = None) -> Attachment:
    """An upload with its full pieces, or the first few of them."""
    upload = begun(visit)
    for number in range(len(plain) // PIECE if most is None else most):
        piece = plain[number * PIECE : (number + 1) * PIECE]
        actions.keep_piece(by=visit.center.lin, at=visit.center.at, attachment=upload, number=number, plain=piece)
    return upload


def finishing(visit: Visit, upload: Attachment, plain: bytes = NOISE, **more: Any) -> dict[str, Any]:
    about = About(NAME, "image/jpeg", len(plain))
    given = {"by": visit.center.lin, "at": visit.center.at, "attachment": upload, "about": about}
    return given | {"rest": plain[len(plain) // PIECE * PIECE :]} | more


def attached(visit: Visit, plain: bytes = NOISE) -> Attachment:
    upload = sent(visit, plain)
    actions.attach(**finishing(visit, upload, plain))
    return row_of(upload)


def row_of(upload: Attachment) -> Attachment:
    row = queries.attachment(upload.pk, upload.case_id)
    assert row is not None
    return row


def reading(visit: Visit, row: Attachment, by: Any = None) -> dict[str, Any]:
    return {"by": by or visit.center.lin, "at": visit.center.later, "attachment": row}


def read(visit: Visit, row: Attachment, by: Any = None) -> bytes:
    return b"".join(parts(actions.read(**reading(visit, row, by))))


@pytest.mark.clause("CONF-01", "passes")
@pytest.mark.clause("CONF-04", "passes")
@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, len(NOISE)])
def test_a_file_comes_back_as_it_went_in(booked: Visit, size: int) -> None:
    row = attached(booked, NOISE[:size])
    opening = actions.read(**reading(booked, row))
    assert b"".join(parts(opening)) == NOISE[:size]
    assert (opening.about.name, opening.about.type, opening.about.size) == (NAME, "image/jpeg", size)


def test_nothing_of_it_lies_there_in_plain(booked: Visit) -> None:
    """Neither a chunk of it, nor its name, nor its type, nor how long it is to the byte."""
    plain = "内容：父亲打了他。".encode() * 10_000
    row = attached(booked, plain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT about FROM attachment_attachment WHERE id = %s", [row.pk])
        stored = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT body FROM attachment_piece WHERE attachment_id = %s ORDER BY number", [row.pk])
        stored += b"".join(bytes(one[0]) for one in cursor.fetchall())
    for text in ("父亲", NAME, "王小明", "image/jpeg", str(len(plain))):
        assert text.encode() not in stored
    longer = attached(booked, plain + b"x" * 100)
    sizes = [sum(len(one.body) for one in Piece.objects.filter(attachment=one)) for one in (row, longer)]
    assert sizes[0] == sizes[1]


@pytest.mark.clause("CONF-01", "passes")
@pytest.mark.parametrize("kind", ["", "application/x-unknown", "image/svg+xml", "text/html"])
def test_whatever_its_type_it_is_sealed_under_the_case(booked: Visit, kind: str) -> None:
    """No type opens a file to more people: what nobody has classed lies under the closest key there is."""
    upload = sent(booked, b"x")
    actions.attach(**finishing(booked, upload, b"x", about=About("a.bin", kind, 1)))
    for who in ("fang", "lead", "rui", "qian", "sun"):
        assert refused(actions.read, **reading(booked, row_of(upload), getattr(booked.center, who)))
    assert refused(actions.read, **reading(booked, row_of(upload), booked.me))
    assert read(booked, row_of(upload)) == b"x"


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "rui", "lead", "qian", "sun"])
def test_outsiders_neither_open_nor_send(booked: Visit, who: str) -> None:
    row, upload, by = attached(booked), sent(booked, most=0), getattr(booked.center, who)
    before = len(noted("read_attachment"))
    assert refused(actions.read, **reading(booked, row, by)).outcome is Outcome.REFUSED
    assert len(noted("read_attachment")) == before + 1, "the attempt is an entry"
    assert refused(actions.begin, by=by, at=booked.center.at, case=booked.case).outcome is Outcome.REFUSED
    given = {"by": by, "at": booked.center.at, "attachment": upload}
    assert refused(actions.keep_piece, **given, number=0, plain=NOISE[:PIECE]).outcome is Outcome.REFUSED
    assert refused(actions.attach, **finishing(booked, upload, b"x", by=by)).outcome is Outcome.REFUSED
    assert not Piece.objects.filter(attachment=upload).exists()


@pytest.mark.clause("CONF-02", "passes")
def test_a_colleague_who_was_brought_in_opens_it(booked: Visit) -> None:
    row, fang = attached(booked), booked.center.row("fang")
    joined(by=booked.center.lin, at=booked.center.at, case=booked.case, colleague=fang)
    assert read(booked, row, booked.center.fang) == NOISE
    upload = sent(booked, most=1)
    given = {
        "by": booked.center.fang,
        "at": booked.center.at,
        "attachment": upload,
        "number": 1,
        "plain": NOISE[:PIECE],
    }
    assert refused(actions.keep_piece, **given).clauses == ("CONF-02",), "but goes on with nobody else's upload"


@pytest.mark.clause("CONF-04", "refuses")
def test_a_locked_session_neither_sends_nor_opens(booked: Visit) -> None:
    row = attached(booked)
    assert refused(actions.read, **reading(booked, row, locked(booked.center.lin))).clauses == ("CONF-04",)
    assert refused(actions.begin, by=locked(booked.center.lin), at=booked.center.at, case=booked.case)


@pytest.mark.clause("CONF-04", "not_yet")
def test_half_a_file_is_no_file(booked: Visit) -> None:
    upload = sent(booked, most=1)
    for size, rest in ((len(NOISE), NOISE[2 * PIECE :]), (PIECE + 5, b"four"), (0, b"")):
        given = finishing(booked, upload, about=About(NAME, "", size), rest=rest)
        ruling = refused(actions.attach, **given)
        assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("rest_of_file",)
    assert queries.attached_to(booked.case_id) == []
    assert refused(actions.read, **reading(booked, row_of(upload))).outcome is Outcome.REFUSED


@pytest.mark.clause("CONF-04", "refuses")
def test_what_is_attached_is_never_changed(booked: Visit) -> None:
    row = attached(booked)
    digest = hashlib.sha256(b"".join(bytes(one.body) for one in Piece.objects.filter(attachment=row))).digest()
    given = {"by": booked.center.lin, "at": booked.center.at, "attachment": row}
    assert refused(actions.keep_piece, **given, number=3, plain=NOISE[:PIECE]).clauses == ("CONF-04",)
    assert refused(actions.attach, **finishing(booked, row, b"other")).clauses == ("CONF-04",)
    assert refused(actions.drop, **given).clauses == ("CONF-04",)
    assert hashlib.sha256(b"".join(bytes(o.body) for o in Piece.objects.filter(attachment=row))).digest() == digest


def test_a_portion_may_be_sent_twice(booked: Visit) -> None:
    """The answer got lost, so it is sent again; what comes out of its turn is left out."""
    upload = begun(booked)
    given = {"by": booked.center.lin, "at": booked.center.at, "attachment": upload}
    for number in (0, 0, 2, 1, 1):
        piece = NOISE[number % 2 * PIECE : (number % 2 + 1) * PIECE]
        actions.keep_piece(**given, number=number, plain=piece)
    assert queries.received(upload) == 2
    actions.attach(**finishing(booked, upload))
    assert read(booked, row_of(upload)) == NOISE


def test_two_at_once_store_it_once(booked: Visit) -> None:
    upload = begun(booked)
    given = {"at": booked.center.at, "attachment": upload, "number": 0, "plain": NOISE[:PIECE]}
    lin = [booked.center.lin for _ in range(4)]
    answers = together(*(lambda by=by: actions.keep_piece(by=by, **given) for by in lin))
    assert [type(one) for one in answers] == [Attachment] * 4 and queries.received(upload) == 1


def test_a_file_is_one_entry_when_begun_and_one_when_attached(booked: Visit) -> None:
    row = attached(booked)
    read(booked, row)
    acts = Entry.objects.filter(about=f"attachment.Attachment:{row.pk}").order_by("at", "act")
    assert sorted(acts.values_list("act", flat=True)) == ["attach_file", "read_attachment", "upload_file"]
    assert {one.case_id for one in acts} == {booked.case_id}
    stored = b"".join(bytes(one.bytes) for one in acts)
    assert NAME.encode() not in stored and b"image" not in stored


def test_statements_do_not_grow_with_the_file(booked: Visit) -> None:
    one, many = attached(booked, b"x"), attached(booked)
    counts = []
    for row in (one, many):
        with statements() as said:
            actions.read(**reading(booked, row))
        counts.append(len(said))
    assert counts[0] == counts[1] <= 8


class Bytes:
    """One stored piece, changed by the owner of the database, who needs no act."""

    @staticmethod
    def change(row: Attachment, number: int, body: bytes | None) -> None:
        rows = Piece.objects.using("owner").filter(attachment_id=row.pk, number=number)
        rows.delete() if body is None else rows.update(body=body)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_download_that_lacks_its_end_is_broken_off(booked: Visit) -> None:
    """Whoever has the database's owner rights drops, moves or swaps pieces: the stream ends in an error, never shorter."""
    row, other = attached(booked), attached(booked)
    bodies = {n: bytes(Piece.objects.get(attachment=row, number=n).body) for n in range(3)}
    theirs = bytes(Piece.objects.get(attachment=other, number=1).body)
    damages = [(2, None), (1, None), (1, bodies[0]), (2, bodies[1]), (1, theirs), (1, bodies[1][:-1] + b"\0")]
    for number, body in damages:
        Bytes.change(row, number, body)
        given_out = []
        with pytest.raises(Boundary):
            given_out += parts(actions.read(**reading(booked, row)))
        if body is None:
            Piece(attachment_id=row.pk, number=number, body=bodies[number], school_id=row.school_id).save(using="owner")
        Bytes.change(row, number, bodies[number])
    assert read(booked, row) == NOISE


def found_changed(row: Attachment) -> bool:
    with as_clock():
        while sequence():
            pass
        return any(str(row.pk) in str(one) for one in check((), rows=True).findings)


def test_the_log_finds_an_exchanged_name(booked: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "subrosa.ledger.verify.MOST", 100_000
    )  # what other tests have changed below the house stands there too
    row, other = attached(booked), attached(booked, b"x")
    assert not found_changed(row)
    Attachment.objects.using("owner").filter(pk=row.pk).update(about=bytes(other.about or b""))
    assert found_changed(row)
    Attachment.objects.using("owner").filter(pk=row.pk).update(about=bytes(row.about or b""))
    assert not found_changed(row)


def test_what_broke_off_is_swept_by_the_clock(booked: Visit) -> None:
    """Not before a day: somebody may be going on with it; and never what is attached."""
    upload, row = sent(booked, most=1), attached(booked)
    day = booked.center.at + timedelta(hours=24)
    early = {"by": CLOCK, "at": day - timedelta(minutes=1), "attachment": upload}
    assert refused(actions.drop, **early).clauses == ("CONF-04",)
    assert upload.pk in {one.pk for one in queries.abandoned(day)}
    assert upload.pk not in {one.pk for one in queries.abandoned(day - timedelta(minutes=1))}
    actions.drop(by=CLOCK, at=day, attachment=upload)
    assert not Piece.objects.filter(attachment_id=upload.pk).exists()
    assert not Attachment.objects.filter(pk=upload.pk).exists()
    assert read(booked, row) == NOISE


def test_who_began_it_gives_it_up(booked: Visit) -> None:
    upload = sent(booked, most=1)
    assert refused(actions.drop, by=booked.center.fang, at=booked.center.at, attachment=upload)
    actions.drop(by=booked.center.lin, at=booked.center.at, attachment=upload)
    assert not Attachment.objects.filter(pk=upload.pk).exists()


def test_what_files_are_called_opens_with_the_file_of_the_case(booked: Visit) -> None:
    row = attached(booked)
    sent(booked, most=1)
    lin = booked.center.lin
    with pytest.raises(Boundary):
        attached_of(opener_of(lin), booked.case_id)
    notes.read_file(by=lin, at=booked.center.later, case=booked.case)
    (found,) = attached_of(opener_of(lin), booked.case_id)
    assert (found.id, found.about.name, found.author) == (row.pk, NAME, lin.id)


@pytest.mark.clause("REC-04", "passes")
def test_files_go_with_their_case(visit: Visit) -> None:
    from subrosa.records.archive import actions as archive

    visit.recorded()
    row, half = attached(visit), sent(visit, most=1)
    opening = actions.read(**reading(visit, row))
    visit.archived()
    assert refused(actions.read, **reading(visit, row)).clauses == ("CONF-02",), "the counselor's key ended"
    for one in (visit.center.lead, visit.center.zhou):
        archive.confirm(by=one, at=visit.years(), case=visit.case)
    archive.destroy(by=visit.center.lead, at=visit.years(), case=visit.case)
    for gone in (row, half):
        assert not Piece.objects.filter(attachment_id=gone.pk).exists()
        assert not Attachment.objects.filter(pk=gone.pk).exists()
    with pytest.raises(Boundary):
        list(parts(opening))


def test_a_press_sent_twice_begins_one_upload(booked: Visit) -> None:
    once = uuid4()
    given = {"by": booked.center.lin, "at": booked.center.at, "case": booked.case, "once": once}
    assert actions.begin(**given).pk == actions.begin(**given).pk


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\Users\\lin\\王小明.docx", "王小明.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\u202e.txt", "ab.txt"),
        ("", "-"),
        ("长" * 300 + ".pdf", "长" * 159 + "…" + "长" * 16 + ".pdf"),
    ],
)
def test_a_name_is_a_name(given: str, name: str) -> None:
    assert tidy_name(given) == name


@pytest.mark.parametrize(
    ("name", "ending"),
    [("画.JPG", ".jpg"), ("a", ""), ("a.b c", ""), ("a.名", ""), ("a.toolong", ""), (".htaccess", "")],
)
def test_an_ending_is_plain_or_none(name: str, ending: str) -> None:
    assert About(name, "", 1).ending == ending


def test_the_most_that_a_file_may_have_fits_the_format() -> None:
    assert MOST // (64 * 1024) < 2**32


@pytest.mark.clause("CON-01", "passes")
@pytest.mark.clause("CON-01", "not_yet")
def test_the_scan_of_a_signed_paper_settles_what_is_owed(booked: Visit) -> None:
    upload = sent(booked)
    actions.attach(**finishing(booked, upload))
    given = {"by": booked.center.lin, "at": booked.center.at, "attachment": upload}
    ruling = refused(actions.name_scan, **given)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("paper_signature",))
    booked.hold()
    paper = Paper(given["at"].date(), booked.center.row("zhou"), "zh-hans")
    about = {"case": booked.case, "agreement": booked.center.agreement, "paper": paper}
    note_paper(**about, by=given["by"], at=given["at"])
    lin = booked.center.staff["lin"].id
    assert len(owing(lin, kind="paper_scan", case_id=booked.case_id)) == 1
    assert refused(actions.name_scan, **given | {"by": booked.center.fang}).clauses == ("CONF-02",)
    actions.name_scan(**given)
    assert owing(lin, kind="paper_scan", case_id=booked.case_id) == []

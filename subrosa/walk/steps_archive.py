"""The archived file is bound into a volume, the term's archive is owed once, and brief contacts go when their time is over."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from subrosa.records.archive import briefs, shelf, volumes
from subrosa.records.archive.terms import due_of, term_at
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.case.queries import case as case_by_id
from subrosa.records.duty.queries import owed_by
from subrosa.records.person.queries import staff
from subrosa.records.school.calendar import calendar

from .walk import NOT_YET, REFUSED, Walk

PDF = b"%PDF-1.7 the file as it was set"


def the_terms_archive_is_owed(walk: Walk) -> None:
    """Not while the term runs; on the first day of the next one the custodian owes the volumes, once."""
    case = case_by_id(walk.things["case"].pk)
    assert case is not None and case.closed_at is not None, "it was closed"
    term = term_at(calendar().local(case.closed_at))
    walk.things["term"] = term
    given: dict[str, Any] = {"by": "clock", "under": ("REC-04",), "term": term}
    walk.press("owe the volumes while the term runs", volumes.owe_run, must=REFUSED, **given)
    walk.wait_until(datetime.combine(term.next_begins(), time(8), calendar().zone))
    walk.press("the new term begins: the volumes are owed", volumes.owe_run, **given)
    walk.press("a second clock owes them", volumes.owe_run, must=REFUSED, **given)
    owed = [one.due for one in owed_by(walk.id("zhou")) if one.kind == "archive_run"]
    walk.look(
        "the custodian owes them two weeks into the term", by="zhou", sees=owed == [due_of(term)], under=("REC-04",)
    )


def a_volume_is_bound(walk: Walk) -> None:
    """By the custodian, with the archive's key; each file once. The lead takes it out sealed and opens nothing."""
    term, counselor = walk.things["term"], staff(walk.things["case"].counselor_id)
    assert counselor is not None, "the case has a counselor"
    cases = shelf.to_bind(counselor.pk, term)
    for name, must in (("shen", REFUSED), ("zhou", None)):
        given: dict[str, Any] = {"must": must, "under": ("CONF-02",)} if must else {"under": ("REC-04", "CONF-02")}
        for case in cases:
            walk.press(
                f"{name} opens file {case.number} in the archive", volumes.open_archived, by=name, case=case, **given
            )
    typeset = {one.pk: volumes.Typeset(one.pk, PDF, 3 * n + 1, 3 * n + 3) for n, one in enumerate(cases)}
    of: dict[str, Any] = {"counselor": counselor, "term": term}
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("REC-04",), "missing": ("archived_file",)}
    walk.press("bind nothing", volumes.bind, by="zhou", cases=[], typeset={}, **of, **lacks)
    of |= {"cases": cases, "typeset": typeset}
    walk.press("sun binds it", volumes.bind, by="sun", must=REFUSED, under=("REC-04",), **of)
    volume = walk.press("bind the volume", volumes.bind, by="zhou", under=("REC-04", "CONF-04"), **of)
    walk.press("bind the same files again", volumes.bind, by="zhou", must=REFUSED, under=("REC-04",), **of)
    walk.things["volume"] = volume
    whole = shelf.is_whole(volume) and (volume.number, volume.pages) == (1, 3 * len(cases))
    walk.look("index, pages and signature fit", by="shen", sees=whole, under=("REC-04",))
    settled = not [one for one in owed_by(walk.id("zhou")) if one.kind == "archive_run"]
    walk.look("no volume is owed any more", by="zhou", sees=settled, under=("REC-04",))


def it_is_taken_out_and_opened(walk: Walk) -> None:
    """Sealed by lead and custodian, opened by the custodian alone; the client sees the opening."""
    of: dict[str, Any] = {"volume": walk.things["volume"]}
    walk.press("shen takes it out, sealed", volumes.take, by="shen", under=("REC-04", "CONF-04"), **of)
    walk.press("lin takes it out", volumes.take, by="lin", must=REFUSED, under=("REC-04",), **of)
    walk.forget_opened()
    walk.press("shen opens the volume", volumes.open_volume, by="shen", must=REFUSED, under=("CONF-02",), **of)
    parts = walk.press("zhou opens it to print it", volumes.open_volume, by="zhou", under=("REC-04", "CONF-02"), **of)
    walk.look("every file opens", by="zhou", sees=all(one.pdf == PDF for one in parts), under=("CONF-02",))
    told = [one.act for one in entries_of_case(walk.things["case"].pk)]
    walk.look("ming sees it in the own log", by="ming", sees=told.count("open_archived") >= 2, under=("CON-09",))


def what_was_destroyed_is_gone_from_the_volume(walk: Walk) -> None:
    """Its key is gone, so its sheets open nowhere; the others still do, and the volume is still as it was bound."""
    of: dict[str, Any] = {"volume": walk.things["volume"]}
    parts = walk.press("zhou opens the volume again", volumes.open_volume, by="zhou", under=("REC-04",), **of)
    gone = [one.pdf for one in parts if one.case.pk == walk.things["case"].pk] == [b""]
    walk.look(
        "the destroyed file is gone from it", by="zhou", sees=gone and shelf.is_whole(of["volume"]), under=("REC-04",)
    )
    case = case_by_id(walk.things["case"].pk)
    given: dict[str, Any] = {"case": case, "must": REFUSED, "under": ("REC-04",)}
    walk.press("zhou opens what was destroyed in the archive", volumes.open_archived, by="zhou", **given)


def brief_contacts_go(walk: Walk) -> None:
    """Kept as long as anybody may have been at school, and the years after; then together, when two have looked."""
    numbers = [one.number for one in reversed(briefs.register())]
    walk.look(
        "their register has no gap", by="shen", sees=numbers == list(range(1, len(numbers) + 1)), under=("REC-04",)
    )
    last = next(one.number for one in briefs.register() if one.sitting.retention_until is not None)
    early: dict[str, Any] = {"must": REFUSED, "under": ("REC-04",), "missing": ("retention",), "up_to": last}
    for name, action in (("shen", briefs.confirm), ("zhou", briefs.destroy), ("clock", briefs.owe)):
        walk.press(f"{name} wants brief contacts gone before their time", action, by=name, **early)
    until = max(one.sitting.retention_until for one in briefs.register() if one.sitting.retention_until is not None)
    walk.wait_until(datetime.combine(until + timedelta(days=1), time(8), calendar().zone))
    of: dict[str, Any] = {"up_to": briefs.over_up_to(calendar().local(walk.at)), "under": ("REC-04",)}
    walk.press("the clock makes their end owed", briefs.owe, by="clock", **of)
    walk.press("the lead looks", briefs.confirm, by="shen", **of)
    lacks: dict[str, Any] = {"must": NOT_YET, "missing": ("two_confirmations",)}
    walk.press("destroy them with one look", briefs.destroy, by="shen", **lacks, **of)
    walk.press("lin looks at brief contacts that end", briefs.confirm, by="lin", must=REFUSED, **of)
    walk.press("the custodian looks", briefs.confirm, by="zhou", **of)
    walk.press("the brief contacts are destroyed", briefs.destroy, by="zhou", **of)
    walk.look("the register keeps its lines", by="shen", sees=len(briefs.register()) == len(numbers), under=("REC-04",))


BOUND = (the_terms_archive_is_owed, a_volume_is_bound, it_is_taken_out_and_opened)
GONE = (what_was_destroyed_is_gone_from_the_volume, brief_contacts_go)

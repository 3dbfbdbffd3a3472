"""`subrosa walk`: every step has the outcome that it must have, nothing is left, and a wrong outcome is a wrong end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from subrosa.policy import register
from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records.standing import actions as standing
from subrosa.records.standing.models import Signature
from subrosa.walk.walk import DONE, NOT_YET, REFUSED, Broken, Walk
from tests.cli.conftest import ROOT, TEMPORARY, one_sentence, subrosa, walks_left
from tests.foreign import addresses, databases

FIELDS = ["step", "act", "by", "outcome", "clauses", "missing"]


@pytest.fixture(scope="module")
def walked() -> Iterator[tuple[list[dict[str, Any]], Path]]:
    """The steps of one walk with --json, every line an object, and the folder that it kept. A walk is long: few are made here."""
    before = walks_left()
    done = subrosa("walk", "--keep", "--json")
    (left,) = walks_left() - before
    try:
        assert (done.returncode, done.stderr) == (0, f"kept; look at it with: subrosa up --data {left}\n")
        yield [json.loads(line) for line in done.stdout.splitlines()], left
    finally:
        shutil.rmtree(left)


@pytest.fixture(scope="module")
def steps(walked: tuple[list[dict[str, Any]], Path]) -> list[dict[str, Any]]:
    return walked[0]


def test_every_object_has_exactly_the_fields(steps: list[dict[str, Any]]) -> None:
    known = set(register.by_id())
    acts = {act.value for act in Act} | {"look"}
    for one in steps:
        assert list(one) == FIELDS
        assert one["step"] and one["by"] and one["act"] in acts
        assert one["outcome"] in ("done", "not_yet", "refused")
        assert one["clauses"] and set(one["clauses"]) <= known
        assert one["missing"] == [] or one["outcome"] != "done"


def test_no_step_is_told_twice_and_each_outcome_is_seen(steps: list[dict[str, Any]]) -> None:
    assert len({one["step"] for one in steps}) == len(steps)
    assert {one["outcome"] for one in steps} == {"done", "not_yet", "refused"}


def test_a_not_yet_says_what_is_missing(steps: list[dict[str, Any]]) -> None:
    assert [one["step"] for one in steps if one["outcome"] == "not_yet" and not one["missing"]] == []


@pytest.mark.clause("ETH-01", "not_yet")
@pytest.mark.clause("ETH-01", "passes")
@pytest.mark.clause("COMP-01", "refuses")
def test_it_goes_the_way_of_the_code(steps: list[dict[str, Any]]) -> None:
    told = [(one["act"], one["by"], one["outcome"]) for one in steps]
    lin, sun = "counselor lin", "steward sun"
    way = [
        ("receive_clients", lin, "not_yet"),
        ("sign_code", lin, "not_yet"),
        ("sign_code", lin, "done"),
        ("receive_clients", lin, "done"),
        ("receive_clients", sun, "refused"),
        ("receive_clients", lin, "not_yet"),
        ("sign_code", lin, "done"),
    ]
    places = iter(told)
    assert all(one in places for one in way), told


def test_in_words_with_a_schools_roster_beside_a_house_that_exists_it_leaves_the_folder_as_it_was(
    walked: tuple[list[dict[str, Any]], Path], tmp_path: Path
) -> None:
    steps, left = walked
    (left / "mine").write_text("mine")
    before, folders = sorted(one.name for one in left.iterdir()), walks_left()
    given = ("--data", str(left), "--roster", str(_roster(tmp_path, ROWS)))
    done = subrosa("walk", *given)  # a house that exists gets a second database beside its own
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[-1] == f"{len(steps)} steps, each with the outcome that it must have"
    assert len(lines) == len(steps) + 1 and not any("!!" in line for line in lines)
    assert (left / "postgres").exists() and sorted(one.name for one in left.iterdir()) == before
    assert walks_left() == folders


def test_every_act_of_the_house_has_its_step(steps: list[dict[str, Any]]) -> None:
    done = {one["act"] for one in steps if one["outcome"] == "done"}
    stopped = {one["act"] for one in steps if one["outcome"] != "done"}
    asked = {Act.CHANGE_NOTE.value, Act.TELL_OUTSIDER.value}  # are there to be refused
    # the first booking opens it; two that are put together, or taken apart, carry their files along
    within = {Act.OPEN_CASE.value, Act.CONTINUE_FILE.value, Act.RESUME_FILE.value}
    assert {act.value for act in Act} - within == (done | asked | stopped) - {"look"}
    assert asked == stopped - done


BOUNDARIES = [
    ("book", "client", "refused", "APPT-01"),
    ("book", "client", "not_yet", "CON-01"),
    ("write_note", "counselor", "not_yet", "CON-01"),
    ("write_note", "counselor", "not_yet", "REC-02"),
    ("close_case", "counselor", "not_yet", "ETH-02"),
    ("archive_case", "counselor", "not_yet", "REC-04"),
    ("change_note", "counselor", "refused", "REC-01"),
    ("give_consent", "counselor", "refused", "CON-01"),
    ("destroy_case", "counselor", "refused", "REC-04"),
    ("read_reason", "client", "refused", "CONF-02"),
    ("grant_case", "counselor", "refused", "CONF-02"),
    ("grant_case", "counselor", "refused", "CONF-04"),
    *[("read_notes", who, "refused", "CONF-02") for who in ("counselor", "reception", "lead", "leadership", "steward")],
]


@pytest.mark.parametrize(("act", "role", "outcome", "clause"), BOUNDARIES)
def test_every_boundary_of_the_thin_thread_is_met(
    steps: list[dict[str, Any]], act: str, role: str, outcome: str, clause: str
) -> None:
    met = [one for one in steps if (one["act"], one["outcome"]) == (act, outcome) and clause in one["clauses"]]
    assert any(one["by"].startswith(f"{role} ") for one in met)


ROWS = [("学号", "姓名", "班级"), *((f"20260{n}", f"学生{n}", "高一1班") for n in range(5))]


def _roster(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "roster.xlsx")
    return folder / "roster.xlsx"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (None, "No such file or directory"),
        ([("一", "二")], "no heading row with student number and name"),
        (ROWS[:2], "holds 1 students; the walk needs 3"),
    ],
)
def test_a_roster_that_is_of_no_use_is_told_before_anything_begins(tmp_path: Path, rows: Any, why: str) -> None:
    file = _roster(tmp_path, rows) if rows else tmp_path / "roster.xlsx"
    done = subrosa("walk", "--roster", str(file))
    assert done.returncode == 2 and done.stdout == ""
    assert str(file) in done.stderr and why in done.stderr and one_sentence(done.stderr)


# a server of somebody else's


def test_on_a_foreign_server_it_makes_a_database_and_says_where_it_was_kept(
    foreign: str, steps: list[dict[str, Any]]
) -> None:
    before, folders = databases(foreign), walks_left()
    done = subrosa("walk", "--json", "--keep", **addresses(foreign))
    (name,) = databases(foreign) - before
    (left,) = walks_left() - folders
    shutil.rmtree(left)
    assert done.returncode == 0 and [json.loads(line) for line in done.stdout.splitlines()] == steps
    assert done.stderr.strip().endswith(f"the database {name} of that server, with its keys in {left}")


def test_stopped_on_the_way_it_takes_its_database_along(foreign: str) -> None:
    before, there = walks_left(), databases(foreign)
    argv = [sys.executable, "-m", "subrosa.cli", "walk"]
    env = {
        **os.environ,
        "SUBROSA_CHEAP_HASH": "tests",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(TEMPORARY),
        **addresses(foreign),
    }
    with subprocess.Popen(argv, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as walk:
        assert walk.stdout is not None and "found the center" in walk.stdout.readline()
        walk.send_signal(signal.SIGTERM)
        assert walk.wait(20) == 128 + signal.SIGTERM
    assert walks_left() == before and databases(foreign) == there


def test_a_foreign_server_that_forbids_it_is_told_so(foreign: str) -> None:
    done = subrosa("walk", **addresses(foreign, DATABASE_URL_OWNER="web"))
    assert done.returncode == 2 and done.stdout == ""
    assert "does not let its owner role make the database subrosa_walk_" in done.stderr and one_sentence(done.stderr)


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    done = subrosa("walk", **addresses(str(tmp_path)))
    assert done.returncode == 2 and "does not answer" in done.stderr and one_sentence(done.stderr)


# the helper itself: what is not as it must be is seen


@pytest.fixture
def walk(lead: Actor, counselor: Actor, steward: Actor, code: Any, at: datetime) -> Walk:
    made = Walk(at=at)
    for name, role, who in (("shen", "lead", lead), ("lin", "counselor", counselor), ("sun", "steward", steward)):
        made.meet(name, role, who)
    made.things["code"] = code
    return made


@pytest.mark.parametrize(
    ("by", "must", "under", "missing", "fault"),
    [
        ("lin", DONE, ("ETH-01",), None, "must be: done"),
        ("lin", REFUSED, ("ETH-01",), None, "must be: refused"),
        ("lin", NOT_YET, ("ETH-01", "COMP-01"), None, "must name ETH-01, COMP-01"),
        ("lin", NOT_YET, ("ETH-01",), ("something",), "must miss something"),
        ("sun", NOT_YET, ("COMP-01",), None, "must be: not yet"),
    ],
)
def test_a_wrong_outcome_is_a_fault(
    walk: Walk,
    capsys: pytest.CaptureFixture[str],
    by: str,
    must: Any,
    under: tuple[str, ...],
    missing: tuple[str, ...] | None,
    fault: str,
) -> None:
    walk.press("a step", standing.receive_clients, by=by, must=must, under=under, missing=missing)
    assert walk.faults == 1 and fault in capsys.readouterr().out
    assert walk.last_line() == "1 of 1 steps did not have the outcome that they must have"


def test_a_right_outcome_is_none(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    wait = {"by": "lin", "must": NOT_YET, "under": ("ETH-01",), "missing": ("code_signature",)}
    assert walk.press("wait", standing.receive_clients, **wait) is None
    signed = walk.press("sign", standing.sign_code, by="lin", version=walk.things["code"], seen=3)
    assert isinstance(signed, Signature) and walk.faults == 0 and walk.steps == 2


def test_what_should_leave_nothing_and_does_is_a_fault(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    walk.keys.add(key := uuid4())  # as if it had been used for this press before
    walk.press("pause", standing.pause_clients, by="lin", once=key)
    assert walk.faults == 1 and "was done a second time" in capsys.readouterr().out


def test_with_json_a_fault_is_told_on_the_other_stream(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    walk.as_json = True
    walk.press("pause", standing.pause_clients, by="sun")
    said = capsys.readouterr()
    assert list(json.loads(said.out)) == FIELDS and said.err == "pause: must be: done\n"


def test_a_step_that_breaks_ends_the_walk(walk: Walk) -> None:
    with pytest.raises(Broken, match="pause: TypeError"):
        walk.press("pause", standing.pause_clients, by="lin", nothing="known")

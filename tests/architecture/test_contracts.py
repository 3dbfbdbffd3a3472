"""Every import contract is seen broken once: on a copy of the code in which each rule is violated at one place."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import CODE, ROOT, contracts

# contract -> (file, line planted in it, what the report must name)
PLANTED = {
    "house": ("ledger/planted.py", "import subrosa.policy.acts", "subrosa.ledger.planted -> subrosa.policy.acts"),
    "drawers": ("records/school/planted.py", "import subrosa.records.audit", "subrosa.records.school.planted -> "),
    "desks": ("desks/lead/planted.py", "import subrosa.desks.steward", "subrosa.desks.lead.planted -> "),
    "pure": ("policy/planted.py", "import django.db", "subrosa.policy.planted -> django"),
    "crypto": ("records/duty/planted.py", "import subrosa.crypto.keys", "subrosa.records.duty.planted -> "),
    "ledger": ("records/person/planted.py", "import subrosa.ledger.entry", "subrosa.records.person.planted -> "),
    "tables": ("desks/common/planted.py", "import subrosa.records.person.models", "subrosa.desks.common.planted -> "),
    "need-to-know": (
        "desks/steward/planted.py",
        "import subrosa.records.case.planted",
        "subrosa.desks.steward.planted",
    ),
    "supervision": (
        "desks/client/planted.py",
        "import subrosa.records.supervision.planted",
        "subrosa.desks.client.planted",
    ),
}
BETWEEN = {  # rooms and steps that the planted imports need
    "records/case/planted.py": "import subrosa.records.note",
    "records/note/planted.py": "",
    "records/supervision/planted.py": "",
    "strangers/planted.py": "",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(
        CODE, folder / "subrosa", ignore=lambda _, names: [n for n in names if "." in n and n[-3:] != ".py"]
    )
    shutil.copy(ROOT / ".importlinter", folder)
    lines = {**{path: line for path, line, _ in PLANTED.values()}, **BETWEEN}
    for path, line in lines.items():
        file = folder / "subrosa" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(line + "\n")
    return _linted(folder)


def _linted(folder: Path) -> str:
    # the copy comes first on the path, then the tests (for the contract of our own)
    start = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]), "COLUMNS": "400"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", start, "--no-cache", "--no-logo"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("contract", [name.rpartition(":")[2] for name in contracts() if ":contract:" in name])
def test_each_contract_breaks_on_its_planted_fault(contract: str, report: str) -> None:
    named = contracts()[f"importlinter:contract:{contract}"]["name"]
    assert f"{named} BROKEN" in report, report
    flat = re.sub(r"\s+", " ", report)
    assert PLANTED[contract][2] in flat, report


def test_a_folder_without_a_place_is_not_let_in(report: str) -> None:
    assert "subrosa.strangers" in report


def test_every_drawer_of_the_plan_has_its_place() -> None:
    """The words of the plan; a contract that forgot one could be quietly weaker."""
    plan = {
        "drawers": "merging archive supervision conduct correspondence outreach premises referral disclosure note assessment"
        " group attachment appointment consent risk standing case duty person roster notice helpline vault audit school",
        "desks": "client reception counselor supervisor lead leadership steward clock common",
        "house": "cli walk offline up demo config desks records policy crypto ledger scales timetable host languages",
    }
    for contract, names in plan.items():
        assert set(re.findall(r"\w+", contracts()[f"importlinter:contract:{contract}"]["layers"])) == set(names.split())

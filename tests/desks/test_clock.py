"""One round of the clock: a row that changed between list and act stops neither the others nor the jobs that follow."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.desks.clock import loop
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Outcome, Refused, Ruling
from subrosa.records.audit import Busy
from subrosa.records.person.models import Staff
from subrosa.records.standing.models import Credential
from subrosa.records.standing.qualified import without_credential
from tests.records.center import Center, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]
IN_BETWEEN = (
    Busy("locked"),
    Refused(Ruling(Act.CLIMB_DUTY, Outcome.REFUSED, ("REC-01",))),
    Staff.DoesNotExist("deleted by another clock"),
)
# job -> the list that it reads, the act that it does, and what the act is told the row as
JOBS = {
    "_owe_destructions": ("archive.queries.not_owed_yet", "archive.actions.owe_destruction", "case"),
    "_forget_letters": ("correspondence.queries.to_forget", "correspondence.actions.forget", "letter"),
    "_owe_credentials": ("standing.qualified.without_credential", "standing.credentials.owe_credential", "colleague"),
    "_remind_credentials": ("standing.credentials.to_remind", "standing.credentials.remind_credential", "credential"),
    "_climb": ("duty.queries.to_climb", "duty.actions.climb", "duty"),
    "_take_devices_back": ("case.handing.timed_out", "case.handing.take_back", "handed"),
    "_sweep_uploads": ("attachment.queries.abandoned", "attachment.actions.drop", "attachment"),
}
ONE = {
    "_owe_brief_destruction": ("archive.briefs.over_up_to", "archive.briefs.owe", "up_to"),
    "_owe_archive_run": ("archive.shelf.run_to_owe", "archive.volumes.owe_run", "term"),
}


@pytest.mark.parametrize("job", [*JOBS, *ONE])
def test_what_changed_in_between_stops_nothing(center: Center, monkeypatch: Any, job: str) -> None:
    listed, press, what = (JOBS | ONE)[job]
    rows = ["first", "second"]
    monkeypatch.setattr("subrosa.records.archive.briefs.owed", lambda: False)
    monkeypatch.setattr(f"subrosa.records.{listed}", lambda _: rows if job in JOBS else rows[0])
    for error in IN_BETWEEN:
        done: list[str] = []

        def act(error: Exception = error, done: list[str] = done, **given: Any) -> None:
            if given[what] == "first":
                raise error
            done.append(given[what])

        monkeypatch.setattr(f"subrosa.records.{press}", act)
        assert getattr(loop, job)() == len(done), error
        assert done == (["second"] if job in JOBS else []), error


def test_two_clocks_with_the_same_list(own_center: Center, monkeypatch: Any) -> None:
    """The second finds its row done: it is refused by the charter itself, and goes on."""
    Credential.objects.using("owner").filter(staff_id=own_center.staff["lin"].id).delete()
    monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: own_center.at)
    rows = without_credential(own_center.at)
    assert loop._owe_credentials() == len(rows) > 0
    monkeypatch.setattr("subrosa.records.standing.qualified.without_credential", lambda _: rows)
    assert loop._owe_credentials() == 0

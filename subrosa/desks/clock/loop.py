"""A loop over what is due, one act a row: it survives its own death by construction."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

PAUSE = 5.0  # seconds between two rounds
FIRST_CHECK = 600.0  # seconds after the start until the log is read for the first time: the house opens first
DAY = 86_400.0
_next_check: dict[int, float] = {}
log = logging.getLogger("subrosa.clock")


def _due() -> Iterator[tuple[str, Callable[[], int]]]:
    """The jobs of one round, each for the school in force: a name, and a function that answers how many rows it did."""
    yield "files whose time is over", _owe_destructions
    yield "brief contacts whose time is over", _owe_brief_destruction
    yield "volumes of a term owed", _owe_archive_run
    yield "letters whose time is over destroyed", _forget_letters
    yield "credentials owed", _owe_credentials
    yield "credentials that end", _remind_credentials
    yield "meetings of which nobody said whether they took place", _ask_what_came
    yield "late duties on the lead's page", _climb
    yield "devices taken back", _take_devices_back
    yield "uploads that broke off swept away", _sweep_uploads
    yield "entries placed in the ledger", _place_entries
    yield "checkpoints signed", _sign_checkpoint
    yield "logs found changed", _check_ledger


def _each(listed: Callable[[datetime], Iterable[object]], press: Callable[..., object], what: str) -> int:
    """One act of the clock for each row of a list; answers how many passed.

    Between list and act somebody may have settled it, another clock may have deleted it, or it may be locked: such a row
    waits for the next round and stops neither the others nor the jobs that come after this one.
    """
    from django.core.exceptions import ObjectDoesNotExist  # noqa: PLC0415  Django is set up by `main`

    from subrosa.policy.actor import CLOCK  # noqa: PLC0415  as above
    from subrosa.policy.ruling import Refused  # noqa: PLC0415  as above
    from subrosa.records.audit import Busy  # noqa: PLC0415  as above
    from subrosa.records.audit.moment import now  # noqa: PLC0415  as above

    at, done = now(), 0
    for row in listed(at):
        with suppress(Busy, Refused, ObjectDoesNotExist):
            press(by=CLOCK, at=at, **{what: row})
            done += 1
    return done


def _owe_destructions() -> int:
    """Archived files whose retention is over: lead and custodian owe their look. One act a file."""
    from subrosa.records.archive.actions import owe_destruction  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.archive.queries import not_owed_yet  # noqa: PLC0415  as above
    from subrosa.records.school.calendar import calendar  # noqa: PLC0415  as above

    return _each(lambda at: not_owed_yet(calendar().local(at)), owe_destruction, "case")


def _owe_brief_destruction() -> int:
    """Brief contacts whose retention is over: lead and custodian owe their look, once for all of them."""
    from subrosa.records.archive import briefs  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.school.calendar import calendar  # noqa: PLC0415  as above

    def days(at: datetime) -> list[object]:
        up_to = briefs.over_up_to(calendar().local(at))
        return [up_to] if up_to and not briefs.owed() else []

    return _each(days, briefs.owe, "up_to")


def _owe_archive_run() -> int:
    """A term is over and files of it are not bound: the custodian owes the volumes, once a term."""
    from subrosa.records.archive.shelf import run_to_owe  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.archive.volumes import owe_run  # noqa: PLC0415  as above

    def terms(at: datetime) -> list[object]:
        term = run_to_owe(at)
        return [] if term is None else [term]

    return _each(terms, owe_run, "term")


def _owe_credentials() -> int:
    """Counselors whose credential nobody has verified: each owes one, with a date, once."""
    from subrosa.records.standing.credentials import owe_credential  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.standing.qualified import without_credential  # noqa: PLC0415  as above

    return _each(without_credential, owe_credential, "colleague")


def _remind_credentials() -> int:
    """Credentials that end in so many days: their owners are reminded, each time once."""
    from subrosa.records.standing.credentials import remind_credential, to_remind  # noqa: PLC0415  Django is set up by `main`

    return _each(to_remind, remind_credential, "credential")


def _forget_letters() -> int:
    """Letters whose time is over, by themselves or with their file: gone, with their keys. One act a letter."""
    from subrosa.records.correspondence.actions import forget  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.correspondence.queries import to_forget  # noqa: PLC0415  as above

    return _each(to_forget, forget, "letter")


def _ask_what_came() -> int:
    """Meetings whose day is over and of which nobody said whether they took place: their counselors owe a word, once each."""
    from subrosa.records.appointment.unsaid import ask_what_came, to_ask  # noqa: PLC0415  Django is set up by `main`

    return _each(to_ask, ask_what_came, "booking")


def _climb() -> int:
    """What is late and still open climbs to the lead. One act a duty; what somebody is just settling waits for the next round."""
    from subrosa.records.duty.actions import climb  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.duty.queries import to_climb  # noqa: PLC0415  as above

    return _each(to_climb, climb, "duty")


def _place_entries() -> int:
    """What acts left waiting gets its place in the tree, until nothing waits."""
    from subrosa.records.audit.sequence import sequence  # noqa: PLC0415  Django is set up by `main`

    placed = 0
    while count := sequence():
        placed += count
    return placed


def _sign_checkpoint() -> int:
    """A tree that grew is signed within the minute, and once a day in any case."""
    from subrosa.records.audit.moment import now  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.audit.sequence import sign_checkpoint  # noqa: PLC0415  as above

    return 1 if sign_checkpoint(at=now()) else 0


def _take_devices_back() -> int:
    """Devices in a client's hands that nobody touched for too long. The page itself closes a minute earlier."""
    from subrosa.records.case.handing import take_back, timed_out  # noqa: PLC0415  Django is set up by `main`

    return _each(lambda at: list(timed_out(at - timedelta(minutes=1))), take_back, "handed")


def _sweep_uploads() -> int:
    """Files that somebody began to put into a case and that never arrived whole: after a day nothing is left of them."""
    from subrosa.records.attachment.actions import drop  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.attachment.queries import abandoned  # noqa: PLC0415  as above

    return _each(abandoned, drop, "attachment")


def _check_ledger() -> int:
    """Once a day the whole log is read and compared; what does not hold is reported to lead and custodians."""
    from subrosa.policy.actor import CLOCK  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.archive.keeping import open_since, report  # noqa: PLC0415  as above
    from subrosa.records.audit.checking import check, kept_outside  # noqa: PLC0415  as above
    from subrosa.records.audit.moment import now  # noqa: PLC0415  as above
    from subrosa.records.school.context import current_school  # noqa: PLC0415  as above

    moment, school = time.monotonic(), current_school()
    if moment < _next_check.setdefault(school, moment + FIRST_CHECK):
        return 0
    _next_check[school] = moment + DAY
    found = check(kept_outside(), rows=True)
    if found.whole or open_since() is not None:
        return 0
    log.error("the log of school %s was changed: %s findings", school, len(found.findings) + found.further)
    report(by=CLOCK, at=now())
    return 1


def round_of_all() -> dict[str, int]:
    """One round over all schools; answers how much of what was done."""
    from subrosa.records.school import context  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  as above

    done: dict[str, int] = {}
    for school in all_schools():
        with context.on(school):
            for name, job in _due():
                if count := _done(job):
                    done[name] = done.get(name, 0) + count
    return done


def _done(job: Callable[[], int]) -> int:
    """One job; a log that somebody tore is reported, and stops neither the other jobs nor the other schools."""
    from subrosa.policy.actor import CLOCK  # noqa: PLC0415  Django is set up by `main`
    from subrosa.records.archive.keeping import open_since, report  # noqa: PLC0415  as above
    from subrosa.records.audit.moment import now  # noqa: PLC0415  as above
    from subrosa.records.audit.sequence import LedgerBroken  # noqa: PLC0415  as above

    try:
        return job()
    except LedgerBroken as error:
        if open_since() is None:
            log.error("the log cannot grow: %s", error)
            report(by=CLOCK, at=now())
        return 0


def main(*, once: bool = False, as_json: bool = False) -> int:
    """Run rounds until stopped; answers the exit code."""
    import django  # noqa: PLC0415  the environment comes first

    from subrosa.host.watch import end_with_parent  # noqa: PLC0415  as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "subrosa.config.settings")
    if not once:
        end_with_parent()
    django.setup()
    from django.db import connection  # noqa: PLC0415  after setup

    while True:
        done = round_of_all()
        connection.close()
        if once:
            print(json.dumps(done) if as_json else "; ".join(f"{k}: {v}" for k, v in done.items()) or "nothing was due")
            return 0
        time.sleep(PAUSE)

"""How tests make what nobody else uses: schools and rows by the owner, actors, statement counts, threads."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from subrosa.policy.actor import Actor, Kind
from subrosa.records.school import context
from subrosa.records.school.models import School

_number = itertools.count(1)


def new_school(**given: Any) -> School:
    """A school nobody else uses, made by the owner."""
    n = next(_number)
    fields = {"host": f"school{n}.example", "name_zh": f"第{n}中学", "name_en": f"School {n}", "kind": "cn-secondary"}
    made = School.objects.using("owner").create(**{**fields, **given})
    made._state.db = "default"
    return made


def by_owner(row: Any) -> Any:
    """Save a row of the school in force as the owner, who needs no act, and give it back as the app role reads it."""
    row.school_id = context.current_school()
    row.save(using="owner", force_insert=True)
    return type(row)._default_manager.get(pk=row.pk)


def actor(row: Any) -> Actor:
    """The actor of a staff row."""
    return Actor(Kind.STAFF, row.pk)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that this thread sends to the database, BEGIN and COMMIT among them."""
    said: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield said
    said.extend(query["sql"] for query in captured.captured_queries)


def together(*calls: Callable[[], Any]) -> Sequence[Any]:
    """Run the calls at once, each in a thread and for the school in force; answers or exceptions, in order."""
    school = context.school_in_force()
    answers: list[Any] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        with context.on(school):
            try:
                gate.wait(10)
                answers[place] = call()
            except BaseException as error:
                answers[place] = error
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def growth(show: Callable[[], Any], more: Callable[[], Any]) -> tuple[int, int]:
    """How many statements `show` needs with what is there, and after `more` was called 29 times: a list page needs the same.

    `assert len(set(growth(lambda: client.get("/colleagues/"), lambda: staff(Role.COUNSELOR)))) == 1`
    """
    counts = []
    for times in (0, 29):
        for _ in range(times):
            more()
        with statements() as said:
            show()
        counts.append(len(said))
    return counts[0], counts[1]


@contextmanager
def as_clock() -> Iterator[None]:
    """Inside the block this thread's default connection is that of the clock's role, as in the clock's own process."""
    from django.db.utils import load_backend
    from psycopg.conninfo import conninfo_to_dict

    from tests.conftest import _CLUSTER

    serving = connections["default"]
    given = conninfo_to_dict(_CLUSTER.urls.clock)
    options = {name: value for name, value in serving.settings_dict["OPTIONS"].items() if name != "pool"}
    settings = {**serving.settings_dict, "USER": given["user"], "PASSWORD": given["password"], "OPTIONS": options}
    clock = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = clock
    try:
        yield
    finally:
        clock.close()
        connections["default"] = serving

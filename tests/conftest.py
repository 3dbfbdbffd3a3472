"""Shared ground of the tests: one embedded PostgreSQL, migrated by the owner; everything else runs as the app role.

No test flushes anything: each gets schools of its own, and row security keeps them apart. Test modules may import models
at their top: Django is set up here, with the addresses of a cluster that starts when the first test asks for `database`.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ["SUBROSA_CHEAP_HASH"] = "tests"  # the least Argon2id that the format allows, or every key would cost 0.2 s
_DATA = Path(tempfile.mkdtemp(prefix="subrosa-test-"))
_DATA.chmod(0o755)
(_DATA / "secrets").mkdir()
(_DATA / "secrets" / "server_key").write_bytes(secrets.token_bytes(32))

import hypothesis  # noqa: E402  the environment comes before Django reads it
import pytest  # noqa: E402

hypothesis.settings.register_profile("house", deadline=None)  # a slow machine is no fault of the code
hypothesis.settings.load_profile("house")

from subrosa.host.postgres import Cluster  # noqa: E402

NEEDS_DATABASE = ("records", "desks", "cli")  # folders whose every test gets the database
_CLUSTER = Cluster(_DATA / "cluster", durable=False)


def _set_up_django() -> None:
    """Load the settings with the cluster's addresses, then give the environment back: tests of the host read it too."""
    import django

    urls = _CLUSTER.urls
    os.environ["SUBROSA_DATA"] = str(_DATA)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "subrosa.config.settings")
    given = {"DATABASE_URL": urls.app, "DATABASE_URL_OWNER": urls.owner, "DATABASE_URL_CLOCK": urls.clock}
    given["SUBROSA_THREADS"] = "10"
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    django.setup()
    for name, value in before.items():
        os.environ.pop(name)
        if value is not None:
            os.environ[name] = value


_set_up_django()

from subrosa.policy.actor import Actor  # noqa: E402
from subrosa.policy.roles import Role  # noqa: E402
from subrosa.records.school import context  # noqa: E402
from subrosa.records.school.models import School  # noqa: E402
from tests.ground import actor, by_owner, new_school  # noqa: E402

SEEN_SQL: set[str] = set()  # every distinct statement of this run as the app role; read by tests/architecture


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the database to folders that need it, and let the tests that read all SQL of the run come last."""
    for item in items:
        if set(item.path.parts) & set(NEEDS_DATABASE):
            item.fixturenames.insert(0, "database")  # type: ignore[attr-defined]  # items here are functions
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_unconfigure() -> None:
    shutil.rmtree(_DATA, ignore_errors=True)


def _collect(execute: Any, sql: Any, params: Any, many: bool, state: dict[str, Any]) -> Any:
    SEEN_SQL.add(str(sql))
    return execute(sql, params, many, state)


def _watch(connection: Any, **_: Any) -> None:
    if connection.alias == "default" and _collect not in connection.execute_wrappers:
        connection.execute_wrappers.append(_collect)


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """The migrated database of this run."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.backends.signals import connection_created
    from django.test.utils import setup_test_environment

    _CLUSTER.start()
    setup_test_environment()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    connection_created.connect(_watch, dispatch_uid="tests.sql")
    yield
    for connection in connections.all():
        connection.close()
        if getattr(connection, "pool", None) is not None:
            connection.close_pool()
    _CLUSTER.stop()


@pytest.fixture(scope="session")
def seen_sql() -> set[str]:
    """Every distinct statement that the app role has run so far."""
    return SEEN_SQL


@pytest.fixture
def school(database: None) -> Iterator[School]:
    """A school of this test's own; the test runs for it."""
    made = new_school()
    with context.on(made):
        yield made


@pytest.fixture
def other_school(database: None) -> School:
    """A second school; `with context.on(other_school)` works for it."""
    return new_school()


@pytest.fixture
def at() -> datetime:
    """When somebody pressed: a Monday morning in term time."""
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def staff(school: School, at: datetime) -> Callable[..., Any]:
    """`staff(Role.COUNSELOR, ...)` makes an active colleague of the school in force and gives the row."""
    from subrosa.records.person.models import Staff
    from subrosa.records.vault.server import close_personal

    def make(*roles: Role, state: str = "active", name: str = "林老师", **fields: Any) -> Staff:
        row = Staff(roles=[role.value for role in roles], state=state, invited_at=at, **fields)
        close_personal(row, "name", name)
        made: Staff = by_owner(row)
        return made

    return make


@pytest.fixture
def counselor(staff: Callable[..., Any]) -> Actor:
    """A counselor of this test's school."""
    return actor(staff(Role.COUNSELOR))


@pytest.fixture
def lead(staff: Callable[..., Any]) -> Actor:
    """The lead of this test's school."""
    return actor(staff(Role.LEAD, name="周主任"))


@pytest.fixture
def steward(staff: Callable[..., Any]) -> Actor:
    """The steward of this test's school."""
    return actor(staff(Role.STEWARD, name="小王"))


@pytest.fixture
def code(lead: Actor, at: datetime) -> Any:
    """The first version of the code, published with every clause of the register."""
    from subrosa.policy import register
    from subrosa.records.standing.actions import publish_code

    ids = tuple(entry.id for entry in register.clauses())
    return publish_code(by=lead, at=at, clauses=ids, change_zh="第一版", change_en="First version")

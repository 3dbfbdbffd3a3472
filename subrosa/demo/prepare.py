"""What happens between the database's start and the first page: schema, checks, demo or founding link."""

from __future__ import annotations

import os
from dataclasses import dataclass

import django
import psycopg
from django.db import OperationalError

from subrosa.host.errors import CannotRun
from subrosa.policy.profile import ProfileError
from subrosa.policy.register import RegisterError


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What a new center is called and under which host name it answers: plain columns that only the owner writes."""

    host: str = "localhost"
    kind: str = "cn-secondary"
    name_zh: str = "心理辅导室"
    name_en: str = "School Counseling"


def prepare(*, url: str, demo: bool, new: NewSchool | None = None) -> list[str]:
    """Make ready, found the demo if asked and none is there; answers the lines to print when the web answers."""
    ready()
    try:
        return _lines(url, demo=demo, new=new or NewSchool())
    finally:
        close_all()


def ready() -> None:
    """Bring the schema up to date and check roles, database and policy; CannotRun says in one sentence what is wrong."""
    django.setup()
    from subrosa.config.serving import CannotServe  # noqa: PLC0415  after setup

    try:
        _migrate_and_check()
    except (CannotServe, ProfileError, RegisterError) as error:
        raise CannotRun(f"The house does not open: {error}.") from error
    except (psycopg.OperationalError, OperationalError) as error:
        raise CannotRun(f"The database does not answer: {str(error).strip().partition(chr(10))[0]}") from error


def _migrate_and_check() -> None:
    from django.core.management import call_command  # noqa: PLC0415  after setup
    from django.db import connections  # noqa: PLC0415  after setup

    from subrosa.config import serving  # noqa: PLC0415  after setup
    from subrosa.languages import compile_all  # noqa: PLC0415  after setup
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  after setup

    compile_all()
    for variable in ("DATABASE_URL", "DATABASE_URL_CLOCK"):
        serving.check_pooler(os.environ[variable])
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    connections["owner"].close()
    for variable in ("DATABASE_URL", "DATABASE_URL_CLOCK"):
        serving.check_role(os.environ[variable])
    serving.check_policy({school.kind for school in all_schools()} or {"cn-secondary"})


def close_all() -> None:
    """Give back every connection of this process."""
    from django.db import connections  # noqa: PLC0415  after setup

    for connection in connections.all():
        connection.close()
    connections["default"].close_pool()  # type: ignore[attr-defined]  # the PostgreSQL wrapper's


def _lines(url: str, *, demo: bool, new: NewSchool) -> list[str]:
    from subrosa.records.school.founding import add_school  # noqa: PLC0415  after setup
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  after setup

    from . import center  # noqa: PLC0415  after setup

    if not all_schools():
        if demo:
            center.found_demo()
        else:
            add_school(host=new.host, kind=new.kind, name_zh=new.name_zh, name_en=new.name_en)
    if demo or any(school.demo for school in all_schools()):
        return center.demo_lines(url)
    return center.founding_lines(url) or [f"open {url}"]


def note_recovery(line: str) -> None:
    """An entry in every school's log that the house came back, after `prepare`."""
    from django.db import connections  # noqa: PLC0415  after setup

    from subrosa.policy.actor import CLOCK  # noqa: PLC0415  after setup
    from subrosa.records.audit.moment import now  # noqa: PLC0415  after setup
    from subrosa.records.duty.actions import recover_house  # noqa: PLC0415  after setup
    from subrosa.records.school import context  # noqa: PLC0415  after setup
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  after setup

    for school in all_schools():
        with context.on(school):
            recover_house(by=CLOCK, at=now())
    connections["default"].close()
    connections["default"].close_pool()  # type: ignore[attr-defined]  # the PostgreSQL wrapper's

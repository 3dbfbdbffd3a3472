"""The house that a command is about: the one that runs on a data folder, else its database started for the while."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from subrosa.host.databases import Urls
from subrosa.host.errors import AlreadyRun, CannotRun
from subrosa.host.folder import choose_data_folder
from subrosa.host.foreign import foreign_urls
from subrosa.host.postgres import Cluster
from subrosa.up import environment


@contextmanager
def house(data: str | None, *, role: str = "clock") -> Iterator[None]:
    """Django on the house of a data folder (or of the three addresses in the environment), as one of its roles.

    CannotRun where there is none. `role` is "app", "owner" or "clock".
    """
    given = foreign_urls(os.environ)
    folder = folder_of(data, given)
    with nullcontext(given) if given is not None else _embedded(folder) as urls:
        os.environ.update(environment(folder, urls))
        os.environ["DATABASE_URL"] = {"app": urls.app, "owner": urls.owner, "clock": urls.clock}[role]
        import django  # noqa: PLC0415  it reads the environment only now

        django.setup()
        from subrosa.demo.prepare import close_all  # noqa: PLC0415  after setup

        try:
            yield
        finally:
            close_all()


def folder_of(data: str | None, given: Urls | None) -> Path:
    """The data folder: with addresses in the environment it holds the secrets alone."""
    chosen = choose_data_folder(data) if given is None else Path(data or os.environ.get("SUBROSA_DATA", "data"))
    return chosen.resolve()


@contextmanager
def _embedded(folder: Path) -> Iterator[Urls]:
    if not (folder / "postgres").is_dir():
        raise CannotRun(f"There is no house in {folder}: name its folder with --data.")
    cluster = Cluster(folder)
    try:
        cluster.start()
    except AlreadyRun:
        yield cluster.urls
        return
    try:
        yield cluster.urls
    finally:
        cluster.stop()


def the_school(host: str | None) -> Any:
    """The school under a host name; without one the only school. CannotRun where that does not say which."""
    if len(found := _under(host)) == 1:
        return found[0]
    raise _which()


def the_schools(host: str | None) -> list[Any]:
    """The school under a host name; without one every school of the house. CannotRun where there is none."""
    if found := _under(host):
        return found
    raise _which()


def _under(host: str | None) -> list[Any]:
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  after setup

    return [one for one in all_schools() if host in (None, one.host)]


def _which() -> CannotRun:
    known = ", ".join(one.host for one in _under(None)) or "none"
    return CannotRun(f"Which school? Name it with --school; there are: {known}.")

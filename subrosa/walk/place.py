"""Where the walk happens: a database of its own, made before the first step and removed after the last."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from subrosa.host.databases import Urls
from subrosa.host.errors import CannotRun
from subrosa.host.folder import DataFolder, choose_data_folder
from subrosa.host.foreign import foreign_urls
from subrosa.host.postgres import Cluster, Foreign
from subrosa.up import HEX_BYTES, environment


@dataclass(frozen=True, slots=True)
class Place:
    """The addresses of the walk's database, the folder of its secrets, and how to look at it when it is kept."""

    urls: Urls
    folder: Path
    look: str


def _fresh() -> Path:
    """A folder that does not exist yet: whoever makes it lets the database's account pass."""
    return Path(tempfile.gettempdir()) / f"subrosa-walk-{secrets.token_hex(4)}"


@contextmanager
def place(data: str | None, *, keep: bool, durable: bool = False) -> Iterator[Place]:
    """A database of the walk's own; CannotRun where there is none to be had (Forbidden: the server does not allow it).

    `durable` is for measuring: commits then cost what they cost.
    """
    urls = foreign_urls(os.environ)
    if urls is not None:
        with _beside(Foreign(urls.app, urls.owner, urls.clock), _fresh(), keep=keep) as found:
            yield found
        return
    folder = choose_data_folder(data) if data else _fresh()
    with _embedded(folder, keep=keep, durable=durable) as found:
        yield found


@contextmanager
def _embedded(folder: Path, *, keep: bool, durable: bool) -> Iterator[Place]:
    """The embedded server of a folder. One that holds a house already gets a second database beside its own."""
    lives = (folder / "postgres").exists()
    there = set(folder.iterdir()) if folder.exists() else None
    cluster = Cluster(folder, durable=lives or durable)
    try:
        cluster.start()
        if lives:
            with _beside(cluster, _fresh(), keep=keep) as found:
                yield found
        else:
            yield Place(cluster.urls, folder, f"subrosa up --data {folder}")
    finally:
        cluster.stop()
        if not keep and not lives:
            _remove(folder, besides=there)


@contextmanager
def _beside(server: Cluster | Foreign, folder: Path, *, keep: bool) -> Iterator[Place]:
    """One more database on a server, with secrets in a folder of their own; both go afterwards."""
    name = f"subrosa_walk_{secrets.token_hex(4)}"
    try:
        server.create_database(name)
    except psycopg.OperationalError as error:
        raise CannotRun(f"The database server does not answer: {str(error).strip().partition(chr(10))[0]}") from error
    try:
        urls = server.urls_for(name)
        yield Place(urls, folder, f"the database {name} of that server, with its keys in {folder}")
    finally:
        if not keep:
            try:
                server.drop_database(name)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path, *, besides: set[Path] | None) -> None:
    """What the walk put into a folder, and the folder too when the walk made it."""
    if besides is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for entry in set(folder.iterdir()) - besides:
        shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink()


def settle_in(found: Place) -> None:
    """Secrets of the walk's own, and the environment that Django reads."""
    home = DataFolder(found.folder)
    home.secret("server_key", lambda: secrets.token_bytes(HEX_BYTES))
    home.secret("django", lambda: secrets.token_hex(HEX_BYTES).encode())
    os.environ.update(environment(found.folder, found.urls))

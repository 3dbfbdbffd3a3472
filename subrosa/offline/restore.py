"""`subrosa restore`: a body and the newest key file into a place where no house is yet. It is whole afterwards, or nothing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from subrosa.host.databases import Urls
from subrosa.host.errors import CannotRun
from subrosa.host.folder import DataFolder
from subrosa.host.foreign import foreign_urls
from subrosa.host.postgres import Cluster
from subrosa.up import environment

from .backup import program, run
from .place import folder_of


def main(*, data: str | None, body: str, keys: str) -> int:
    """Restore; answers 0, or 2 when it cannot run, and then nothing is there that was not there before."""
    cluster, fresh = None, False
    lines: list[str] = []
    try:
        files = [_readable(body), _readable(keys)]
        given = foreign_urls(os.environ)
        folder = folder_of(data, given)
        _secrets(folder)
        if given is None:
            cluster = Cluster(folder)
            fresh = not cluster.files.exists()
            cluster.start()
        urls = given or cluster.urls  # type: ignore[union-attr]  # one of the two is there
        os.environ.update(environment(folder, urls) | {"DATABASE_URL": urls.clock})  # the clock's work comes at the end
        _empty(urls)
        try:
            _fill(urls, *files)
            lines = _in_order()
        except BaseException:
            _undo(urls)
            raise
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    finally:
        if cluster is not None:
            cluster.stop()
            if fresh and not lines:
                shutil.rmtree(cluster.home, ignore_errors=True)
    print("\n".join(lines))
    return 0


def _readable(name: str) -> Path:
    file = Path(name)
    try:
        with file.open("rb") as opened:
            begins = opened.read(5)
    except OSError as error:
        raise CannotRun(f"{name} cannot be read: {error.strerror}.") from error
    if begins != b"PGDMP":
        raise CannotRun(f"{name} is not a file that `subrosa backup` wrote.")
    return file


def _secrets(folder: Path) -> None:
    """What is in no backup comes first: without it names stay closed, no key is vouched for, and a start would make new ones."""
    place = DataFolder(folder)
    if not (place.secrets / "server_key").is_file() or not any(place.path.glob("pins/*.pub")):
        raise CannotRun(
            f"The server's key is not there: put the folders secrets and pins of the old house into {folder} first."
        )


def _empty(urls: Urls) -> None:
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row and row[0]:
        raise CannotRun("There is a house here already: a backup is restored into an empty place, never over a house.")


def _undo(urls: Urls) -> None:
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")  # as in a new database: the next try must work


def _fill(urls: Urls, body: Path, keys: Path) -> None:
    """Tables, their rows, the vault's rows; what lost its key; then indexes, keys between tables and row security."""
    name = conninfo_to_dict(urls.owner)["dbname"]
    restore = [program("pg_restore"), "--exit-on-error", "--no-owner", f"--dbname={name}"]
    run([*restore, "--section=pre-data"], "Making the tables", given=body)
    run([*restore, "--section=data"], "Reading the body", given=body)
    run([*restore, "--section=data"], "Reading the key file", given=keys)
    _let_go(urls)
    run([*restore, "--section=post-data"], "Tying the tables together", given=body)


def _let_go(urls: Urls) -> None:
    """A body older than the key file may name keys that are destroyed: such a row points nowhere, or goes with its key."""
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        for table, column in _pointing():
            column_is = "SELECT is_nullable FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
            found = connection.execute(column_is, [table, column]).fetchone()  # the body may be older than the model
            if found:
                change = "UPDATE {0} SET {1} = NULL" if found[0] == "YES" else "DELETE FROM {0}"
                lost = " WHERE {1} IS NOT NULL AND NOT EXISTS (SELECT FROM vault_keypair k WHERE k.id = {0}.{1})"
                names = sql.Identifier(table), sql.Identifier(column)
                connection.execute(sql.SQL(change + lost).format(*names))


def _pointing() -> Iterator[tuple[str, str]]:
    """Table and column of everything outside the vault that names a key pair."""
    import django  # noqa: PLC0415  it reads the environment only now

    django.setup()
    from django.apps import apps  # noqa: PLC0415  after setup

    keypair = apps.get_model("vault", "Keypair")
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is keypair and model._meta.app_label != "vault":
                yield model._meta.db_table, str(field.column)


def _in_order() -> list[str]:
    """The schema of today, the server key tried on a name, and in each school's log the size to which it came back."""
    from subrosa.demo.prepare import close_all, ready  # noqa: PLC0415  Django reads the environment only now

    try:
        ready()
        return [*_restored(), f"Restored. Start the house with: subrosa up --data {os.environ['SUBROSA_DATA']}"]
    finally:
        close_all()


def _restored() -> Iterator[str]:
    from subrosa.policy.actor import CLOCK  # noqa: PLC0415  beside the drawers, which need Django
    from subrosa.records.archive.keeping import restored  # noqa: PLC0415  models exist only now
    from subrosa.records.audit.moment import now  # noqa: PLC0415  as above
    from subrosa.records.audit.sequence import sequence, sign_checkpoint  # noqa: PLC0415  as above
    from subrosa.records.person.queries import names_open  # noqa: PLC0415  as above
    from subrosa.records.school import context  # noqa: PLC0415  as above
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  as above

    for school in all_schools():
        with context.on(school):
            if not names_open():
                raise CannotRun("The server's key in the folder secrets is not the one of this backup.")
            while sequence():
                pass
            sign_checkpoint(at=now())
            signed = restored(by=CLOCK, at=now())
            size = signed.size if signed else 0
            yield f"{school.host}: the log came back to {size} entries, and has an entry of it"

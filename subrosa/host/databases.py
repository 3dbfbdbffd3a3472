"""Making and dropping databases as the owner, and the three addresses of one database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from subrosa.host.errors import CannotRun, Forbidden


@dataclass(frozen=True)
class Urls:
    """Three addresses of one database: `app` serves, `owner` migrates and dumps, `clock` runs what is due."""

    app: str
    owner: str
    clock: str

    def named(self, database: str) -> "Urls":
        """The same roles on another database of the server."""
        return Urls(*(_with_database(url, database) for url in (self.app, self.owner, self.clock)))

    def roles(self) -> tuple[str, str]:
        """The names of the two serving roles, app and clock."""
        return _user(self.app), _user(self.clock)


def create(urls: Urls, name: str) -> None:
    """Make the database `name`, owned by the owner, open to the two serving roles only; Forbidden when not allowed."""
    database = sql.Identifier(name)
    serving = sql.SQL(", ").join(sql.Identifier(role) for role in dict.fromkeys(urls.roles()))
    with _asking("make", name), psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(database))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, serving))


def drop(urls: Urls, name: str) -> None:
    """Drop the database `name` when it is there, ending its sessions when the server lets us; else Forbidden."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with _asking("drop", name), psycopg.connect(urls.owner, autocommit=True) as connection:
        try:
            connection.execute(statement + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:
            # Perhaps only ending foreign sessions is not allowed: without sessions it still works.
            connection.execute(statement)


@contextmanager
def _asking(verb: str, name: str) -> Iterator[None]:
    """Turn what the server says into one sentence."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise Forbidden(f"The database server does not let its owner role {verb} the database {name}.") from error
    except psycopg.errors.ObjectInUse as error:
        raise CannotRun(f"Somebody is still connected to the database {name}.") from error
    except psycopg.errors.DuplicateDatabase as error:
        raise CannotRun(f"A database named {name} exists already.") from error


def address(role: str, password: str, folder: str, database: str) -> str:
    """A postgresql:// address over the unix socket in `folder`; the port is named so that PGPORT cannot interfere."""
    who, where = f"{quote(role)}:{quote(password, safe='')}", f"host={quote(folder, safe='')}&port=5432"
    return f"postgresql://{who}@/{quote(database, safe='')}?{where}"


def _with_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def _user(url: str) -> str:
    user = psycopg.conninfo.conninfo_to_dict(url).get("user")
    if not user:
        raise CannotRun("Each database address has to name its role, as in postgresql://role:password@host/database.")
    return str(user)

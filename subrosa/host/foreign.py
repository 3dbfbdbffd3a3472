"""A PostgreSQL server that somebody else runs, known by three addresses."""

from collections.abc import Mapping

from subrosa.host import databases
from subrosa.host.databases import Urls
from subrosa.host.errors import CannotRun

NAMES = ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_CLOCK")


class Foreign:
    """The same interface as the embedded cluster; it is neither started nor stopped by us."""

    def __init__(self, app: str, owner: str, clock: str) -> None:
        self.urls = Urls(app, owner, clock)

    def urls_for(self, name: str) -> Urls:
        """The three addresses of the database `name`."""
        return self.urls.named(name)

    def create_database(self, name: str) -> None:
        """Make another database through the owner; Forbidden when the server does not let it."""
        databases.create(self.urls, name)

    def drop_database(self, name: str) -> None:
        """Drop a database through the owner; Forbidden when the server does not let it."""
        databases.drop(self.urls, name)


def foreign_urls(environ: Mapping[str, str]) -> Urls | None:
    """The three addresses from the environment, None when there is none; CannotRun names the one that is missing."""
    given = {name: environ.get(name, "").strip() for name in NAMES}
    missing = [name for name in NAMES if not given[name]]
    if len(missing) == len(NAMES):
        return None
    if missing:
        raise CannotRun(
            f"A database server of your own needs all of {', '.join(NAMES)}: {' and '.join(missing)} missing."
        )
    for name, url in given.items():
        if not url.startswith(("postgresql://", "postgres://")):
            raise CannotRun(f"{name} is not an address of the form postgresql://role:password@host/database.")
    return Urls(*(given[name] for name in NAMES))

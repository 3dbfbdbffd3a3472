"""Shared ground of the tests: one embedded PostgreSQL, migrated by the owner; everything else runs as the app role.

No test flushes anything: each gets schools of its own, and row security keeps them apart.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

_DATA = Path(tempfile.mkdtemp(prefix="subrosa-test-"))
(_DATA / "secrets").mkdir()
(_DATA / "secrets" / "server_key").write_bytes(secrets.token_bytes(32))
_DATA.chmod(0o755)
os.environ["SUBROSA_DATA"] = str(_DATA)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "subrosa.config.settings")

import pytest  # noqa: E402  the environment comes before Django reads it

DATABASE_FOLDERS = ("records", "desks", "architecture", "cli")


def _start_database() -> object:
    """A cluster in a temp folder, its addresses in the environment, the schema by the owner."""
    from subrosa.host.postgres import Cluster  # noqa: PLC0415

    cluster = Cluster(_DATA / "cluster", durable=False)
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.urls.app
    os.environ["DATABASE_URL_OWNER"] = cluster.urls.owner
    os.environ["DATABASE_URL_CLOCK"] = cluster.urls.clock
    return cluster


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """The migrated database of this run."""
    cluster = _start_database()
    import django  # noqa: PLC0415  only now are the addresses known

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    yield
    for connection in connections.all():
        connection.close()
        if getattr(connection, "pool", None) is not None:
            connection.close_pool()
    cluster.stop()

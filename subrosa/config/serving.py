"""Checks before the house serves: the role may not be too strong, the database must be ours alone between two statements."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg

from subrosa.policy import register
from subrosa.policy.charter import CHARTER
from subrosa.policy.clauses.base import CLAUSES
from subrosa.policy.constraints import CONSTRAINTS
from subrosa.policy.profile import profile

TOO_STRONG = """
SELECT r.rolsuper OR r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relowner = r.oid),
       EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND has_table_privilege(r.oid, c.oid, 'TRUNCATE'))
FROM pg_roles r WHERE r.rolname = current_user
"""


class CannotServe(RuntimeError):
    """The house does not serve like this; the message says why and what to change."""


def check_role(url: str) -> None:
    """Refuse a serving role that owns a table, is superuser, bypasses row security or may TRUNCATE."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(TOO_STRONG).fetchone()
    strong, owns, truncates = row or (True, True, True)
    reasons = [
        reason
        for reason, holds in (
            ("is superuser or bypasses row security", strong),
            ("owns tables", owns),
            ("may TRUNCATE", truncates),
        )
        if holds
    ]
    if reasons:
        raise CannotServe(
            f"the serving role {' and '.join(reasons)}; give DATABASE_URL a role that may only read and write rows"
        )


def check_pooler(url: str) -> None:
    """Refuse a transaction pooler: behind one, half of the reads come from another school."""
    with psycopg.connect(url, autocommit=True) as one, psycopg.connect(url, autocommit=True) as two:
        one.execute("SELECT set_config('subrosa.probe', 'one', false)")
        two.execute("SELECT set_config('subrosa.probe', 'two', false)")
        row = one.execute("SELECT current_setting('subrosa.probe', true)").fetchone()
    if row is None or row[0] != "one":
        raise CannotServe("there is a transaction pooler before the database; give the address of the database itself")


def check_policy(kinds: Iterable[str]) -> None:
    """Refuse a register that lacks a clause the code names, and a profile with a wrong value."""
    used = {one for row in CHARTER.values() for one in row.clauses}
    used |= {one.id for one in CLAUSES.values()} | {kept.clause for kept in CONSTRAINTS.values()}
    register.check_names(used)
    for kind in kinds:
        profile(kind)

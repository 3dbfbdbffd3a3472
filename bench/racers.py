"""Makes 200 clients with a session each and 50 free openings in a running house: `python -m bench.racers DATA`, JSON to stdout.

A process of its own: Django reads one database in a process, and the bench has another.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

RACERS, OPENINGS, A_DAY = 200, 50, 10
MINUTES = 30


def _account(lin: Any, client: Any, at: datetime) -> str:
    """An account as its own page makes it, but without a passphrase; answers the cookie of its session."""
    from subrosa.policy.actor import DOOR, Kind
    from subrosa.records.person import clients, entrance
    from subrosa.records.person.names import new_sign_in
    from subrosa.records.vault import keys

    code = keys.new_activation_code()
    clients.give_code(by=lin, at=at, client=client, code=code)
    pair, both = keys.new_keypair("client", client.pk, at=at)
    keys.introduce(pair, keys.introduction(code))
    session, cookie = entrance.new_session(Kind.CLIENT, client.pk, pair.pk, both, at=at)
    row = clients.code_for(code)
    assert row is not None
    clients.open_account(by=DOOR, at=at, code=row, keypair=pair, sign_in=new_sign_in(), session=session)
    return str(cookie)


def _openings(by: Any, at: datetime) -> None:
    """Ten half hours a day, five days a week, in a room of their own, from six in the morning on."""
    from subrosa.records.appointment import actions

    room = actions.add_room(by=by, at=at, name="Race")
    for weekday in range(5):
        for number in range(A_DAY):
            minutes = 6 * 60 + number * MINUTES
            actions.set_opening(
                by=by, at=at, room=room, weekday=weekday, starts=time(minutes // 60, minutes % 60), minutes=MINUTES
            )


def _signed_in(name: str) -> Any:
    from subrosa.demo.center import PASSPHRASE
    from subrosa.policy.actor import Actor, Kind
    from subrosa.records.person import entrance
    from subrosa.records.vault.opener import opener

    opened = entrance.try_passphrase(name, PASSPHRASE)
    assert opened is not None
    return Actor(Kind.STAFF, opened.holder, opener(opened.keypair, opened.private))


def _ready() -> dict[str, Any]:
    from subrosa.records.appointment.queries import free
    from subrosa.records.audit.moment import now
    from subrosa.records.person import clients

    at, lin = now(), _signed_in("lin")
    _openings(lin, at)
    cookies = []
    for number in range(RACERS):
        who = clients.Identity(f"R{number}", class_name="1", reach=clients.COMES_BY)
        client = clients.open_client(by=lin, at=at, identity=who)
        lin.opener.forget()
        cookies.append(_account(lin, client, at))
        lin.opener.forget()
    offers = [one for one in free([lin.id], at + timedelta(days=1)) if one.opening.room.name == "Race"][:OPENINGS]
    assert len(offers) == OPENINGS, f"{len(offers)} openings"
    slots = [f"{one.opening.pk}@{int(one.starts_at.timestamp())}" for one in offers]
    return {"cookies": cookies, "slots": slots}


def main(data: str) -> None:
    """Print cookies and times."""
    from subrosa.host.postgres import Cluster
    from subrosa.up import environment

    os.environ.update(environment(Path(data), Cluster(Path(data)).urls))
    import django

    django.setup()
    from subrosa.records.school import context
    from subrosa.records.school.queries import all_schools

    with context.on(all_schools()[0]):
        print(json.dumps(_ready()))


if __name__ == "__main__":
    main(sys.argv[1])

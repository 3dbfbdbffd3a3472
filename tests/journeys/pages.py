"""Every page a person can come to: one line each. `shots` takes their pictures, `test_pages` checks each of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from .room import Room, enter, invite

Others = Callable[[str], Room]  # somebody else, signed in, in the same language
_number = itertools.count(1)


def _stay(room: Room, others: Others) -> None:
    """The address is the page."""


def _pressed(name: str) -> Callable[[Room, Others], None]:
    return lambda room, others: room.press(name) and None


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: a name for its file, its address, who sees it ("" for anybody), and what is done there first."""

    name: str
    path: str
    who: str = ""
    then: Callable[[Room, Others], None] = _stay


def _unknown_host(room: Room, others: Others) -> None:
    room.go(room.base.replace("localhost", "nowhere.localhost") + "/")


def _wrong_sign_in(room: Room, others: Others) -> None:
    room.write("Sign-in name", "lin").write("Passphrase", "not this one at all").press("Sign in")


def _invited(room: Room, others: Others) -> None:
    room.go(invite(others("shen"), "何静", "counselor"))


def _entered(room: Room, others: Others) -> None:
    enter(room, invite(others("shen"), "何静", "counselor"), f"he{next(_number)}")


def _used_link(room: Room, others: Others) -> None:
    link = invite(others("shen"), "何静", "counselor")
    enter(room, link, f"used{next(_number)}")
    room.press("I keep it safe: go on").go(link)


def _newcomer_not_yet(room: Room, others: Others) -> None:
    _entered(room, others)
    room.go("/standing/").press("Receive clients")


def _situations(room: Room, others: Others) -> None:
    room.meet_situations()


def _locked(room: Room, others: Others) -> None:
    room.key("Escape", "Escape").page.wait_for_url("**/unlock/**")


PAGES = (
    Shown("home", "/"),
    Shown("help", "/help/"),
    Shown("code", "/code/"),
    Shown("sign-in", "/sign-in/"),
    Shown("sign-in-wrong", "/sign-in/", then=_wrong_sign_in),
    Shown("link-unknown", "/enter/changed/"),
    Shown("link-used", "/", then=_used_link),
    Shown("unknown-host", "/", then=_unknown_host),
    Shown("enter", "/", then=_invited),
    Shown("recovery-code", "/", then=_entered),
    Shown("receive-not-yet", "/", then=_newcomer_not_yet),
    Shown("locked", "/standing/", "qian", then=_locked),
    Shown("standing", "/standing/", "lin"),
    Shown("sign-code", "/standing/code/", "sun"),
    Shown("situations", "/standing/code/", "sun", then=_situations),
    Shown("desk", "/desk/", "lin"),
    Shown("center", "/center/", "shen"),
    Shown("versions", "/center/versions/", "shen"),
    Shown("versions-not-yet", "/center/versions/", "shen", then=_pressed("Publish")),
    Shown("colleagues", "/center/colleagues/", "shen"),
    Shown("machine", "/machine/", "sun"),
    Shown("receive-refused", "/standing/", "sun", then=_pressed("Receive clients")),
    Shown("not-for-you", "/center/", "sun"),
)


def show(page: Shown, room: Room, others: Others) -> None:
    """Bring somebody's browser to the page."""
    room.go(page.path)
    page.then(room, others)
    room.page.wait_for_load_state("load")

"""How far the founding has come: every step, whether it is done, and the one that comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.policy.roles import Role
from subrosa.records.consent.queries import in_force
from subrosa.records.person.access import LEFT
from subrosa.records.person.queries import colleagues, founding_progress
from subrosa.records.standing.queries import principal_page, version_in_force

SEATS, OUTSIDE = 3, 2
STEPS = (  # key, title, why it is asked, where it is done
    (
        "seats",
        _("Three seat sheets"),
        _("Any two of them bring a key back that was lost. Each goes to one person."),
        "founding",
    ),
    (
        "seal",
        _("Split the keys over the seats"),
        _("From then on nothing can be lost because one person left or forgot."),
        "founding",
    ),
    (
        "principal",
        _("The principal's page"),
        _("What the center will not tell, signed before the first student comes."),
        "principal",
    ),
    (
        "outside",
        _("Two outside professionals"),
        _("A second reader and a deputy from outside the school."),
        "founding",
    ),
    ("code", _("The code of practice"), _("Everybody signs the version in force."), "versions"),
    (
        "agreement",
        _("The agreement"),
        _("What a client reads and signs before counseling goes on."),
        "center_agreement",
    ),
    (
        "people",
        _("Colleagues, with certified keys"),
        _("Invite them by a one-time link; certify each key after seeing the person."),
        "colleagues",
    ),
    ("teams", _("The teams"), _("Duty and crisis team, and who keeps the archive."), "teams"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, why it is asked, where it is done, whether it is done."""

    key: str
    title: str
    why: str
    url: str
    done: bool


def _done() -> dict[str, bool]:
    keys, people = founding_progress(), colleagues()
    return {
        "seats": keys.seats >= SEATS,
        "seal": keys.sealed,
        "principal": principal_page() is not None,
        "outside": sum(one.outside and one.state != LEFT for one in people) >= OUTSIDE,
        "code": version_in_force() is not None,
        "agreement": in_force() is not None,
        "people": any(one.certified and Role.COUNSELOR in one.roles for one in people),
        "teams": keys.teams,
    }


def steps() -> list[Step]:
    """The founding in order. A center with all steps done can receive."""
    done = _done()
    return [Step(key, gettext(title), gettext(why), reverse(route), done[key]) for key, title, why, route in STEPS]


def next_step(every: list[Step]) -> Step | None:
    """The first that is not done."""
    return next((one for one in every if not one.done), None)

"""Three situations before signing (ETH-01): answered, explained, never scored and never kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Situation:
    """A short story, what one might do, and what the code asks for."""

    id: str
    clause: str
    story: str
    choices: tuple[tuple[str, str], ...]
    explained: str


SITUATIONS = (
    Situation(
        "s1",
        "CONF-02",
        _("A class teacher meets you in the corridor: “Did the boy I sent you come? What did he say?”"),
        (
            ("a", _("I say that he came, and nothing else.")),
            ("b", _("I say neither whether he came nor what he said, and tell her what she can do for him.")),
            ("c", _("I tell her in confidence, because she means well.")),
        ),
        _(
            "Whether somebody comes is already a secret. She gets what helps her: please, please don't, call me when. "
            "The program keeps a sentence ready for this."
        ),
    ),
    Situation(
        "s2",
        "EXC-06",
        _("A girl says at the door: “I have the pills at home. Promise me that you tell nobody.”"),
        (
            ("a", _("I promise, so that she keeps talking to me.")),
            ("b", _("I do not promise. I stay with her, tell her whom I have to tell and why, and do it with her.")),
            ("c", _("I write it down and speak about it in supervision next week.")),
        ),
        _(
            "A life in danger lifts secrecy as far as saving it needs: fewest facts, fewest people, each with a task. "
            "She hears it first and, wherever time allows, it is done together with her. First the call, then the form."
        ),
    ),
    Situation(
        "s3",
        "MGMT-02",
        _("The vice-principal asks for the list of those who came this month."),
        (
            ("a", _("I give the list, since the center is under the school's management.")),
            ("b", _("I give figures, the dangers already reported, and what the center needs; no names.")),
            ("c", _("I give the names but not the contents.")),
        ),
        _(
            "Leadership answers for the center and gets what that needs: figures with small cells hidden, and packets "
            "addressed to one person for one task. The principal's signed page says that there is no list of names."
        ),
    ),
)

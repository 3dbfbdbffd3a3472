"""In plain words: the acts and the rule about one more holder of a file. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

JOINING_ACTS: Final[Mapping[Act, str]] = {
    Act.SHOW_JOINING: _("Show the client who is to open the file too"),
    Act.DROP_JOINING: _("Not bring a colleague in after all"),
    Act.GRANT_CASE: _("Bring a colleague into the care team"),
    Act.SHOW_TEAM_JOINING: _("Show on the clients' pages who is to join the teams"),
    Act.DROP_TEAM_JOINING: _("Not take a colleague into the teams after all"),
    Act.JOIN_TEAMS: _("Take a colleague into the teams"),
    Act.DROP_HOLDER: _("Take back who gets a case back"),
}

JOINING_WORDS: Final[Mapping[str, str]] = {
    "a_wider_circle_is_shown_before_it_takes_effect": _(
        "Who is to open a file too stands on the client's page first. The key follows once the client was told, or after a "
        "school day."
    ),
    "a_team_grows_only_after_it_was_shown": _(
        "Who is to join a team stands first on the page of everybody whose words that team opens. The key follows a school "
        "day later; what cannot wait says why, and the clients read it."
    ),
    "a_successor_is_shown_before_the_key_goes": _(
        "Who is named for a file stands on its client's page first. The key follows a school day later; at once where the "
        "client knows, or where danger leaves no time."
    ),
    "only_a_recovery_that_waits_is_taken_back": _(
        "Nobody is named for this case any more: there is nothing to take back."
    ),
}

JOINING_MISSING: Final[Mapping[str, str]] = {
    "joining_shown": _("the line on the client's page"),
    "joining_known": _("that the client was told, or a school day"),
    "widening_shown": _("the line on the clients' pages"),
    "widening_waited": _("the day from which it works"),
    "at_once_ground": _("why it cannot wait, from the list"),
}

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
}

JOINING_WORDS: Final[Mapping[str, str]] = {
    "a_wider_circle_is_shown_before_it_takes_effect": _(
        "Who is to open a file too stands on the client's page first. The key follows once the client was told, or after a "
        "school day."
    ),
}

JOINING_MISSING: Final[Mapping[str, str]] = {
    "joining_shown": _("the line on the client's page"),
    "joining_known": _("that the client was told, or a school day"),
}

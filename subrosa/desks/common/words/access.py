"""In plain words: the acts and rules about access that ends. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

ACCESS_ACTS: Final[Mapping[Act, str]] = {
    Act.CHANGE_PASSPHRASE: _("Change the own passphrase"),
    Act.END_OWN_SESSIONS: _("Sign out on another device"),
    Act.END_STAFF_SESSIONS: _("Sign a colleague out everywhere"),
    Act.SUSPEND_STAFF: _("Suspend a colleague"),
    Act.LIFT_SUSPENSION: _("Let a suspended colleague back in"),
    Act.END_STAFF: _("Close the account of a colleague who leaves"),
}

ACCESS_WORDS: Final[Mapping[str, str]] = {
    "nobody_ends_the_own_access": _(
        "Nobody ends the own access: a center always keeps a lead who can let somebody in. Another lead can do this."
    ),
    "a_step_fits_how_somebody_stands": _(
        "This colleague is not where this step begins: perhaps somebody did it a moment ago. Whoever has left comes back "
        "by a new invitation."
    ),
    "the_last_custodian_stays": _(
        "This is the last custodian of the archive. Invite another one and let the archive's key be handed over first."
    ),
    "what_a_leaver_holds_is_in_other_hands_first": _("What this colleague holds goes into other hands first."),
}

"""In plain words: the act and rules about an agreement that goes on. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

RENEWAL_ACTS: Final[Mapping[Act, str]] = {Act.RENEW_CONSENT: _("Note that the agreement was said again")}

RENEWAL_WORDS: Final[Mapping[str, str]] = {
    "what_goes_on_was_signed_first": _("The client has not signed yet; your tap cannot take the place of that."),
    "nothing_is_asked_again_without_need": _("It was noted already, and nothing has changed since."),
}

"""The charter's lines about an agreement that goes on: what was signed is read again, and said again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import confidentiality, renewal
from ..roles import Role
from .row import Row, only

RENEWING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.READ_SIGNED: Row(
            only(Role.CLIENT), "CON-02", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("CON-01",)
        ),
        Act.RENEW_CONSENT: Row(
            only(Role.COUNSELOR),
            "CON-05",
            (
                confidentiality.only_the_care_team_opens,
                renewal.what_goes_on_was_signed_first,
                renewal.nothing_is_asked_again_without_need,
            ),
            keeps=("CON-01",),
        ),
    }
)

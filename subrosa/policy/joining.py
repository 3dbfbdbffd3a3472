"""The charter's lines about one more holder of a file: shown to the client first, then handed the key, or not after all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .acts import Act
from .clauses import confidentiality, joining
from .roles import Role
from .row import Row, only

JOINING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.SHOW_JOINING: Row(
            only(Role.COUNSELOR), "CON-09", (confidentiality.only_who_holds_a_case_hands_it_on,), keeps=("CONF-02",)
        ),
        Act.DROP_JOINING: Row(only(Role.COUNSELOR), "CON-09", (confidentiality.only_who_holds_a_case_hands_it_on,)),
        Act.GRANT_CASE: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (
                confidentiality.only_who_holds_a_case_hands_it_on,
                joining.a_wider_circle_is_shown_before_it_takes_effect,
            ),
        ),
    }
)

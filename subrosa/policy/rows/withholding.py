"""The charter's lines about the protective delay: lines of the own log that would betray a client to whoever reads along."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import confidentiality, withheld
from ..roles import Role
from .row import Row, only

REASONS = ("reads_along", "report", "home")  # somebody reads along, a report is under way, a home that harms
OPENINGS = frozenset(  # what is said in a file was opened
    {Act.READ_NOTES, Act.LOOK_BACK, Act.READ_REASON, Act.READ_REQUEST, Act.READ_ATTACHMENT, Act.READ_CLIENT_PAGE}
    | {Act.OPEN_LETTER}
)
NEVER = OPENINGS | {
    Act.OPEN_CASE,
    Act.SHOW_JOINING,
    Act.GRANT_CASE,
    Act.SHARE_WITH_CLIENT,
    Act.NAME_HOLDER,
    Act.RECOVER_CASE,
}
WITHHOLDING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.WITHHOLD_LINES: Row(
            only(Role.COUNSELOR),
            "CON-09",
            (
                confidentiality.only_the_care_team_opens,
                withheld.who_opened_a_file_is_never_withheld,
                withheld.what_is_withheld_has_a_reason_and_a_next_look,
            ),
        ),
        Act.READ_CLIENT_PAGE: Row(only(Role.COUNSELOR), "CON-09", (confidentiality.only_the_care_team_opens,)),
        Act.SHOW_LINES: Row(only(Role.COUNSELOR), "CON-09", (confidentiality.only_the_care_team_opens,)),
    }
)

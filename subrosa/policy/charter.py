"""The page to read first: every act, who may press it, and the clauses that govern it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .acts import Act
from .clauses import founding, standing
from .clauses.base import Clause
from .roles import EVERY_STAFF, Role
from .ruling import Outcome, Reason, Ruling

log = logging.getLogger("subrosa.policy")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the charter: who may act, the clause that says so, the rules, and clauses kept by the act itself."""

    who: frozenset[Role]
    under: str
    rules: tuple[Clause[Any], ...] = ()
    keeps: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause this act relies on, each once."""
        return tuple(dict.fromkeys((self.under, *(rule.id for rule in self.rules), *self.keeps)))


def _only(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


CHARTER: Mapping[Act, Row] = MappingProxyType(
    {
        Act.FOUND_CENTER: Row(_only(Role.DOOR), "MGMT-01", (founding.a_center_is_founded_once,)),
        Act.SHOW_SEAT_SHEET: Row(_only(Role.LEAD), "CONF-07", (founding.a_seat_sheet_is_shown_once,)),
        Act.SEAL_FOUNDING: Row(_only(Role.LEAD), "CONF-07", (founding.nothing_can_be_lost_before_keys_are_used,)),
        Act.SIGN_PRINCIPAL_PAGE: Row(_only(Role.LEAD), "MGMT-01", keeps=("MGMT-02",)),
        Act.NAME_OUTSIDE_PROFESSIONAL: Row(_only(Role.LEAD), "CONF-07", keeps=("EXC-10",)),
        Act.CERTIFY_STAFF: Row(_only(Role.LEAD), "COMP-01", (founding.only_a_key_that_exists_is_certified,)),
        Act.FOUND_TEAMS: Row(
            _only(Role.LEAD),
            "CONF-07",
            (founding.a_team_has_a_member, founding.the_desk_key_is_for_counselors_and_reception),
        ),
        Act.PUBLISH_CODE: Row(
            _only(Role.LEAD),
            "MGMT-01",
            (standing.a_version_says_what_changed, standing.a_version_drops_no_clause_without_reason),
        ),
        Act.SIGN_CODE: Row(
            EVERY_STAFF,
            "ETH-01",
            (standing.only_the_version_in_force_is_signed, standing.the_situations_were_met_before_signing),
        ),
        Act.RECEIVE_CLIENTS: Row(
            _only(Role.COUNSELOR),
            "COMP-01",
            (
                standing.whoever_receives_has_signed_the_code,
                standing.whoever_is_offered_to_new_clients_signed_in_time,
            ),
        ),
        Act.PAUSE_CLIENTS: Row(_only(Role.COUNSELOR), "COMP-07"),
        Act.INVITE_STAFF: Row(_only(Role.LEAD), "COMP-01"),
        Act.ENTER: Row(_only(Role.DOOR), "COMP-01", (standing.a_link_opens_once, standing.a_link_opens_in_time)),
        Act.SIGN_IN: Row(EVERY_STAFF | _only(Role.CLIENT), "CONF-07"),
        Act.MAKE_OWN_LINK: Row(EVERY_STAFF, "CONF-07"),
        Act.HAND_OVER_SESSION: Row(
            _only(Role.DOOR), "COMP-01", (standing.a_link_opens_once, standing.a_link_opens_in_time)
        ),
        Act.RECOVER_HOUSE: Row(_only(Role.CLOCK), "CONF-04"),
    }
)


def decide(act: Act, *, roles: frozenset[Role], facts: Iterable[object]) -> Ruling:
    """The ruling on one act. A silent charter refuses; any failing rule refuses; a rule that raises refuses.

    `roles` are those of the actor, `facts` frozen values, one of each kind that the act's rules look at.
    """
    row = CHARTER.get(act)
    if row is None:
        return Ruling(act, Outcome.REFUSED, (), (Reason("", "the_charter_is_silent", Outcome.REFUSED),))
    reasons = []
    if not roles & row.who:
        reasons.append(Reason(row.under, "this_is_not_for_you", Outcome.REFUSED))
    else:
        known = {type(fact): fact for fact in facts}
        reasons = [reason for rule in row.rules if (reason := _ask(rule, known))]
    if not reasons:
        return Ruling(act, Outcome.DONE, row.clauses)
    outcome = Outcome.REFUSED if any(r.outcome is Outcome.REFUSED for r in reasons) else Outcome.NOT_YET
    weighty = tuple(r for r in reasons if r.outcome is outcome)
    return Ruling(act, outcome, tuple(dict.fromkeys(r.clause for r in weighty)), weighty)


def _ask(rule: Clause[Any], known: Mapping[type, object]) -> Reason | None:
    try:
        facts = known[rule.needs]
        return None if rule.holds(facts) else rule.reason(facts)
    except Exception:
        log.exception("defect: clause %s (%s) raised", rule.id, rule.name)
        return Reason(rule.id, rule.name, Outcome.REFUSED, ("defect",))

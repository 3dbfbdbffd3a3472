"""The charter's lines about the archive: volumes are bound and looked up, brief contacts go when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import archiving
from ..roles import Role
from .row import Row, only

KEEPERS = only(Role.LEAD, Role.CUSTODIAN)

ARCHIVING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.OWE_ARCHIVE_RUN: Row(only(Role.CLOCK), "REC-04", (archiving.a_terms_archive_is_owed_once,)),
        Act.OPEN_ARCHIVED: Row(
            KEEPERS, "REC-04", (archiving.only_what_lies_in_the_archive_opens_there,), keeps=("CONF-02", "CONF-04")
        ),
        Act.BIND_VOLUME: Row(
            KEEPERS,
            "REC-04",
            (archiving.no_volume_is_bound_with_a_record_missing, archiving.a_volume_holds_archived_files),
            keeps=("CONF-04",),
        ),
        Act.TAKE_VOLUME: Row(KEEPERS, "REC-04", (archiving.an_altered_volume_is_not_given_out,), keeps=("CONF-04",)),
        Act.OPEN_VOLUME: Row(
            KEEPERS, "REC-04", (archiving.an_altered_volume_is_not_given_out,), keeps=("CONF-02", "CONF-04")
        ),
        Act.OWE_BRIEF_DESTRUCTION: Row(only(Role.CLOCK), "REC-04", (archiving.no_brief_contact_goes_before_its_time,)),
        Act.CONFIRM_BRIEF_DESTRUCTION: Row(KEEPERS, "REC-04", (archiving.no_brief_contact_goes_before_its_time,)),
        Act.DESTROY_BRIEFS: Row(
            KEEPERS,
            "REC-04",
            (
                archiving.no_brief_contact_goes_before_its_time,
                archiving.lead_and_custodian_let_brief_contacts_go,
            ),
            keeps=("CONF-04",),
        ),
    }
)

"""The charter's lines about files of a case, and about looking for a word in the own records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import confidentiality, files
from ..roles import Role
from .row import Row, only

FILES: Mapping[Act, Row] = MappingProxyType(
    {
        Act.SEARCH_NOTES: Row(only(Role.COUNSELOR), "CONF-02", keeps=("CONF-04",)),
        Act.UPLOAD_FILE: Row(
            only(Role.COUNSELOR),
            "CONF-04",
            (confidentiality.only_the_care_team_opens, files.what_is_attached_is_never_changed),
        ),
        Act.ATTACH_FILE: Row(
            only(Role.COUNSELOR),
            "CONF-01",
            (
                confidentiality.only_the_care_team_opens,
                files.what_is_attached_is_never_changed,
                files.a_file_is_attached_whole_or_not_at_all,
            ),
        ),
        Act.NAME_SCAN: Row(
            only(Role.COUNSELOR),
            "CON-01",
            (confidentiality.only_the_care_team_opens, files.a_scan_is_of_a_signature_on_paper),
        ),
        Act.DROP_UPLOAD: Row(only(Role.COUNSELOR, Role.CLOCK), "CONF-04", (files.only_an_abandoned_upload_is_swept,)),
        Act.READ_ATTACHMENT: Row(
            only(Role.COUNSELOR), "CONF-02", (confidentiality.only_the_care_team_opens,), keeps=("CONF-01",)
        ),
    }
)

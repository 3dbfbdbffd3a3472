"""The acts and rules of the archive in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

ARCHIVE_ACTS: Final[Mapping[Act, str]] = {
    Act.OWE_ARCHIVE_RUN: _("Note that a term's volumes are owed"),
    Act.OPEN_ARCHIVED: _("Open a file in the archive"),
    Act.BIND_VOLUME: _("Bind a volume"),
    Act.TAKE_VOLUME: _("Take a volume out, sealed"),
    Act.OPEN_VOLUME: _("Open a volume to print it"),
    Act.OWE_BRIEF_DESTRUCTION: _("Note that the time of brief contacts is over"),
    Act.CONFIRM_BRIEF_DESTRUCTION: _("Confirm that brief contacts may go"),
    Act.DESTROY_BRIEFS: _("Destroy brief contacts"),
}
ARCHIVE_WORDS: Final[Mapping[str, str]] = {
    "only_what_lies_in_the_archive_opens_there": _(
        "This file does not lie in the archive: it still belongs to its counselor, or it was destroyed."
    ),
    "a_file_in_the_archive_opens_there": _(
        "This file went to the archive. It opens there, for its keepers, and whoever opens it is named in the log."
    ),
    "no_volume_is_bound_with_a_record_missing": _(
        "A volume waits until every meeting of its cases has a signed record. The counselor writes what is missing and"
        " hands the file over."
    ),
    "a_volume_holds_archived_files": _("A volume holds files that were closed and handed to the archive."),
    "a_file_is_bound_once": _("One of these files is in a volume already. Open the page again to see what is left."),
    "an_altered_volume_is_not_given_out": _(
        "This volume is not as it was bound: its index, its sheets and its signature do not fit together. It is not given"
        " out. Check the log, and restore the volume from a copy that was kept outside."
    ),
    "a_terms_archive_is_owed_once": _("The volumes of a term are owed once, from the first day of the next term on."),
    "no_brief_contact_goes_before_its_time": _("The time of these brief contacts is not over yet."),
    "lead_and_custodian_let_brief_contacts_go": _(
        "Lead and custodian look first, two people, and both confirm. Then they can be destroyed."
    ),
}

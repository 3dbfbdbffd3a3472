"""The archive (REC-04): what is bound, that it stays as it was bound, and when brief contacts go."""

from __future__ import annotations

from datetime import date

from ..facts import CareTeamFacts
from ..facts.archive import ArchivedFacts, BriefRetentionFacts, RunFacts, VolumeFacts, VolumeWholeFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("REC-04", since=SINCE)
def only_what_lies_in_the_archive_opens_there(facts: ArchivedFacts) -> bool:
    """The archive's key opens archived files: not those of running cases, and not what was destroyed."""
    return facts.state == "archived"


@clause("REC-04", since=SINCE)
def a_file_in_the_archive_opens_there(facts: CareTeamFacts) -> bool:
    """What went to the archive opens through its keepers, whoever once wrote it, and whatever other keys that person holds."""
    return not facts.bound


def _missing(facts: VolumeFacts) -> tuple[str, ...]:
    return facts.missing_records


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=_missing)
def no_volume_is_bound_with_a_record_missing(facts: VolumeFacts) -> bool:
    """A volume waits until every held meeting of the term's closed cases has its signed record."""
    return not facts.missing_records


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("archived_file",))
def a_volume_holds_archived_files(facts: VolumeFacts) -> bool:
    """What is bound was closed and handed to the archive before."""
    return facts.files > 0 and facts.all_archived


@clause("REC-04", since=SINCE)
def an_altered_volume_is_not_given_out(facts: VolumeWholeFacts) -> bool:
    """Index, pages and signature fit together, or the volume is not handed to anybody."""
    return facts.whole


@clause("REC-04", since=SINCE)
def a_terms_archive_is_owed_once(facts: RunFacts) -> bool:
    """It is owed from the first day of the next term on, once, and only where something is left to bind."""
    return facts.next_term_began and facts.left > 0 and not facts.owed_before


@clause("REC-04", since=SINCE, missing=("retention",))
def no_brief_contact_goes_before_its_time(facts: BriefRetentionFacts) -> bool:
    """A brief contact is kept until its retention is over, like a file."""
    return facts.over


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("two_confirmations",))
def lead_and_custodian_let_brief_contacts_go(facts: BriefRetentionFacts) -> bool:
    """Two people look here too before anything is gone for good."""
    return facts.lead_confirmed and facts.custodian_confirmed and not facts.same_person

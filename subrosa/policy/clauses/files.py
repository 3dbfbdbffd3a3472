"""Files of a case (CONF-04): attached whole or not at all, never changed, and what broke off leaves nothing."""

from __future__ import annotations

from datetime import date

from ..facts import FileFacts, ScanFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CONF-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("rest_of_file",))
def a_file_is_attached_whole_or_not_at_all(facts: FileFacts) -> bool:
    """Half a file is no file: it is shown to nobody until its last piece has come."""
    return facts.whole


@clause("CONF-04", since=SINCE)
def what_is_attached_is_never_changed(facts: FileFacts) -> bool:
    """A file in the case stays as it was attached; what comes later is a file of its own."""
    return not facts.attached


@clause("CONF-04", since=SINCE)
def only_an_abandoned_upload_is_swept(facts: FileFacts) -> bool:
    """What was begun and broke off goes; a file that somebody attached stays as long as its case."""
    return facts.abandoned and not facts.attached


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("paper_signature",))
def a_scan_is_of_a_signature_on_paper(facts: ScanFacts) -> bool:
    """A file becomes the scan of a signed paper where such a paper was noted and its scan is owed."""
    return facts.owed

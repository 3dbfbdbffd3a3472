"""Proofs for the own log, as text to keep: each line stands in the log whose root was signed. What they cannot show is said."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.records.audit import witness
from subrosa.records.audit.reading import Proof, latest, proofs_of
from subrosa.records.case.actions import read_own_log
from subrosa.records.case.queries import cases_of_client
from subrosa.records.school.calendar import calendar

from .plain import who_and_what


@require_safe
@asked_for
@audience(Role.CLIENT)
def proof(there: Visit) -> HttpResponse:
    """One text: the newest checkpoint, then each entry with its bytes, its place and the hashes up to the signed root."""
    rows = [row for case in cases_of_client(there.by.id) for row in read_own_log(by=there.by, at=there.at, case=case)]
    told = who_and_what(sorted(rows, key=lambda row: row.at), there.by.id)
    proofs = proofs_of([row.id for row, _ in told])
    zone = calendar().zone
    lines = [*_head()]
    for row, sentence in told:
        when = date_format(row.at.astimezone(zone), "DATETIME_FORMAT")
        refused = f" ({gettext('was not let in')})" if row.outcome == "refused" else ""
        lines += ["", f"{when}  {sentence}{refused}", *_proof(proofs.get(row.id))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _head() -> Iterator[str]:
    yield gettext("The log in which these lines stand")
    yield ""
    signed = latest()
    if signed is None:
        yield gettext("No checkpoint is signed yet; the first comes within a minute.")
        return
    yield from signed.note.rstrip("\n").split("\n")
    yield ""
    yield gettext("The signature is checked with this line:")
    yield witness.verifier_line()
    yield ""
    yield gettext(
        "How to check a line: SHA-256 of a zero byte and the entry; then, with each hash of the way in turn, SHA-256 of a one "
        "byte, the left and the right hash, as RFC 6962 says; the last is the root above."
    )
    yield gettext("What this cannot show: something that a changed program did not record.")


def _proof(found: Proof | None) -> Iterator[str]:
    if found is None:
        yield "  " + gettext("waits for the next checkpoint (about a minute)")
        return
    yield "  " + gettext("place %(place)s of %(size)s") % {"place": found.place, "size": found.signed.size}
    yield f"  entry {base64.b64encode(found.entry).decode()}"
    for one in found.hashes:
        yield f"  way {base64.b64encode(one).decode()}"

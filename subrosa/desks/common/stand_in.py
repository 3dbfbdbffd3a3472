"""Stand in for me: somebody asks about a student; two taps, and the sentence to read out stands there in big, calm letters."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from subrosa.policy.ruling import Refused
from subrosa.records.outreach import actions, queries
from subrosa.records.outreach.lists import Asker
from subrosa.records.school.calendar import school_profile
from subrosa.records.standing.queries import principal_page, principal_signer

from .context import ANSWERING
from .requests import Visit, audience
from .rulings import margin, shown
from .words.stand_in import ADVICE, ASKERS, CITES, SENTENCES


@require_safe
@audience(*ANSWERING, locked_too=True)
def stand_in(there: Visit) -> HttpResponse:
    """Who asks? One press each; it needs no unlocking, for it shows nobody."""
    askers = [{"key": one, "label": gettext(label), "line": gettext(line)} for one, (label, line) in ASKERS.items()]
    values = {"askers": askers, "once": uuid.uuid4(), "margin": margin("CONF-02", "EXC-10")}
    return render(there.request, "common/stand_in.html", values)


@require_POST
@audience(*ANSWERING)
def asked(there: Visit, asker: str) -> HttpResponse:
    """The press that logs the inquiry: which kind of caller, when, who answered. No field asks about whom it was."""
    once = uuid.uuid5(there.once, asker) if there.once else None  # a second kind from the same page is a second inquiry
    row = actions.note_inquiry(by=there.by, at=there.at, asker=asker, once=once)
    return redirect("stand_in_words", key=row.pk)


@require_safe
@audience(*ANSWERING, locked_too=True)
def words(there: Visit, key: UUID) -> HttpResponse:
    """The sentence for this caller."""
    return _words(there, key)


def _words(there: Visit, key: UUID, refused: Refused | None = None) -> HttpResponse:
    row = queries.inquiry(key)
    if row is None or row.asker not in set(Asker):
        raise Http404
    asker = Asker(row.asker)
    page = principal_page() if asker in CITES else None
    values = {
        "inquiry": row,
        "asker": asker,
        "label": gettext(ASKERS[asker][0]),
        "sentences": [gettext(one) for one in SENTENCES[asker]],
        "advice": [(gettext(head), [gettext(one) for one in lines]) for head, lines in ADVICE.get(asker, ())],
        "principal": page,
        "ruling": shown(refused.ruling) if refused else None,
        "once": uuid.uuid4(),
        "margin": margin("CONF-02", "EXC-10", "MGMT-02" if asker is Asker.LEADER else "EDU-05"),
    }
    return render(there.request, "common/stand_in_words.html", values, status=403 if refused else 200)


@require_POST
@audience(*ANSWERING)
def tell(there: Visit, key: UUID) -> HttpResponse:
    """They insist that I say whether he comes: the charter answers, and the attempt is an entry."""
    row = queries.inquiry(key)
    if row is None:
        raise Http404
    try:
        actions.tell_outsider(by=there.by, at=there.at, inquiry=row, once=there.once)
    except Refused as refused:
        return _words(there, key, refused)
    return redirect("stand_in_words", key=key)


@require_safe
@audience(*ANSWERING, locked_too=True)
def sure(there: Visit) -> HttpResponse:
    """What a leader gets instead of a list: one page to print, with what the principal signed."""
    page = principal_page()
    zh = (get_language() or "").startswith("zh")
    values = {
        "page": page,
        "text": (page.text_zh if zh else page.text_en) if page else "",
        "signer": principal_signer(page) if page else "",
        "least": school_profile()["tests.cell_minimum"],
        "today": there.at,
        "margin": margin("MGMT-02", "CONF-02", "MGMT-01"),
    }
    return render(there.request, "common/stand_in_sure.html", values)

"""Our agreement: read, signed on the own account, kept as a copy with version and date."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from subrosa.desks.common import paper as printed
from subrosa.desks.common.card import card
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.agreement import sections
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.policy.wording import Wording
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.queries import cases_of_client, open_case_of
from subrosa.records.consent import actions, queries
from subrosa.records.person import queries as people
from subrosa.records.person.ties import unnamed_ties
from subrosa.records.school.calendar import calendar
from subrosa.records.standing.qualified import register_began

from .circle import circle
from .plain import told
from .talk import CARRIED, gone_on
from .wordings import chosen, switch, text_of


@dataclass(slots=True)
class Part:
    """One heading of the agreement with its paragraphs and items."""

    head: str
    paragraphs: list[str]
    items: list[str]


def parts(text: str) -> list[Part]:
    """A published text as headings ("## "), items ("- ") and paragraphs."""
    found = []
    for head, lines in sections("\n".join(line.strip() for line in text.splitlines())):
        part = Part(head, [], [])
        for line in filter(None, lines):
            (part.items if line.startswith("- ") else part.paragraphs).append(line.removeprefix("- "))
        if part.head or part.paragraphs or part.items:
            found.append(part)
    return found


def shown_in() -> str:
    """The language of the page, as a version knows it."""
    return "zh-hans" if (get_language() or "").startswith("zh") else "en"


def _people(there: Visit, case: Any, when: datetime | None = None) -> dict[str, Any]:
    """Who counsels, with the card as it stood then; who stands in, who can open the file."""
    if case is None:
        return {}
    names = people.names(filter(None, [case.counselor_id, case.deputy_id]))
    return {
        "counselor": names.get(case.counselor_id, ""),
        "card": card(case.counselor_id, when or there.at),
        "asked_then": when is None or _kept_then(when),
        "deputy": names.get(case.deputy_id, "") if case.deputy_id else "",
        **circle(there.by.id, cases_of_client(there.by.id), case),
    }


def _kept_then(when: datetime) -> bool:
    """Whether the center kept a register of certificates at a moment: a copy of before says nothing of what nobody asked."""
    began = register_began()
    return began is not None and calendar().local(when) >= began


@audience(Role.CLIENT)
def agreement(there: Visit) -> HttpResponse:
    """The text in force, and "I sign": on the own account, or on the center's device in the client's hands."""
    case, version = open_case_of(there.by.id), queries.in_force()
    ruling, status = None, 200
    asked = _asked(there) or version
    wording = chosen(there.request, version) if version else Wording.WHOLE
    if "object" in there.request.POST and case is not None:
        actions.withdraw(by=there.by, at=there.at, case=case, once=there.once)
        return redirect(f"{reverse('mine_agreement')}?objected=1")
    if "version" in there.request.POST and case is not None and asked is not None:
        try:
            signed = actions.give(
                by=there.by,
                at=there.at,
                case=case,
                agreement=asked,
                language=shown_in(),
                wording=wording,
                once=there.once,
            )
            return gone_on(there) or redirect(f"{reverse('mine_agreement_copy', args=[signed.pk])}?signed=1")
        except Refused as refused:
            ruling, status = told(refused.ruling), status_of(refused.ruling)
    values = {
        "case": case,
        "version": version,
        "parts": parts(text_of(version, wording, shown_in())) if version else [],
        **switch(version, wording),
        "mine": _current(queries.consents(case.pk) if case else [], version),
        "seen_by": _seen_by(case, version),
        "waits": unnamed_ties(case.counselor_id) > 0 if case else False,
        "objected": "objected" in there.request.GET,
        "ruling": ruling,
        "carried": [(name, there.request.POST[name]) for name in CARRIED if there.request.POST.get(name)],
        "once": uuid.uuid4(),
        **_people(there, case),
    }
    return render(there.request, "client/agreement.html", values, status=status)


def _asked(there: Visit) -> Any:
    """The version that stood on the page when it was signed."""
    try:
        return queries.agreement(UUID(there.request.POST.get("version", "")))
    except ValueError:
        return None


def _current(signed: Iterable[Any], version: Any) -> Any:
    """The client's signature to this version that still stands."""
    found = (one for one in signed if version and one.agreement_id == version.pk and one.withdrawn_at is None)
    return next(found, None)


def _seen_by(case: Any, version: Any) -> str:
    """Who saw a signature on paper, by name; empty for any other."""
    one = _current(queries.consents(case.pk) if case else [], version)
    return people.names([one.seen_by_id]).get(one.seen_by_id, "") if one and one.seen_by_id else ""


def _own(there: Visit, key: UUID) -> tuple[Any, Any]:
    """One signature of this client's and its case; anybody else's does not exist."""
    for case in cases_of_client(there.by.id):
        for one in queries.consents(case.pk):
            if one.pk == key:
                return one, case
    raise Http404


def _read(there: Visit, one: Any) -> Wording | None:
    """Which text was read before signing; None where nobody kept it, or these keys do not open it."""
    if one.wording is None or not holds_shared(there.by, one.case):
        return None
    return actions.read_signed(by=there.by, at=there.at, consent=one)


@asked_for
@audience(Role.CLIENT)
def copy(there: Visit, key: UUID) -> HttpResponse:
    """The kept copy of one signature: the very version, in the language in which it was signed."""
    one, case = _own(there, key)
    read = _read(there, one)
    wording = chosen(there.request, one.agreement, read or Wording.WHOLE)
    values = {
        "one": one,
        "read": read,
        "read_here": read is wording,
        **switch(one.agreement, wording),
        "seen_by": people.names([one.seen_by_id]).get(one.seen_by_id, "") if one.seen_by_id else "",
        "parts": parts(text_of(one.agreement, wording, one.language)),
        "signed_now": "signed" in there.request.GET,
        "language": one.language,
        **_people(there, case, one.given_at),
    }
    return render(there.request, "client/copy.html", values)


@asked_for
@require_safe
@audience(Role.CLIENT)
def paper(there: Visit, key: UUID) -> HttpResponse:
    """The same as a PDF to keep: made now, in memory, shown and not saved; the file's name says nothing."""
    one, case = _own(there, key)
    read = _read(there, one)
    wording = chosen(there.request, one.agreement, read or Wording.WHOLE)
    day = one.signed_on or calendar().local(one.given_at)
    about = _people(there, case, one.given_at)
    with translation.override(one.language):
        known = card(case.counselor_id, one.given_at).lines
    sheet = printed.Agreement(
        language=one.language,
        number=one.agreement.number,
        signed_on=day,
        how=one.given_how,
        withdrawn_on=calendar().local(one.withdrawn_at) if one.withdrawn_at else None,
        parts=[
            printed.Part(part.head, part.paragraphs, part.items)
            for part in parts(text_of(one.agreement, wording, one.language))
        ],
        wording=read,
        shown=wording,
        counselor=str(about.get("counselor", "")),
        known=tuple(known),
    )
    try:
        made = printed.agreement(sheet)
    except printed.CannotPrint as error:
        return render(there.request, "client/no_paper.html", {"one": one, "letters": error.letters}, status=422)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{printed.NEUTRAL_NAME}"'
    return response

"""How a ruling reads: each rule in plain words, its clause, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from subrosa.policy import register
from subrosa.policy.actor import Kind
from subrosa.policy.ruling import Outcome, Reason, Ruling
from subrosa.records.consent.queries import in_force

from .requests import who
from .words.acts import ACTS
from .words.instead import INSTEAD
from .words.missing import MISSING
from .words.renewal import placed
from .words.rules import NEXT, WORDS


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One reason as the page shows it."""

    text: str
    clause_id: str
    clause_title: str
    clause_url: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one next step, as a button."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class RulingShown:
    """A ruling as the page shows it."""

    outcome: str
    title: str
    reasons: list[ReasonShown]
    next: NextStep | None
    instead: str


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """One clause in the margin or in the published code, in the reader's language."""

    id: str
    title: str
    line: str
    text: str
    kept: str
    missing: str
    state: str
    sources: tuple[str, ...]
    url: str


def _first_sentence(text: str) -> str:
    """One line for the margin: the norm itself, up to its first full stop."""
    ends = [place + len(stop) for stop in ("。", ". ") if (place := text.find(stop)) >= 0]
    return text[: min(ends)].strip() if ends else text


def clause_shown(clause_id: str) -> ClauseShown:
    """One clause of the register in the language of the request."""
    entry, code = register.by_id()[clause_id], get_language() or "zh-hans"
    kept, text = entry.kept.in_language(code), entry.text.in_language(code)
    return ClauseShown(
        entry.id,
        entry.title.in_language(code),
        _first_sentence(text),
        text,
        kept,
        entry.missing.in_language(code),
        entry.state,
        entry.sources,
        f"{reverse('code')}#clause-{entry.id}",
    )


def margin(*ids: str) -> list[ClauseShown]:
    """The clauses kept by a page, at most three."""
    return [clause_shown(one) for one in ids[:3]]


def _part(part: str) -> str:
    """One part that is missing; a signature with the version that is to be signed, and in which languages it lies there."""
    latest = in_force() if part == "agreement_signature" else None
    if latest is not None:
        said = gettext("the client's signature to the agreement, version %(n)s, in Chinese or English")
        return said % {"n": latest.number}
    return placed(part, MISSING)


def _reason_shown(reason: Reason) -> ReasonShown:
    text = gettext(WORDS[reason.rule]) if reason.rule in WORDS else reason.rule
    parts = [_part(part) for part in reason.missing if part != "defect"]
    if parts:
        text = gettext("%(why)s Missing: %(parts)s.") % {"why": text, "parts": gettext(", ").join(parts)}
    if not reason.clause:
        return ReasonShown(text, "", "", "")
    clause = clause_shown(reason.clause)
    return ReasonShown(text, clause.id, clause.title, clause.url)


def shown(ruling: Ruling, **about: object) -> RulingShown:
    """A ruling in the reader's language; `about` fills the address of the next step where it needs an id."""
    next_step = None
    for reason in ruling.reasons:
        if step := NEXT.get(reason.rule):
            label, route, needs = step
            next_step = NextStep(
                gettext(label), reverse(route, kwargs={key: about[key] for key in needs if key in about})
            )
            break
    instead = next((gettext(INSTEAD[r.rule]) for r in ruling.reasons if r.rule in INSTEAD), "")
    title = gettext(ACTS[ruling.within or ruling.act])
    return RulingShown(ruling.outcome, title, [_reason_shown(reason) for reason in ruling.reasons], next_step, instead)


STATUSES = {Outcome.NOT_YET: 409, Outcome.REFUSED: 403}


def status_of(ruling: Ruling | RulingShown | None, *, otherwise: int = 200) -> int:
    """The status of a page that shows this ruling: 409 not yet, 403 a boundary; `otherwise` where nothing was said."""
    return STATUSES[Outcome(ruling.outcome)] if ruling else otherwise


def ruling_page(request: HttpRequest, ruling: Ruling, *, status: int) -> HttpResponse:
    """The one page that shows a refusal; only the fragment where htmx asked."""
    found = who(request)
    client = found is not None and found.actor.kind is Kind.CLIENT
    about = dict(request.resolver_match.kwargs) if request.resolver_match else {}
    values = {"ruling": shown(ruling, **about), "back_url": request.headers.get("Referer", "/")}
    if ruling.outcome is not Outcome.DONE and request.headers.get("HX-Request"):
        fragment = "common/_client_ruling.html" if client else "common/_ruling.html"
        return render(request, fragment, values, status=status)
    page = "common/client_ruling.html" if client else "common/ruling.html"
    return render(request, page, values, status=status)

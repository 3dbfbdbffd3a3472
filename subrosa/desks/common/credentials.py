"""The own card of a counselor, and the register in which lead and steward say that an original was seen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.policy.credentials import TieKind
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.person import queries as people
from subrosa.records.person.queries import Colleague
from subrosa.records.person.ties import TieShown, tie, ties_of, ties_of_all
from subrosa.records.standing import credentials, queries, ties
from subrosa.records.standing.qualified import Kept, State, credential, kept_of, outside_professionals, who_looks

from .card import CardLine, card, line_of
from .requests import Visit, audience
from .rulings import margin, shown, status_of
from .words.credentials import KINDS, TIES

HERE = ("active", "suspended")
BOTH = frozenset({Role.LEAD, Role.STEWARD})


class CredentialForm(forms.Form):
    """Kind, number, and until when. What a kind is, the list says; there is no field for words."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Please choose")), *((k.value, v) for k, v in KINDS.items())]
    )
    number = forms.CharField(
        label=_("Certificate number"),
        max_length=credentials.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=_("In force until"),
        required=False,
        help_text=_("Empty: without end."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [("", gettext("Please choose")), *((k.value, gettext(v)) for k, v in KINDS.items())]


class CertificateBesideForm(CredentialForm):
    """The same beside the press that certifies a key: all of it or nothing."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("kind", "number"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """A kind has a number, a number a kind, and what is over is no certificate."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("kind")) != bool(said.get("number", "").strip()):
            self.add_error("number" if said.get("kind") else "kind", _("Kind and number belong together."))
        if said.get("until") and said["until"] < self.today:
            self.add_error("until", _("This day has passed."))
        return said


class ForColleagueForm(CredentialForm):
    """The same for a colleague whose original lies in front of one."""

    colleague = forms.ChoiceField(label=_("Colleague"))
    field_order = ("colleague", "kind", "number", "until")

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]
        field.choices = [(str(one.id), one.name) for one in people]


class TieForm(forms.Form):
    """What a counselor also is to some classes, or one more sentence."""

    tie = forms.ChoiceField(label=_("What it is"))
    words = forms.CharField(
        label=_("Classes, or the sentence in Chinese"),
        max_length=ties.LONGEST,
        required=False,
        help_text=_("As they stand on the timetable, such as: 7.1, 7.2. It stands on the card and in the agreement."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words_en = forms.CharField(
        label=_("The same sentence in English"),
        max_length=ties.LONGEST,
        required=False,
        help_text=_("May stay empty: then everybody reads the Chinese one. Classes need no translation."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tie"]
        field.choices = [(kind.value, gettext(words)) for kind, words in TIES.items()]


class ColleaguesTieForm(TieForm):
    """The same, entered by the lead; the colleague then takes it onto the own card. How one works one says oneself."""

    whose = forms.ChoiceField(label=_("Colleague"))
    field_order = ("whose", "tie", "words", "words_en")

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["whose"]
        field.choices = [(str(one.id), one.name) for one in people]
        tie: Any = self.fields["tie"]
        tie.choices = [one for one in tie.choices if one[0] != TieKind.WAY]


class OutsideLookForm(forms.Form):
    """Where nobody here can look: which certificate, who outside the school saw it, and when."""

    which = forms.ChoiceField(label=_("Which certificate"))
    whom = forms.ChoiceField(label=_("Who saw the original"))
    day = forms.DateField(label=_("On which day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, waiting: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which: Any = self.fields["which"]
        which.choices = [(str(one.kept.id), f"{one.kind} · {one.kept.number}") for one in waiting]
        whom: Any = self.fields["whom"]
        named = ((str(key), name) for key, name in outside_professionals().items())
        whom.choices = [("", gettext("Please choose")), *named]


@dataclass(frozen=True, slots=True)
class Line:
    """One credential as a row of a page, with a key of repetition for each of its two presses."""

    kept: Kept
    kind: str
    whose: str
    mine: bool
    once_seen: UUID = field(default_factory=uuid.uuid4)
    once_back: UUID = field(default_factory=uuid.uuid4)

    @property
    def waits(self) -> bool:
        """Nobody has seen the original yet."""
        return self.kept.state is State.WAITS

    @property
    def expired(self) -> bool:
        """Its day has passed."""
        return self.kept.state is State.EXPIRED


def _lines(there: Visit, kept: list[Kept], names: dict[UUID, str]) -> list[Line]:
    return [Line(one, gettext(KINDS[one.kind]), names.get(one.staff, ""), one.staff == there.by.id) for one in kept]


def _tie_lines(found: list[TieShown]) -> list[tuple[TieShown, CardLine, UUID]]:
    """Each with its words and a key of repetition for its press."""
    return [(one, line_of(one), uuid.uuid4()) for one in found]


def _tie_said(form: TieForm) -> dict[str, Any]:
    """What was chosen and written, as the act takes it."""
    said = form.cleaned_data
    return {"kind": said["tie"], "words": said["words"], "words_en": said["words_en"]}


def _row(key: UUID) -> Any:
    row = people.staff(key)
    if row is None:
        raise Http404
    return row


@audience(Role.COUNSELOR)
def my_card(there: Visit) -> HttpResponse:
    """What students see of one, the certificates behind it, and the ties; entered on the same page."""
    posted = there.request.POST if there.request.method == "POST" else None
    entering, tying = posted is not None and "enter" in posted, posted is not None and "add" in posted
    form, tie_form = CredentialForm(posted if entering else None), TieForm(posted if tying else None)
    lines = _lines(there, kept_of([there.by.id], there.at), {})
    outside_form = _outside_form(there, lines)
    ruling: Ruling | None = None
    try:
        if entering and form.is_valid():
            given = {**form.cleaned_data, "colleague": _row(there.by.id), "once": there.once}
            credentials.enter_credential(by=there.by, at=there.at, **given)
            return redirect("my_card")
        if tying and tie_form.is_valid():
            said = _tie_said(tie_form) | {"once": there.once}
            ties.enter_tie(by=there.by, at=there.at, colleague=_row(there.by.id), **said)
            return redirect("my_card")
        if outside_form is not None and _noted(there, outside_form):
            return redirect("my_card")
    except Refused as refused:
        ruling = refused.ruling
    found = ties_of(there.by.id)
    values = {
        "card": card(there.by.id, there.at),
        "mine": queries.standing_of(there.by.id, there.at),
        "lines": lines,
        "outside_form": outside_form,
        "ties": _tie_lines(found),
        "unnamed": any(not one.named for one in found),
        "form": form,
        "tie_form": tie_form,
        "ruling": shown(ruling) if ruling else None,
        "margin": margin("COMP-01", "CON-03", "REL-01"),
        "once": uuid.uuid4(),
    }
    wrong = bool(form.errors or tie_form.errors or (outside_form is not None and outside_form.errors))
    return render(
        there.request, "common/my_card.html", values, status=status_of(ruling, otherwise=422 if wrong else 200)
    )


def _outside_form(there: Visit, lines: list[Line]) -> OutsideLookForm | None:
    """Only where something waits and nobody at work here can look."""
    waiting = [one for one in lines if one.waits]
    if not waiting or who_looks(there.by.id) is not None:
        return None
    return OutsideLookForm(there.request.POST if "outside" in there.request.POST else None, waiting=waiting)


def _noted(there: Visit, form: OutsideLookForm) -> bool:
    """Whether who outside saw the original was sent and is noted."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    row = credential(UUID(said["which"]))
    given: dict[str, Any] = {
        "credential": row,
        "seen_by": UUID(said["whom"]),
        "seen_on": said["day"],
        "once": there.once,
    }
    credentials.note_seen_outside(by=there.by, at=there.at, **given)
    return True


@audience(Role.LEAD, Role.STEWARD)
def register_of_credentials(there: Visit) -> HttpResponse:
    """Everybody's certificates, those that wait on top; the lead also enters ties. The press itself is one of its own."""
    everybody = [one for one in people.colleagues() if one.state in HERE and Role.COUNSELOR in one.roles]
    posted = there.request.POST if there.request.method == "POST" else None
    entering, tying = posted is not None and "enter" in posted, posted is not None and "add" in posted
    others = [one for one in everybody if one.id != there.by.id]
    form = ForColleagueForm(posted if entering else None, people=others)
    tie_form = ColleaguesTieForm(posted if tying else None, people=everybody)
    ruling: Ruling | None = None
    try:
        if _entered(there, form if entering else None, tie_form if tying else None):
            return redirect("credentials")
    except Refused as refused:
        ruling = refused.ruling
    names: dict[UUID, str] = {one.id: one.name for one in everybody}
    lines = [one for one in _lines(there, kept_of(None, there.at), names) if one.whose]
    values = {
        "lines": sorted(lines, key=lambda one: not one.waits),
        "without": [one for one in everybody if one.id not in {line.kept.staff for line in lines}],
        "ties": _ties_of_everybody(everybody) if _leads(there) else [],
        "leads": _leads(there),
        "form": form,
        "tie_form": tie_form,
        "ruling": shown(ruling) if ruling else None,
        "margin": margin("COMP-01", "CON-03"),
        "once": uuid.uuid4(),
    }
    wrong = bool(form.errors or tie_form.errors)
    status = status_of(ruling, otherwise=422 if wrong else 200)
    return render(there.request, "common/credentials.html", values, status=status)


def _ties_of_everybody(everybody: list[Colleague]) -> list[tuple[str, list[tuple[TieShown, CardLine, UUID]]]]:
    found = ties_of_all([one.id for one in everybody])
    return [(one.name, _tie_lines(found[one.id])) for one in everybody if one.id in found]


def _shown_to(there: Visit, whose: UUID, roles: frozenset[Role]) -> bool:
    """A colleague's row is, for whoever sees it on no page, as if there were none; the charter refuses besides."""
    return whose == there.by.id or bool(there.roles & roles)


def _leads(there: Visit) -> bool:
    return Role.LEAD in there.roles


def _entered(there: Visit, form: ForColleagueForm | None, tie_form: ColleaguesTieForm | None) -> bool:
    """Whether one of the two forms was sent and is done."""
    if form is not None and form.is_valid():
        said = dict(form.cleaned_data)
        colleague = _row(UUID(said.pop("colleague")))
        credentials.enter_credential(by=there.by, at=there.at, colleague=colleague, once=there.once, **said)
        return True
    if tie_form is not None and tie_form.is_valid():
        colleague, said = _row(UUID(tie_form.cleaned_data["whose"])), _tie_said(tie_form) | {"once": there.once}
        ties.enter_tie(by=there.by, at=there.at, colleague=colleague, **said)
        return True
    return False


@require_POST
@audience(Role.LEAD, Role.STEWARD)
def seen(there: Visit, key: UUID) -> HttpResponse:
    """I have seen the original."""
    row = credential(key)
    if row is None:
        raise Http404
    credentials.verify_credential(by=there.by, at=there.at, credential=row, once=there.once)
    return redirect("credentials")


@require_POST
@audience(Role.COUNSELOR, Role.LEAD, Role.STEWARD)
def take_back(there: Visit, key: UUID) -> HttpResponse:
    """Mistyped, or no more."""
    row = credential(key)
    if row is None or not _shown_to(there, row.staff_id, BOTH):
        raise Http404
    credentials.end_credential(by=there.by, at=there.at, credential=row, once=there.once)
    return redirect("my_card" if row.staff_id == there.by.id else "credentials")


@require_POST
@audience(Role.COUNSELOR, Role.LEAD)
def tie_named(there: Visit, key: UUID) -> HttpResponse:
    """Onto the own card, or off it."""
    row = tie(key)
    if row is None or not _shown_to(there, row.staff_id, frozenset({Role.LEAD})):
        raise Http404
    press = ties.end_tie if "end" in there.request.POST else ties.name_tie
    press(by=there.by, at=there.at, tie=row, once=there.once)
    return redirect("my_card" if row.staff_id == there.by.id else "credentials")

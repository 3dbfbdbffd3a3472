"""What is stored nowhere: faith, orientation, politics, family money; and no plain field of the clients' side is a trait."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django import forms
from django.db import models
from django.test.utils import isolate_apps

from subrosa.desks.client.first import FirstForm
from subrosa.desks.common.register import RegisterForm
from subrosa.desks.reception.find import GuestForm
from subrosa.records.appointment.registering import TRAITS, WhyDeclined
from subrosa.records.person.clients import Identity
from subrosa.records.roster.sheet import Card
from subrosa.records.roster.sheet.headings import HEADINGS
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from tests.architecture.house import house_models

NOWHERE = re.compile(
    r"faith|religio|church|orientation|sexualit|gay|lesbian|politic|party_member|income|wealth|poverty|poor|ethnic|nation"
    r"|信仰|宗教|性取向|政治|党员|收入|贫困|家庭经济|民族"
)
ISLAND = {"roster"}  # what the school knows anyway: sex, birth date, boarding; even there no faith and no money


# In which language the agreement was read and signed is part of the answer: a person of any tongue may take either.
SIGNED = {"consent.Consent.language", "consent.Understanding.language"}


def stored_nowhere(names: Iterable[str], where: str) -> Iterable[str]:
    """Names that say that something is kept which the code keeps nowhere."""
    for name in names:
        if NOWHERE.search(name.casefold()):
            yield f"{where}.{name}"


def plain_traits(model: type[models.Model]) -> Iterable[str]:
    """Traits in plain on the clients' side; sealed ones are nobody's to sort by."""
    plain: frozenset[str] = getattr(model, "plain", frozenset())
    if model._meta.app_label not in ISLAND:
        yield from (f"{model._meta.label}.{name}" for name in plain if name in TRAITS)


def fields(model: type[models.Model]) -> list[str]:
    """The names of a model's columns."""
    return [field.name for field in model._meta.local_concrete_fields]


@pytest.mark.clause("ETH-05", "refuses")
def test_no_field_keeps_faith_orientation_politics_or_money() -> None:
    faults = [fault for model in house_models() for fault in stored_nowhere(fields(model), model._meta.label)]
    for kind in (Identity, Card):
        faults += stored_nowhere((field.name for field in dataclasses.fields(kind)), kind.__name__)
    for form in (RegisterForm, GuestForm, FirstForm):
        faults += stored_nowhere(form.base_fields, form.__name__)
    faults += stored_nowhere(WhyDeclined, "WhyDeclined")
    assert faults == []


def test_no_heading_of_an_imported_list_is_taken_for_one() -> None:
    """A column of the school's file about faith or money is read by nobody: no heading is known by such a word."""
    known = [word for words in HEADINGS.values() for word in words]
    assert list(stored_nowhere(known, "headings")) == [] and len(known) > 10


def test_no_trait_is_plain_on_the_clients_side() -> None:
    found = {fault for model in house_models() for fault in plain_traits(model)}
    assert {one for one in found if one not in SIGNED} == set()


@isolate_apps()
def test_a_planted_field_is_seen() -> None:
    class Faithful(SchoolRow):
        religion = SealedField(number=900)

        class Meta(SchoolRow.Meta):
            app_label = "person"

    class Sorted(SchoolRow):
        plain = frozenset({"sex"})
        sex = models.CharField(max_length=1)

        class Meta(SchoolRow.Meta):
            app_label = "person"

    class Asking(forms.Form):
        sexual_orientation: Any = forms.CharField()

    assert list(stored_nowhere(fields(Faithful), "person.Faithful")) == ["person.Faithful.religion"], (
        "sealed counts too"
    )
    assert list(plain_traits(Sorted)) == ["person.Sorted.sex"]
    assert list(stored_nowhere(Asking.base_fields, "Asking")) == ["Asking.sexual_orientation"]
    assert list(stored_nowhere(["民族", "班级"], "headings")) == ["headings.民族"]

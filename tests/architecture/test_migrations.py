"""`makemigrations --check` is quiet: what the models say, the migrations have made."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from subrosa.records.school.security import RowSecurity


def changes(after: ProjectState) -> list[str]:
    """What makemigrations would write, without asking a database."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), after).changes(graph=loader.graph)
    return [f"{app}: {step.describe()}" for app, made in found.items() for one in made for step in one.operations]


def test_nothing_is_left_to_migrate() -> None:
    assert changes(ProjectState.from_apps(apps)) == []


def test_no_two_migrations_of_one_app_are_last() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}


def test_a_planted_field_is_seen() -> None:
    after = ProjectState.from_apps(apps)
    after.models["duty", "duty"].fields["planted"] = models.IntegerField(default=0)
    assert changes(after) == ["duty: Add field planted to duty"]


def test_a_planted_change_of_rights_is_seen() -> None:
    """Our constraints are equal when they say the same, and only then."""
    after = ProjectState.from_apps(apps)
    state: ModelState = after.models["audit", "entry"]
    kept = [one for one in state.options["constraints"] if not isinstance(one, RowSecurity)]
    state.options["constraints"] = [*kept, RowSecurity(name="audit_entry_school", app="SELECT, INSERT, UPDATE")]
    assert len(changes(after)) == 2

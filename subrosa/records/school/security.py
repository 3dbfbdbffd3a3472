"""Schools kept apart below the code: row security and same-school keys as constraints, so that migrations carry them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SCHOOL = "school_id = current_setting('subrosa.school')::bigint"
ACT = "current_setting('subrosa.act', true) <> ''"


class _SqlConstraint(models.BaseConstraint):
    """A constraint that is SQL of ours; equal when it deconstructs equally, or migrations would never end."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _SqlConstraint):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def validate(self, *_: Any, **__: Any) -> None:
        """Nothing to check in Python: the database decides."""

    def sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[str]:
        """The statements that make this constraint."""
        raise NotImplementedError

    def undo(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        """The statement that removes it."""
        raise NotImplementedError

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """With CREATE TABLE nothing stands inline: the statements come after the table."""
        if model is not None and schema_editor is not None:
            schema_editor.deferred_sql.extend(self.sql(model, schema_editor))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """For AddConstraint on a table that exists."""
        assert model is not None and schema_editor is not None
        return ";\n".join(self.sql(model, schema_editor))

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """For RemoveConstraint."""
        assert model is not None and schema_editor is not None
        return self.undo(model, schema_editor)


class RowSecurity(_SqlConstraint):
    """Row security on one table: reading asks for the school, writing also for an open act.

    `app` and `clock` are the rights of the two serving roles. `needs_act=False` is for session rows only.
    """

    def __init__(
        self,
        *,
        name: str,
        app: str = "SELECT, INSERT, UPDATE, DELETE",
        clock: str = "SELECT, INSERT, UPDATE, DELETE",
        needs_act: bool = True,
    ) -> None:
        super().__init__(name=name)
        self.app, self.clock, self.needs_act = app, clock, needs_act

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Carry the rights through migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "app": self.app, "clock": self.clock, "needs_act": self.needs_act}

    def sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[str]:
        """Enable it (not FORCE: that would bind only the owner's dumps), one policy a command, then the rights."""
        table = editor.quote_name(model._meta.db_table)
        write = f"{SCHOOL} AND {ACT}" if self.needs_act else SCHOOL
        name = model._meta.db_table
        return [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f'CREATE POLICY "{name}_read" ON {table} FOR SELECT USING ({SCHOOL})',
            f'CREATE POLICY "{name}_insert" ON {table} FOR INSERT WITH CHECK ({write})',
            f'CREATE POLICY "{name}_update" ON {table} FOR UPDATE USING ({SCHOOL}) WITH CHECK ({write})',
            f'CREATE POLICY "{name}_delete" ON {table} FOR DELETE USING ({write})',
            f'GRANT {self.app} ON {table} TO "{settings.ROLES["app"]}"',
            f'GRANT {self.clock} ON {table} TO "{settings.ROLES["clock"]}"',
        ]

    def undo(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        """Remove the policies; the rights go with the table."""
        table = editor.quote_name(model._meta.db_table)
        drops = [
            f'DROP POLICY IF EXISTS "{model._meta.db_table}_{command}" ON {table}'
            for command in ("read", "insert", "update", "delete")
        ]
        return ";\n".join([*drops, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"])


class SameSchool(_SqlConstraint):
    """The key (school, field) → (school, id): foreign-key checks bypass row security, so the key must hold."""

    def __init__(self, *, name: str, field: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Carry the field through migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[str]:
        """The index first, then the key, not deferrable."""
        field: Any = model._meta.get_field(self.field)
        table, target = model._meta.db_table, field.related_model._meta.db_table
        return [
            f'CREATE INDEX "{self.name}_idx" ON "{table}" (school_id, "{field.column}")',
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{self.name}" FOREIGN KEY (school_id, "{field.column}") '
            f'REFERENCES "{target}" (school_id, id) NOT DEFERRABLE',
        ]

    def undo(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        """Remove the key and its index."""
        table = model._meta.db_table
        return f'ALTER TABLE "{table}" DROP CONSTRAINT "{self.name}"; DROP INDEX "{self.name}_idx"'

"""What a later migration says that has SQLite build a table anew: the triggers of the database outlive it.

SQLite changes a table by making another one in its place. With the old one its triggers go, and while it is gone every
trigger that names it stops the change. PostgreSQL changes a table as it stands, and nothing is done there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"


class WithTriggersAway(SeparateDatabaseAndState):
    """Operations on tables that triggers stand on, or write to: `WithTriggersAway([migrations.AlterField(...)])`."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        super().__init__(operations, operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.database_operations], {}

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        with triggers_away(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        with triggers_away(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


@contextmanager
def triggers_away(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """All triggers are made again as they were, in the transaction of the migration."""
    found: list[tuple[str, str]] = []
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            found = list(cursor.execute(TRIGGERS).fetchall())
    for name, _ in found:
        schema_editor.execute(f"DROP TRIGGER {schema_editor.quote_name(name)}")
    yield
    for _, sql in found:
        schema_editor.execute(sql)

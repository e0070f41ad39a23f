"""The full text beside the table of entries, kept up by the database itself: FTS5 on SQLite, tsvector on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "named, said, content='search_entry', content_rowid='place', tokenize='ascii', prefix='4 5 6')",
    "CREATE TRIGGER search_entry_in AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_words(rowid, named, said) VALUES (new.place, new.named, new.said); END",
    "CREATE TRIGGER search_entry_out AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_words(search_words, rowid, named, said) VALUES ('delete', old.place, old.named, old.said); END",
    "CREATE TRIGGER search_entry_new AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_words(search_words, rowid, named, said) VALUES ('delete', old.place, old.named, old.said); "
    "INSERT INTO search_words(rowid, named, said) VALUES (new.place, new.named, new.said); END",
)
POSTGRESQL = (
    "ALTER TABLE search_entry "
    "ADD COLUMN named_words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, named)) STORED, "
    "ADD COLUMN said_words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, said)) STORED",
    "CREATE INDEX search_entry_named_words ON search_entry USING gin (named_words) WITH (fastupdate = off)",
    "CREATE INDEX search_entry_said_words ON search_entry USING gin (said_words) WITH (fastupdate = off)",
)
BACK = {
    "sqlite": (*(f"DROP TRIGGER search_entry_{name}" for name in ("in", "out", "new")), "DROP TABLE search_words"),
    "postgresql": ("ALTER TABLE search_entry DROP COLUMN named_words, DROP COLUMN said_words",),
}


def add(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def take_away(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACK[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(add, take_away)]

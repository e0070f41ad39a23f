"""PostgreSQL finds the places of common words without reading through the entries.

The long texts and the words stand apart from the row (TOAST), so that a page of the table holds the places of many
entries; it holds for what is written from now on, and the index is written anew after an upgrade. The functions keep
the planner from reading the whole table: it counts the words of an entry as if they lay in its row. (`place + 0`, so
that it does not take the index on places instead.)
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

APART = "ALTER COLUMN {0}_words SET STORAGE EXTERNAL"
FUNCTION = (
    "CREATE FUNCTION search_{0}(asked text, first bigint, last bigint, most integer) RETURNS SETOF bigint "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS "
    "$$ SELECT place FROM search_entry WHERE {0}_words @@ to_tsquery('simple', asked) "
    "AND place + 0 BETWEEN first AND last LIMIT most $$"
)
COLUMNS = ("named", "said")


def add(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE search_entry SET (toast_tuple_target = 128)")
        for column in COLUMNS:
            editor.execute(f"ALTER TABLE search_entry {APART.format(column)}")
            editor.execute(FUNCTION.format(column))


def take_away(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            editor.execute(f"DROP FUNCTION search_{column}(text, bigint, bigint, integer)")
            editor.execute(f"ALTER TABLE search_entry ALTER COLUMN {column}_words SET STORAGE EXTENDED")
        editor.execute("ALTER TABLE search_entry RESET (toast_tuple_target)")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]

    operations = [migrations.RunPython(add, take_away)]

"""The database itself refuses to change or take away what is written once: also from a shell, also for its owner.

A migration that builds one of these tables anew on SQLite loses its triggers there, unless it says so with
`wholeperson.record.triggers.WithTriggersAway`. A test finds the table that has none.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ["record_step", "record_auditrow", "record_block", "record_sealed", "record_headed", "record_policyversion"]
REFUSAL = "rows of this table are written once; append another that corrects this one"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION record_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""


def guard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
    for table in TABLES:
        for statement in STATEMENTS[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table, refusal=REFUSAL))


def unguard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        for name in ("no_update", "no_delete", "no_truncate"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


STATEMENTS = {
    "postgresql": [
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION record_refuse_change()",
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION record_refuse_change()",
        "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_refuse_change()",
    ],
    "sqlite": [
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    ],
}


class Migration(migrations.Migration):
    dependencies = [("record", "0002_sealing")]

    operations = [migrations.RunPython(guard, unguard)]

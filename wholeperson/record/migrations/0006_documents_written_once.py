"""Documents are written once as well."""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

statements = import_module("wholeperson.record.migrations.0003_written_once")
TABLE = "record_document"


def guard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements.STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement.format(table=TABLE, refusal=statements.REFUSAL))


def unguard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("no_update", "no_delete", "no_truncate"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("record", "0005_documents")]

    operations = [migrations.RunPython(guard, unguard)]

"""A document's name may be encrypted again under another key; everything else about it stays as it was written."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIXED = "id, public_id, address, kind, size, made_at, subject_id, organisation_id, scope"
REFUSAL = "a document stays as it was kept; only its name may be encrypted again"
BUT_THE_NAME = {
    "postgresql": f"CREATE TRIGGER record_document_no_update BEFORE UPDATE OF {FIXED} ON record_document "
    "FOR EACH ROW EXECUTE FUNCTION record_refuse_change()",
    "sqlite": f"CREATE TRIGGER record_document_no_update BEFORE UPDATE OF {FIXED} ON record_document "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
}
NOTHING = {
    "postgresql": "CREATE TRIGGER record_document_no_update BEFORE UPDATE ON record_document "
    "FOR EACH ROW EXECUTE FUNCTION record_refuse_change()",
    "sqlite": "CREATE TRIGGER record_document_no_update BEFORE UPDATE ON record_document "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
}


def loosen(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _set(schema_editor, BUT_THE_NAME)


def tighten(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _set(schema_editor, NOTHING)


def _set(schema_editor: BaseDatabaseSchemaEditor, triggers: dict[str, str]) -> None:
    vendor = schema_editor.connection.vendor
    on = " ON record_document" if vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS record_document_no_update{on}")
    schema_editor.execute(triggers[vendor])


class Migration(migrations.Migration):
    dependencies = [("record", "0006_documents_written_once")]

    operations = [migrations.RunPython(loosen, tighten)]

"""Each case says when its member was reached last: kept by the database itself, whoever writes a contact down.

Contacts are written in an earlier room, which knows of no cases; to look for the last one of 25,000 people took longer
than the page. The triggers see every contact and every case, whoever writes: the walls of both tables let nobody write
but the house, which sees all. On SQLite a later migration that builds one of the two tables anew is stopped by them:
it says its operations in `wholeperson.record.triggers.WithTriggersAway`.
"""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from wholeperson.casework.members.walls import OneByOne

NOT_YET = datetime(1900, 1, 1, tzinfo=UTC)
LAST = """
coalesce((SELECT max(k.happened_at) FROM members_contact k WHERE k.member_id = {case}.member_id
  AND k.organisation_id = {case}.organisation_id AND k.successful AND k.struck_at IS NULL), {not_yet})
"""
OF_CONTACT = """
UPDATE care_case SET reached_at = {last} WHERE member_id = NEW.member_id AND organisation_id = NEW.organisation_id
"""
POSTGRES, SQLITE = "'1900-01-01 00:00:00+00'::timestamptz", "'1900-01-01 00:00:00'"


def of_contact(not_yet: str) -> str:
    return OF_CONTACT.format(last=LAST.format(case="care_case", not_yet=not_yet))


STATEMENTS = {
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION care_contact_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW.successful THEN {of_contact(POSTGRES)}; END IF; RETURN NULL; END $$""",
        f"""CREATE OR REPLACE FUNCTION care_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN NEW.reached_at := {LAST.format(case="NEW", not_yet=POSTGRES)}; RETURN NEW; END $$""",
        "CREATE TRIGGER care_reached_in AFTER INSERT ON members_contact "
        "FOR EACH ROW EXECUTE FUNCTION care_contact_kept()",
        "CREATE TRIGGER care_reached_out AFTER UPDATE OF struck_at ON members_contact "
        "FOR EACH ROW EXECUTE FUNCTION care_contact_kept()",
        "CREATE TRIGGER care_reached_new BEFORE INSERT ON care_case FOR EACH ROW EXECUTE FUNCTION care_case_kept()",
    ],
    "sqlite": [
        f"CREATE TRIGGER care_reached_in AFTER INSERT ON members_contact WHEN NEW.successful "
        f"BEGIN {of_contact(SQLITE)}; END",
        f"CREATE TRIGGER care_reached_out AFTER UPDATE OF struck_at ON members_contact WHEN NEW.successful "
        f"BEGIN {of_contact(SQLITE)}; END",
        f"CREATE TRIGGER care_reached_new AFTER INSERT ON care_case BEGIN UPDATE care_case "
        f"SET reached_at = {LAST.format(case='care_case', not_yet=SQLITE)} WHERE id = NEW.id; END",
    ],
}


def keep(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Also where some of it stands already."""
    vendor = schema_editor.connection.vendor
    _drop_triggers(schema_editor)
    for statement in STATEMENTS[vendor]:
        schema_editor.execute(statement)
    not_yet = POSTGRES if vendor == "postgresql" else SQLITE
    schema_editor.execute(f"UPDATE care_case SET reached_at = {LAST.format(case='care_case', not_yet=not_yet)}")


def leave(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _drop_triggers(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION care_contact_kept; DROP FUNCTION care_case_kept")


def _drop_triggers(schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for name, table in (("in", "members_contact"), ("out", "members_contact"), ("new", "care_case")):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS care_reached_{name}{f' ON {table}' if is_postgres else ''}")


OPEN = models.Q(("status__in", ("assigned", "outreach", "enrolled")))


class Migration(migrations.Migration):
    dependencies = [("care", "0005_reviews_struck_out"), ("members", "0021_preferred_names_are_no_legal_ones")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="reached_at",
            field=models.DateTimeField(default=NOT_YET, editable=False),
        ),
        migrations.RemoveIndex(model_name="case", name="open_cases_in_order"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=OPEN,
                fields=["organisation", "id"],
                include=("member", "lead", "plan", "status", "reached_at"),
                name="open_cases_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=OPEN, fields=["lead", "reached_at", "id"], name="cases_of_a_lead"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=OPEN, fields=["organisation", "reached_at", "id"], name="cases_of_a_team"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["organisation", "plan"], name="cases_with_a_plan"),
        ),
        migrations.RunPython(keep, leave),
        OneByOne("care_case", needs="'care'"),
    ]

"""What happens in an installation between two commands of an administrator. Run as a module in its environment."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django


def live() -> None:
    """Somebody is registered, a paper is kept, the trail is sealed twice."""
    from tests.people import MAKER, NOW, World
    from wholeperson.record import documents, sealing

    world = World()
    rosa = world.member()
    world.relate(rosa, "Bayside")
    sealing.seal(at=NOW)
    documents.keep(documents.Received("ramp.pdf", b"%PDF-1.7 a ramp"), by=MAKER, at=NOW, subject=rosa.pk)
    sealing.seal(at=NOW)


def tell() -> None:
    """What is there, read through everything that has to fit together."""
    from tests.people import MAKER, NOW
    from wholeperson.access.models import Organisation
    from wholeperson.casework.members.models import Member
    from wholeperson.record import documents, wall
    from wholeperson.record.models import Document

    with wall.opened("tests"):
        told = {
            "organisations": list(Organisation.objects.values_list("name", flat=True)),
            "members": [f"{one.given_name} {one.family_name}" for one in Member.objects.all()],
            "papers": [documents.content(one, by=MAKER, at=NOW).decode() for one in Document.objects.all()],
            "called": [one.name for one in Document.objects.all()],
        }
    sys.stdout.write(json.dumps(told))


def begin_as_before() -> None:
    """The database as earlier migrations left it, with the rows of earlier.sql."""
    from django.core.management import call_command
    from django.db import connection

    for label, number in (one.split() for one in json.loads(os.environ["WP_EARLIER"])):
        call_command("migrate", label, number, verbosity=0)
    statements = Path(__file__).with_name("earlier.sql").read_text("utf-8")
    with connection.cursor() as cursor:
        for statement in statements.split(";"):
            if statement.strip():
                cursor.execute(statement)
        if connection.vendor == "postgresql":  # as `migrate` did then
            cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO wholeperson_web")


def rows() -> None:
    """Every row of our tables as the database has it, in the order of the keys."""
    from django.apps import apps
    from django.db import connection

    tables = connection.introspection.table_names()
    ours = sorted(table for table in tables if table.partition("_")[0] in {"access", "members", "record"})
    bools = {field.column for model in apps.get_models() for field in model._meta.fields if "Bool" in str(type(field))}
    told = {}
    with connection.cursor() as cursor:
        for table in ours:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            columns = [column[0] for column in cursor.description]
            told[table] = [
                {name: bool(value) if name in bools else value for name, value in zip(columns, row, strict=True)}
                for row in cursor.fetchall()
            ]
    sys.stdout.write(json.dumps({table: found for table, found in told.items() if found}, default=str))


def probe() -> None:
    """What becomes of a change to what is written once, and how many members a query finds that asks as nobody."""
    from django.db import DatabaseError, connection, transaction

    from wholeperson.casework.members.models import Member

    told: dict[str, object] = {"members": Member.objects.count()}
    for table in ("record_step", "record_auditrow"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET verb = 'other'")
            told[table] = "changed"
        except DatabaseError:
            told[table] = "refused"
    sys.stdout.write(json.dumps(told))


def change_as_a_later_version() -> None:
    """What a migration that this version does not know might do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_beat")
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('members', '9999_later', '2026-11-21 17:00:00')"
        )


SCENES: dict[str, Callable[[], None]] = {
    scene.__name__: scene for scene in (live, tell, begin_as_before, rows, probe, change_as_a_later_version)
}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "wholeperson.site.settings"
    django.setup()
    SCENES[sys.argv[1]]()

"""What sweeps found, taken in: written once, and each line behind the second wall."""

import functools
from importlib import import_module

import django.db.models.deletion
import uuid6
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import wholeperson.record.ids
from wholeperson.casework.members.walls import Wall

written_once = import_module("wholeperson.record.migrations.0003_written_once")
TABLES = ["eligibility_sweep", "eligibility_finding"]


def guard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        for statement in written_once.STATEMENTS[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table, refusal=written_once.REFUSAL))


def unguard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("no_update", "no_delete", "no_truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_roles_in_addresses"),
        ("eligibility", "0003_when_an_overlay_was_withdrawn"),
        ("members", "0007_struck_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("swp",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("on", models.DateField()),
                ("policy_version", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField()),
                ("read", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("fnd",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("programme", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offer", "offer"),
                            ("ask_the_plan", "ask_the_plan"),
                            ("one_fact_away", "one_fact_away"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(choices=[("yes", "yes"), ("not_known", "not_known"), ("no", "no")], max_length=10),
                ),
                ("why", models.JSONField(default=list)),
                ("next_fact", models.CharField(blank=True, max_length=80)),
                ("rank", models.PositiveIntegerField()),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("minimal", "minimal"),
                            ("care", "care"),
                            ("sensitive", "sensitive"),
                            ("part2", "part2"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="eligibility.sweep"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="sweep",
            constraint=models.UniqueConstraint(fields=("organisation", "digest"), name="one_sweep_of_a_worklist"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["sweep", "programme", "rank"], name="finding_by_programme"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ("minimal", "care", "sensitive", "part2"))),
                name="known_scope_of_finding",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("sweep", "member", "programme"), name="one_finding_of_a_sweep"),
        ),
        migrations.RunPython(guard, unguard),
        Wall("eligibility_finding", needs="scope"),
    ]

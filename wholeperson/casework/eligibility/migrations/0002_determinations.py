"""Determinations: what the rules answered about a member, on what basis and why; written once, and walled."""

import functools
from importlib import import_module

import django.db.models.deletion
import uuid6
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import wholeperson.record.ids
from wholeperson.casework.members.walls import Wall

written_once = import_module("wholeperson.record.migrations.0003_written_once")
TABLES = ["eligibility_basis", "eligibility_determination", "eligibility_telling"]


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
        ("eligibility", "0001_overlays"),
        ("members", "0006_contacts_phones_and_coverage"),
    ]

    operations = [
        migrations.CreateModel(
            name="Basis",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("known_at", models.DateField()),
                ("plan", models.CharField(blank=True, max_length=80)),
                ("county", models.CharField(blank=True, max_length=40)),
                ("person", models.JSONField()),
                ("elections", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=64)),
                ("newest", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
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
            ],
        ),
        migrations.CreateModel(
            name="Determination",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("det",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("programme", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("known_at", models.DateField()),
                (
                    "answer",
                    models.CharField(choices=[("yes", "yes"), ("not_known", "not_known"), ("no", "no")], max_length=10),
                ),
                ("before", models.CharField(blank=True, max_length=10)),
                (
                    "available",
                    models.CharField(choices=[("yes", "yes"), ("not_known", "not_known"), ("no", "no")], max_length=10),
                ),
                ("available_because", models.JSONField(default=list)),
                ("version", models.CharField(max_length=64)),
                ("engine", models.CharField(max_length=40)),
                ("told", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField()),
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
                ("signature", models.CharField(default="", editable=False, max_length=64)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="eligibility.basis",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="determinations", to="members.member"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="eligibility.determination",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
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
                ("why", models.JSONField()),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to="eligibility.determination",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ("minimal", "care", "sensitive", "part2"))),
                name="known_scope_of_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.UniqueConstraint(fields=("member", "digest"), name="one_basis_that_says_this"),
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(fields=["member", "programme", "on"], name="determination_by_member"),
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(fields=["programme", "version"], name="determination_by_version"),
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(fields=["decided_at"], name="determination_by_moment"),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ("minimal", "care", "sensitive", "part2"))),
                name="known_scope_of_determination",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ("minimal", "care", "sensitive", "part2"))),
                name="known_scope_of_telling",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.UniqueConstraint(fields=("determination", "scope"), name="one_telling_for_a_depth"),
        ),
        migrations.RunPython(guard, unguard),
        Wall("eligibility_basis", needs="scope"),
        Wall("eligibility_determination", needs="scope"),
        Wall("eligibility_telling", needs="scope"),
    ]

"""Overlays of plans."""

import functools

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import wholeperson.record.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0005_roles_in_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Overlay",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("ovl",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("status", models.CharField(default="proposed", editable=False, max_length=40)),
                ("plan", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("version", models.CharField(max_length=64)),
                ("effective_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("cases_asked", models.PositiveIntegerField(default=0)),
                ("cases_changed", models.PositiveIntegerField(default=0)),
                (
                    "approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overlays",
                        to="access.organisation",
                    ),
                ),
                (
                    "uploader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "effective_on"], name="overlays_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "approved", "returned", "withdrawn"))),
                        name="lawful_overlay_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver", None),
                            models.Q(("approver", models.F("uploader")), _negated=True),
                            _connector="OR",
                        ),
                        name="approved_by_a_second_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["proposed", "approved"])),
                        fields=("plan", "version", "effective_on"),
                        name="one_overlay_that_says_this",
                    ),
                ],
            },
        ),
    ]

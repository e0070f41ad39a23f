"""What lay in the folder of files and could not be taken up."""

import functools

import django.db.models.deletion
import uuid6
from django.db import migrations, models

import wholeperson.record.ids
import wholeperson.record.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_saved_views"),
        ("exchange", "0003_a_large_file_waits"),
    ]

    operations = [
        migrations.CreateModel(
            name="TurnedAway",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("not",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("name", wholeperson.record.sealed.SealedText()),
                ("fingerprint", models.CharField(editable=False, max_length=64, unique=True)),
                ("size", models.BigIntegerField()),
                ("why", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]

"""Two records that may be of one person; seen by whoever sees both."""

import functools

import django.db.models.deletion
import uuid6
from django.db import migrations, models

import wholeperson.record.ids
from wholeperson.casework.members.walls import WallOfPairs


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_ways_to_reach"),
    ]

    operations = [
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("two",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("status", models.CharField(default="open", editable=False, max_length=40)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("open", "apart"))), name="lawful_likeness_status"
                    ),
                    models.UniqueConstraint(fields=("first", "second"), name="one_likeness_of_two"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="two_in_one_order"
                    ),
                ],
            },
        ),
        WallOfPairs("members_likeness"),
    ]

"""The index of the search: entries, how their words are spelled, and what it was made from."""

import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Built",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=20)),
                ("url", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("shown_in", models.CharField(max_length=20)),
                ("place", models.BigIntegerField(unique=True)),
                ("named", models.TextField()),
                ("said", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "language"), name="one_entry_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=20)),
                ("variant", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("language", "variant", "word"), name="spelled_once")],
            },
        ),
    ]

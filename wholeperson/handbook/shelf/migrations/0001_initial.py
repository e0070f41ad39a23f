"""The shelf's first tables: editions of pieces, their wording, what people have been through, checks of contacts."""

import functools

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import wholeperson.record.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("pce",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("status", models.CharField(default="draft", editable=False, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("bulletin", "bulletin"), ("learning", "learning"), ("question", "question")],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("edition", models.PositiveIntegerField(default=1)),
                ("dated", models.DateField()),
                ("provider_types", models.JSONField(default=list)),
                ("plans", models.JSONField(default=list)),
                ("programmes", models.JSONField(default=list)),
                ("recording", models.URLField(blank=True)),
                ("captions", models.TextField(blank=True)),
                ("slides", models.URLField(blank=True)),
                ("hands", models.JSONField(default=list)),
                ("reviewed_on", models.DateField(null=True)),
                ("review_by", models.DateField(null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(choices=[("en", "en"), ("es", "es"), ("zh-hant", "zh-hant")], max_length=20),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, max_length=400)),
                ("body", models.TextField()),
                (
                    "piece",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="shelf.piece"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContactCheck",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("plan", models.CharField(max_length=60)),
                ("contact", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("hours", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "contact", "-on"], name="checks_of_a_contact")],
            },
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "topic"), name="done_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("draft", "waiting", "reviewed", "published", "superseded", "withdrawn"))
                ),
                name="lawful_piece_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bulletin", "learning", "question"])), name="known_kind_of_piece"
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(fields=("kind", "key", "edition"), name="one_edition_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")), fields=("kind", "key"), name="one_published_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("piece", "language"), name="one_wording_a_language"),
        ),
    ]

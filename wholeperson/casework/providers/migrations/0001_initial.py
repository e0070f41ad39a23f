"""What is kept of organizations that want to become providers."""

import functools

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import wholeperson.record.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0004_drafts"),
        ("record", "0006_documents_written_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("app",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("status", models.CharField(default="draft", editable=False, max_length=40)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(default="en", max_length=20)),
                ("legal_name", models.CharField(max_length=200)),
                ("other_name", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("npi", models.CharField(blank=True, db_index=True, max_length=10)),
                ("tin", models.CharField(blank=True, max_length=10)),
                ("medi_cal", models.CharField(blank=True, max_length=20)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("contact_name", models.CharField(max_length=200)),
                ("contact_title", models.CharField(blank=True, max_length=120)),
                ("contact_email", models.EmailField(max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=40)),
                ("languages", models.JSONField(default=list)),
                ("staff", models.JSONField(default=dict)),
                ("years", models.PositiveSmallIntegerField(null=True)),
                ("experience", models.TextField(blank=True)),
                ("done", models.JSONField(default=list)),
                ("question", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("contract_from", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applied",
                        to="access.organisation",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="access.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApplicationCounty",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=40)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counties", to="providers.application"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApplicationLink",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="providers.application"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationNote",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="providers.application"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationPaper",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("item", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="providers.application"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.document"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationService",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("programme", models.CharField(max_length=60)),
                ("capacity", models.PositiveIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="services", to="providers.application"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(
                        default=functools.partial(wholeperson.record.ids.public_id, *("att",), **{}),
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("programme", models.CharField(max_length=60)),
                ("item", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("renew_by", models.DateField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="providers.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="access.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["plan", "status", "due_at"], name="applications_of_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "draft",
                            "interest",
                            "lapsed",
                            "screened",
                            "asked",
                            "documents",
                            "vetting",
                            "contract",
                            "ready",
                            "listed",
                            "declined",
                            "withdrawn",
                        ),
                    )
                ),
                name="lawful_provider_application_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "plan",
                            "ecm_provider",
                            "community_supports_provider",
                            "network_lead",
                            "hospital",
                            "clinic",
                            "community_organisation",
                            "county",
                            "county_behavioral_health",
                            "correctional_facility",
                            "state",
                        ],
                    )
                ),
                name="known_kind_of_applicant",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationcounty",
            constraint=models.UniqueConstraint(fields=("application", "county"), name="one_row_for_a_county"),
        ),
        migrations.AddConstraint(
            model_name="applicationservice",
            constraint=models.UniqueConstraint(fields=("application", "programme"), name="one_row_for_a_service"),
        ),
        migrations.AddIndex(
            model_name="attestation",
            index=models.Index(fields=["renew_by"], name="attestations_by_their_end"),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.UniqueConstraint(
                fields=("application", "programme", "item"), name="one_row_for_an_attestation"
            ),
        ),
    ]

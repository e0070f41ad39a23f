"""A large file is kept as it came, and checked by the worker."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_saved_views"),
        ("exchange", "0004_what_was_turned_away"),
        ("record", "0007_documents_under_a_new_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="received",
            name="known_outcome_of_a_file",
        ),
        migrations.RemoveConstraint(
            model_name="received",
            name="lawful_received_file_status",
        ),
        migrations.AlterField(
            model_name="received",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "accepted"),
                    ("accepted_with_warnings", "accepted_with_warnings"),
                    ("partly", "partly"),
                    ("rejected", "rejected"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="received",
            name="status",
            field=models.CharField(default="arrived", editable=False, max_length=40),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("arrived", "checked", "loaded", "waiting"))),
                name="lawful_received_file_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "accepted", "accepted_with_warnings", "partly", "rejected"])),
                name="known_outcome_of_a_file",
            ),
        ),
    ]

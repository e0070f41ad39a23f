"""A large file waits for the worker before it is loaded."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_roles_in_addresses"),
        ("exchange", "0002_files_that_replace"),
        ("record", "0007_documents_under_a_new_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="received",
            name="lawful_received_file_status",
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("checked", "loaded", "waiting"))), name="lawful_received_file_status"
            ),
        ),
    ]

"""An index by which the few plans are found among all organizations."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_saved_views"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["kind", "name"], name="organisations_by_kind"),
        ),
    ]

"""The last review of each care plan is found along an index: a list of work asks for it of every case at once."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0006_when_they_were_reached"),
        ("members", "0021_preferred_names_are_no_legal_ones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="planreview",
            index=models.Index(
                models.F("case"),
                models.OrderBy(models.F("reviewed_on"), descending=True),
                models.OrderBy(models.F("kept_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("struck_at", None)),
                name="last_review_of_a_case",
            ),
        ),
    ]

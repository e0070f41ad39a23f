"""Open cases are counted in an index, and read in its order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0003_reviews_with_other_words"), ("members", "0020_reasons_in_one_look")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("status__in", ("assigned", "outreach", "enrolled"))),
                fields=["organisation", "id"],
                include=("member", "lead", "plan", "status"),
                name="open_cases_in_order",
            ),
        ),
    ]

"""A review of the same days with other words is another row: what somebody typed is never dropped."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("care", "0002_plan_reviews")]

    operations = [migrations.RemoveConstraint(model_name="planreview", name="one_review_of_a_day")]

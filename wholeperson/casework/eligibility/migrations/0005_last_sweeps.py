"""The last sweep of a plan is found along an index, and the wall of its lines calls no function for each."""

from django.db import migrations, models

from wholeperson.casework.members.walls import Anew


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0004_sweeps"), ("members", "0016_joinings_without_a_function")]

    operations = [
        migrations.AddIndex(
            model_name="sweep",
            index=models.Index(fields=["organisation", "on", "taken_at", "id"], name="last_sweep_of_a_plan"),
        ),
        Anew("eligibility_finding"),
    ]

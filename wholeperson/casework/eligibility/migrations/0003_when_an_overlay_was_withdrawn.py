"""The day on which an approved overlay was withdrawn: it still stands for the days before that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("eligibility", "0002_determinations"),
    ]

    operations = [
        migrations.AddField(
            model_name="overlay",
            name="withdrawn_on",
            field=models.DateField(null=True),
        ),
    ]

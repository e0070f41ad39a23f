"""Of what was told from outside, which house it was: who said no by telephone is not offered again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0010_counted_in_the_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="elsewhere",
            name="house",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]

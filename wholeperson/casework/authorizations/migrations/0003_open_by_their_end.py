"""What is open is read in the order of its end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authorizations", "0002_the_referral_behind")]

    operations = [
        migrations.AddIndex(
            model_name="authorization",
            index=models.Index(
                condition=models.Q(("status__in", ("undecided", "approved"))),
                fields=["organisation", "ends", "id"],
                name="open_by_their_end",
            ),
        ),
    ]

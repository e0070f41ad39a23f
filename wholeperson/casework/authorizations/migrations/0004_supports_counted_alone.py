"""Community Supports are counted in an index without care management; the house looks up no reason when it counts."""

from django.db import migrations, models

from wholeperson.casework.members.walls import OneByOne


class Migration(migrations.Migration):
    dependencies = [("authorizations", "0003_open_by_their_end"), ("members", "0020_reasons_in_one_look")]

    operations = [
        migrations.AddIndex(
            model_name="authorization",
            index=models.Index(
                condition=models.Q(("programme", "ecm"), _negated=True),
                fields=["organisation", "plan"],
                name="supports_by_partner",
            ),
        ),
        OneByOne("authorizations_authorization", needs="'care'"),
    ]

"""Both walls find a member's reasons in one index, and no wall calls a function for each row of what is known."""

import django.db.models.deletion
from django.db import migrations, models

from wholeperson.casework.members.walls import AnewAtOnce, PairsAnew


class Migration(migrations.Migration):
    dependencies = [("members", "0019_contacts_without_an_account")]

    operations = [
        migrations.AlterField(
            model_name="relationship",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relationships",
                to="members.member",
            ),
        ),
        migrations.AddIndex(
            model_name="relationship",
            index=models.Index(
                fields=["member", "organisation", "person"],
                include=("since", "until", "ends_at", "scope"),
                name="reasons_of_a_member",
            ),
        ),
        AnewAtOnce("members_fact"),
        AnewAtOnce("members_consent"),
        PairsAnew("members_likeness"),
    ]

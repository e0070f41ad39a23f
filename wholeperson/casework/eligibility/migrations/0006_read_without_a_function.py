"""What was decided is read without a function for each row, and the lines of a sweep in one look."""

from django.db import migrations

from wholeperson.casework.members.walls import AnewAtOnce


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0005_last_sweeps"), ("members", "0020_reasons_in_one_look")]

    operations = [
        AnewAtOnce("eligibility_determination"),
        AnewAtOnce("eligibility_basis"),
        AnewAtOnce("eligibility_telling"),
    ]

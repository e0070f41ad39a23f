"""The walls look for a reason by a join that is planned with the query, no longer by a function called for each row."""

from django.db import migrations

from wholeperson.casework.members.walls import WallsAnew


class Migration(migrations.Migration):
    dependencies = [("members", "0009_records_that_look_alike")]

    operations = [WallsAnew()]

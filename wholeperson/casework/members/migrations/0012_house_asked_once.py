"""Whether the house itself asks is asked once in a query, no longer of each row."""

from django.db import migrations

from wholeperson.casework.members.walls import HouseAskedOnce


class Migration(migrations.Migration):
    dependencies = [("members", "0011_records_of_one_person")]

    operations = [HouseAskedOnce()]

"""Which records are of one person is asked for each line of a long list: its wall calls no function for that."""

from django.db import migrations

from wholeperson.casework.members.walls import JoiningsAnew


class Migration(migrations.Migration):
    dependencies = [("members", "0015_facts_corrected")]

    operations = [JoiningsAnew("members_joining")]

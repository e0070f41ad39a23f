"""Row-level policies of PostgreSQL on every table that belongs to members."""

from django.db import migrations

from wholeperson.casework.members.walls import Wall, WallFunctions, WallOfReasons, WallOfReviews


class Migration(migrations.Migration):
    dependencies = [("members", "0002_consents_facts_and_moments")]

    operations = [
        WallFunctions(),
        WallOfReasons("members_relationship"),
        Wall("members_member", member="id"),
        Wall("members_identifier", needs="'care'"),
        Wall("members_fact", needs="scope"),
        Wall("members_consent", needs="scope"),
        WallOfReviews("members_breakglass"),
    ]

"""What waits to leave the house is put there and read by the house alone."""

from django.db import migrations

from wholeperson.casework.members.walls import WallOfLetters


class Migration(migrations.Migration):
    dependencies = [("members", "0004_wall_of_papers"), ("record", "0006_documents_written_once")]

    operations = [WallOfLetters("record_outgoing")]

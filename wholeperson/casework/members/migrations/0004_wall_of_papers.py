"""Row-level policies on documents: read as deep as one sees the member they are about; about nobody, by the house."""

from django.db import migrations

from wholeperson.casework.members.walls import Wall


class Migration(migrations.Migration):
    dependencies = [("members", "0003_second_wall"), ("record", "0006_documents_written_once")]

    operations = [Wall("record_document", member="subject_id", needs="scope")]

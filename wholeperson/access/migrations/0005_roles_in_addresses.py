"""A public id for each role that somebody has: an address had carried the key of its row."""

from functools import partial

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from wholeperson.record import ids


def name_them(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("access", "Membership").objects.using(editor.connection.alias)
    for row in rows.filter(public_id=None).only("pk").iterator():
        rows.filter(pk=row.pk).update(public_id=ids.public_id("rol"))


class Migration(migrations.Migration):
    dependencies = [("access", "0004_drafts")]

    operations = [
        migrations.AddField("membership", "public_id", models.CharField(max_length=14, null=True, editable=False)),
        migrations.RunPython(name_them, migrations.RunPython.noop, elidable=False),
        migrations.AlterField(
            "membership",
            "public_id",
            models.CharField(default=partial(ids.public_id, "rol"), editable=False, max_length=14, unique=True),
        ),
    ]

"""How far records were compared, and indexes by which the new ones find whom they may be."""

import django.db.models.functions.text
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0012_house_asked_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Compared",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("up_to", models.UUIDField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["birth_date"], name="member_by_birth_date"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                django.db.models.functions.text.Lower("family_name"),
                django.db.models.functions.text.Lower("given_name"),
                name="member_by_name",
            ),
        ),
    ]

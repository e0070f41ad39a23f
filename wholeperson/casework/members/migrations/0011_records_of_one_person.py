"""That two records are of one person, as somebody said; seen by whoever sees both."""

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import wholeperson.record.sealed
from wholeperson.casework.members.walls import WallOfJoinings


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0010_walls_by_a_join"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Joining",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("why", wholeperson.record.sealed.SealedText()),
                ("at", models.DateTimeField()),
                ("parted_why", wholeperson.record.sealed.SealedText(blank=True, default="")),
                ("parted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="likeness",
            name="lawful_likeness_status",
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("open", "apart", "joined"))), name="lawful_likeness_status"
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="gone",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"),
        ),
        migrations.AddField(
            model_name="joining",
            name="into",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"),
        ),
        migrations.AddField(
            model_name="joining",
            name="likeness",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="joinings", to="members.likeness"
            ),
        ),
        migrations.AddField(
            model_name="joining",
            name="parted_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="joining",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parted_at", None)), fields=("gone",), name="one_record_goes_into_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="joining",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone", models.F("into")), _negated=True), name="no_record_goes_into_itself"
            ),
        ),
        WallOfJoinings("members_joining"),
    ]

"""The referral behind an authorization, and one list of the State's words for both rooms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BEFORE, NOW = "no_longer_needs", "no_longer_needs_or_declines"


def say_it_alike(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("authorizations", "Answer")._base_manager.filter(closure=BEFORE).update(closure=NOW)


def say_it_as_before(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("authorizations", "Answer")._base_manager.filter(closure=NOW).update(closure=BEFORE)


class Migration(migrations.Migration):
    dependencies = [
        ("authorizations", "0001_initial"),
        ("members", "0008_ways_to_reach"),
        ("referrals", "0002_links_states_and_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="answer",
            name="known_answer_to_a_referral",
        ),
        migrations.RemoveConstraint(
            model_name="answer",
            name="a_closed_loop_says_why",
        ),
        migrations.AddField(
            model_name="authorization",
            name="referral",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="authorizations",
                to="referrals.referral",
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="answer",
            field=models.CharField(
                choices=[
                    ("pending", "pending"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("outreach_initiated", "outreach_initiated"),
                    ("referral_loop_closed", "referral_loop_closed"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="closure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("services_received", "services_received"),
                    ("provider_declined", "provider_declined"),
                    ("unable_to_reach", "unable_to_reach"),
                    ("no_longer_eligible", "no_longer_eligible"),
                    ("no_longer_needs_or_declines", "no_longer_needs_or_declines"),
                    ("other", "other"),
                ],
                max_length=30,
            ),
        ),
        migrations.RunPython(say_it_alike, say_it_as_before),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer__in", ["pending", "accepted", "declined", "outreach_initiated", "referral_loop_closed"])
                ),
                name="known_answer_to_a_referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", "referral_loop_closed"),
                        (
                            "closure__in",
                            [
                                "services_received",
                                "provider_declined",
                                "unable_to_reach",
                                "no_longer_eligible",
                                "no_longer_needs_or_declines",
                                "other",
                            ],
                        ),
                    ),
                    models.Q(models.Q(("answer", "referral_loop_closed"), _negated=True), ("closure", "")),
                    _connector="OR",
                ),
                name="a_closed_loop_says_why",
            ),
        ),
    ]

"""Lists of work are counted in their indexes, which say of each row whose it is and about whom."""

from django.db import migrations, models

TURN = ("received", "screened", "on_hold", "elsewhere")
AWAY = ("asked", "sent", "accepted", "reaching", "started")
HELD = ("accepted", "reaching", "started", "on_hold")


class Migration(migrations.Migration):
    dependencies = [("members", "0020_reasons_in_one_look"), ("referrals", "0009_the_first_try")]

    operations = [
        *(
            migrations.RemoveIndex(model_name=model, name=name)
            for model, name in (
                ("referral", "referrals_ones_turn"),
                ("referral", "referrals_away"),
                ("referral", "referrals_held"),
                ("sending", "sendings_in_order"),
            )
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("status__in", TURN)),
                fields=["handled_by", "due_at", "id"],
                include=("member", "status"),
                name="turns_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("status__in", AWAY)),
                fields=["handled_by", "due_at", "id"],
                include=("member", "status", "provider"),
                name="away_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("status__in", HELD)),
                fields=["provider", "due_at", "id"],
                include=("member", "status", "handled_by"),
                name="held_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["organisation", "due_at", "referral"],
                include=("member",),
                name="waiting_in_order",
            ),
        ),
    ]

"""The second wall for missed calls and half-written forms: of no member yet, but with people's names."""

from django.db import migrations

from wholeperson.casework.members.walls import WallOfOne, WallOfPosts


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_forms_of_plans"), ("members", "0013_compared_up_to")]

    operations = [WallOfPosts("referrals_callback"), WallOfOne("referrals_halfdone")]

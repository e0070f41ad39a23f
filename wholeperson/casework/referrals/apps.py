"""The app's name and label; both are final."""

from django.apps import AppConfig


class Referrals(AppConfig):
    name = "wholeperson.casework.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

"""The app's name and label; both are final."""

from django.apps import AppConfig


class Screener(AppConfig):
    name = "wholeperson.handbook.screener"
    label = "screener"
    default_auto_field = "django.db.models.BigAutoField"

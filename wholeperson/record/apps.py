"""The app's name and label; both are final."""

from django.apps import AppConfig


class Record(AppConfig):
    name = "wholeperson.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

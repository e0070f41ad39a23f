"""The app's name and label; both are final."""

from django.apps import AppConfig


class Programs(AppConfig):
    name = "wholeperson.handbook.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"

"""The app's name and label; both are final."""

from django.apps import AppConfig


class Access(AppConfig):
    name = "wholeperson.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

"""The app's name and label; both are final."""

from django.apps import AppConfig


class Members(AppConfig):
    name = "wholeperson.casework.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"

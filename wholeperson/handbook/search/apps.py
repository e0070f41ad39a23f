"""The app's name and label; both are final."""

from django.apps import AppConfig


class Search(AppConfig):
    name = "wholeperson.handbook.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

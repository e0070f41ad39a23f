"""The app's name and label; both are final."""

from django.apps import AppConfig


class Shelf(AppConfig):
    name = "wholeperson.handbook.shelf"
    label = "shelf"
    default_auto_field = "django.db.models.BigAutoField"

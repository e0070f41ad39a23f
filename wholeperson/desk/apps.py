"""The app's name and label; it has no tables."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "wholeperson.desk"
    label = "desk"

"""The app's name and label. The label never changes: tables and migrations are named after it."""

from django.apps import AppConfig


class Releases(AppConfig):
    name = "wholeperson.casework.releases"
    label = "releases"

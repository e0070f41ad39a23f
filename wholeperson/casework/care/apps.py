"""The app's name and label. The label never changes: tables and migrations are named after it."""

from django.apps import AppConfig


class Care(AppConfig):
    name = "wholeperson.casework.care"
    label = "care"

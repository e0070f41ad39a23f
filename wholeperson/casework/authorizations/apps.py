"""The app's name and label. The label never changes: tables and migrations are named after it."""

from django.apps import AppConfig


class Authorizations(AppConfig):
    name = "wholeperson.casework.authorizations"
    label = "authorizations"

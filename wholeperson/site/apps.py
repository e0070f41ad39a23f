"""The app that holds the base templates, the look and the site's own commands; it has no tables."""

from django.apps import AppConfig


class Site(AppConfig):
    name = "wholeperson.site"
    label = "site"

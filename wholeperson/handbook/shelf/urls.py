"""Where the shelf room is."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

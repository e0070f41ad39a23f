"""Where the screener room is."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Where the search room is."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

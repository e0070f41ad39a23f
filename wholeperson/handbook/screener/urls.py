"""Where the screener room is. Answers are never part of an address."""

from django.urls import URLPattern, path

from wholeperson.handbook.screener import views

urlpatterns: list[URLPattern] = [
    path("screener/", views.screener, name="screener"),
    path("screener/keep/", views.keep, name="screener_keep"),
]

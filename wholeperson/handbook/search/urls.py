"""Where the search is."""

from django.urls import path

from wholeperson.handbook.search import views

urlpatterns = [path("search/", views.search, name="search")]

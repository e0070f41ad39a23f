"""Where the pages of the programs are."""

from django.urls import path

from wholeperson.handbook.programs import views

urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/<str:name>/", views.program, name="program"),
]

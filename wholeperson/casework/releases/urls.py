"""Where releases are."""

from django.urls import path

from wholeperson.casework.releases import views

urlpatterns = [
    path("releases/", views.releases, name="releases"),
    path("releases/tell/<slug:public_id>/", views.tell, name="release_tell"),
]

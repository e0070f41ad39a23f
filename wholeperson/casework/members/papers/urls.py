"""Where papers are handed over."""

from django.urls import path

from wholeperson.casework.members.papers import views

urlpatterns = [path("documents/<slug:public_id>/", views.document, name="document")]

"""Where the desk is."""

from django.urls import path

from wholeperson.desk import views

urlpatterns = [path("desk/", views.desk, name="desk")]

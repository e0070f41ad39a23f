"""Where the pages of members are."""

from django.urls import path

from wholeperson.casework.members import views

urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/<slug:public_id>/", views.member, name="member"),
]

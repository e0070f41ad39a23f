"""Where authorizations are."""

from django.urls import path

from wholeperson.casework.authorizations import views

ONE = "authorizations/<slug:public_id>/"
urlpatterns = [
    path("authorizations/", views.authorizations, name="authorizations"),
    path("authorizations/new/", views.new, name="authorization_new"),
    path(ONE, views.authorization, name="authorization"),
    path(f"{ONE}told/", views.told, name="authorization_told"),
    path(f"{ONE}answer/", views.answer, name="authorization_answer"),
    path(f"{ONE}units/", views.draw, name="authorization_draw"),
]

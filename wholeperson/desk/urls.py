"""Where the desk is."""

from django.urls import path

from wholeperson.desk import many, views, worklists

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/work/", worklists.worklist, name="work"),
    path("desk/work/views/", worklists.keep, name="work_keep"),
    path("desk/work/views/<slug:public_id>/drop/", worklists.drop, name="work_drop"),
    path("desk/work/many/", many.many, name="work_many"),
]

"""Where the desk is."""

from django.urls import path

from wholeperson.desk import many, views, worklists
from wholeperson.desk.capacity.views import capacity, capacity_file
from wholeperson.desk.equity.views import equity, equity_file
from wholeperson.desk.found.views import may_fit
from wholeperson.desk.loop.views import chart_file, loop
from wholeperson.desk.story.views import story
from wholeperson.desk.trail.views import trail, trail_file

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/work/", worklists.worklist, name="work"),
    path("desk/work/views/", worklists.keep, name="work_keep"),
    path("desk/work/views/<slug:public_id>/drop/", worklists.drop, name="work_drop"),
    path("desk/work/many/", many.many, name="work_many"),
    path("members/<slug:public_id>/story/", story, name="member_story"),
    path("loop/", loop, name="loop"),
    path("loop/<slug:key>.csv", chart_file, name="loop_file"),
    path("equity/", equity, name="equity"),
    path("equity/<slug:key>.csv", equity_file, name="equity_file"),
    path("capacity/", capacity, name="capacity"),
    path("capacity/counties.csv", capacity_file, name="capacity_file"),
    path("may-fit/", may_fit, name="may_fit"),
    path("trail/", trail, name="trail"),
    path("trail/rows.csv", trail_file, name="trail_file"),
]

"""Where files are."""

from django.urls import path

from wholeperson.exchange import views

RETURN = "exchange/return/<slug:plan>/<str:month>/"
urlpatterns = [
    path("exchange/", views.exchange, name="exchange"),
    path("exchange/sent/<slug:public_id>/", views.sent, name="exchange_sent"),
    path(RETURN, views.return_file, name="return_file"),
    path(f"{RETURN}trial/", views.trial, name="return_trial"),
    path(f"{RETURN}test-file/", views.test_file, name="return_test"),
    path(f"{RETURN}send/", views.send, name="return_send"),
    path("exchange/<slug:public_id>/", views.file, name="exchange_file"),
    path("exchange/<slug:public_id>/load/", views.load, name="exchange_load"),
    path("exchange/<slug:public_id>/fix-list/", views.mending, name="exchange_fix_list"),
]

"""Where files are."""

from django.urls import path

from wholeperson.exchange.billing.views import billing
from wholeperson.exchange.views import charts, ledger, monthly, requests

RETURN = "exchange/return/<slug:plan>/<str:month>/"
urlpatterns = [
    path("billing/", billing, name="billing"),
    path("exchange/", ledger.exchange, name="exchange"),
    path("exchange/month/", monthly.month_end, name="month_end"),
    path("exchange/month/charts/", charts.month_charts, name="month_charts"),
    path("exchange/month/charts/<slug:key>.csv", charts.month_charts_file, name="month_charts_file"),
    path("exchange/requests/", requests.requests, name="exchange_requests"),
    path("exchange/requests/template/", requests.template, name="exchange_requests_template"),
    path("exchange/sent/<slug:public_id>/", monthly.sent, name="exchange_sent"),
    path(RETURN, monthly.return_file, name="return_file"),
    path(f"{RETURN}leads/", monthly.leads, name="return_leads"),
    path(f"{RETURN}trial/", monthly.trial, name="return_trial"),
    path(f"{RETURN}test-file/", monthly.test_file, name="return_test"),
    path(f"{RETURN}send/", monthly.send, name="return_send"),
    path(f"{RETURN}correct/", monthly.correct, name="return_correct"),
    path("exchange/<slug:public_id>/", ledger.file, name="exchange_file"),
    path("exchange/<slug:public_id>/load/", ledger.load, name="exchange_load"),
    path("exchange/<slug:public_id>/again/", ledger.again, name="exchange_again"),
    path("exchange/<slug:public_id>/stop/", ledger.stop, name="exchange_stop"),
    path("exchange/<slug:public_id>/fix-list/", ledger.mending, name="exchange_fix_list"),
    path("exchange/<slug:public_id>/fix-list/make/", ledger.mend_later, name="exchange_fix_list_make"),
]

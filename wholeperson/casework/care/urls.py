"""Where care management is."""

from django.urls import path

from wholeperson.casework.care import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/hand-over/", views.hand_over, name="hand_over"),
    path("cases/<slug:public_id>/", views.case, name="case"),
    path("cases/<slug:public_id>/contact/", views.contact, name="case_contact"),
    path("cases/<slug:public_id>/contacts/<slug:contact_id>/strike/", views.strike, name="case_strike"),
    path("cases/<slug:public_id>/lead/", views.lead, name="case_lead"),
    path("cases/<slug:public_id>/review/", views.review, name="case_review"),
    path("cases/<slug:public_id>/review/strike/", views.strike_review, name="case_review_strike"),
    path("cases/<slug:public_id>/steps/<slug:verb>/", views.step, name="case_step"),
]

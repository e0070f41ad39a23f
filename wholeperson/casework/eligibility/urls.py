"""Where the overlays of plans are."""

from django.urls import path

from wholeperson.casework.eligibility import views

urlpatterns = [
    path("policy/overlays/", views.overlays, name="overlays"),
    path("policy/overlays/new/", views.upload, name="overlay_upload"),
    path("policy/overlays/<slug:public_id>/", views.overlay, name="overlay"),
    path("policy/overlays/<slug:public_id>/approve/", views.approve, name="overlay_approve"),
    path("policy/overlays/<slug:public_id>/return/", views.send_back, name="overlay_return"),
    path("policy/overlays/<slug:public_id>/withdraw/", views.withdraw, name="overlay_withdraw"),
]

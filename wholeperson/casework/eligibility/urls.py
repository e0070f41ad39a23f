"""Where the overlays of plans are, and what may fit a member."""

from django.urls import path

from wholeperson.casework.eligibility.views import facts, lists, members, overlays

urlpatterns = [
    path("policy/overlays/", overlays.overlays, name="overlays"),
    path("policy/overlays/new/", overlays.upload, name="overlay_upload"),
    path("policy/overlays/<slug:public_id>/", overlays.overlay, name="overlay"),
    path("policy/overlays/<slug:public_id>/approve/", overlays.approve, name="overlay_approve"),
    path("policy/overlays/<slug:public_id>/return/", overlays.send_back, name="overlay_return"),
    path("policy/overlays/<slug:public_id>/withdraw/", overlays.withdraw, name="overlay_withdraw"),
    path("may-fit/changes/", lists.changes, name="determination_changes"),
    path("members/<slug:public_id>/facts/", facts.member_facts, name="member_facts"),
    path("members/<slug:public_id>/programs/", members.programs, name="member_programs"),
    path("members/<slug:public_id>/programs/<slug:determination_id>/", members.program, name="member_program"),
]

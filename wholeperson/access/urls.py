"""Where the pages of people and organisations are."""

from django.urls import path

from wholeperson.access import invitation_views, views

urlpatterns = [
    path("roles/", views.roles, name="roles"),
    path("account/sessions/", views.sessions, name="sessions"),
    path("account/sessions/<slug:session>/end/", views.session_end, name="session_end"),
    path("lock/", views.lock_screen, name="lock"),
    path("lock/still-here/", views.still_here, name="still_here"),
    path("organizations/", views.organisations, name="organisations"),
    path("organizations/add/", views.add_organisation, name="organisation_add"),
    path("organizations/<slug:public_id>/", views.organisation, name="organisation"),
    path("organizations/<slug:public_id>/numbers/", views.add_number, name="organisation_number"),
    path("organizations/<slug:public_id>/roles/<slug:membership>/", views.end_role, name="role_end"),
    path("organizations/<slug:public_id>/invite/", invitation_views.invite, name="invite"),
    path(
        "organizations/<slug:public_id>/invitations/<slug:invitation>/withdraw/",
        invitation_views.withdraw,
        name="invitation_withdraw",
    ),
    path("invitation/", invitation_views.invitation, name="invitation"),
    path("invitation/<str:token>/", invitation_views.open_link, name="invitation_link"),
]

"""Where the pages of members are."""

from django.urls import path

from wholeperson.casework.members.views import (
    alike,
    break_glass,
    consents,
    contacts,
    family,
    naming,
    needs,
    people,
    reaching,
)

urlpatterns = [
    path("members/", people.member_list, name="members"),
    path("members/export/", people.export, name="members_export"),
    path("members/twice/", alike.twice, name="members_twice"),
    path("members/twice/<slug:pair_id>/", alike.decide, name="members_decide"),
    path("members/twice/<slug:pair_id>/join/", alike.join, name="members_join"),
    path("members/twice/<slug:pair_id>/undo/", alike.part, name="members_part"),
    path("members/<slug:public_id>/", people.member, name="member"),
    path("members/<slug:public_id>/reach/", reaching.reach, name="member_reach"),
    path("members/<slug:public_id>/contacts/", contacts.member_contacts, name="member_contacts"),
    path("members/<slug:public_id>/contacts/<slug:contact_id>/strike/", contacts.strike, name="member_contact_strike"),
    path("members/<slug:public_id>/family/", family.member_family, name="member_family"),
    path("members/<slug:public_id>/name/", naming.member_name, name="member_name"),
    path("members/<slug:public_id>/needs/", needs.member_needs, name="member_needs"),
    path("members/<slug:public_id>/consents/", consents.consents, name="consents"),
    path("members/<slug:public_id>/consents/new/", consents.new, name="consent_new"),
    path("members/<slug:public_id>/consents/<slug:consent_id>/", consents.consent, name="consent"),
    path("members/<slug:public_id>/consents/<slug:consent_id>/revoke/", consents.revoke, name="consent_revoke"),
    path("break-glass/", break_glass.break_glass, name="break_glass"),
    path("break-glass/review/", break_glass.review, name="break_glass_review"),
    path("break-glass/review/<slug:glass_id>/", break_glass.judge, name="break_glass_judge"),
]

"""Where the directory is, and where applications are: the applicant's side, then the plan's."""

from django.urls import path

from wholeperson.casework.providers.views import applying, deciding, directory, keeping, room

urlpatterns = [
    path("providers/", directory.providers, name="providers"),
    path("providers/<slug:public_id>/", directory.provider, name="provider"),
    path("directory/", keeping.kept, name="directory"),
    path("directory/new/", keeping.service_new, name="service_new"),
    path("directory/places/new/", keeping.site_new, name="site_new"),
    path("directory/places/<slug:public_id>/", keeping.site_change, name="site_change"),
    path("directory/<slug:public_id>/", keeping.service_change, name="service_change"),
    path("directory/<slug:public_id>/room/", room.service_room, name="service_room"),
    path("directory/<slug:public_id>/contract/", keeping.service_contract, name="service_contract"),
    path("directory/<slug:public_id>/steps/<slug:verb>/", keeping.service_step, name="service_step"),
    path("free/<str:token>/", room.room_link, name="room_link"),
    path("become-a-provider/", applying.become_a_provider, name="become_a_provider"),
    path("become-a-provider/begin/", applying.begin, name="application_begin"),
    path("become-a-provider/link/", applying.link_again, name="application_link_again"),
    path("become-a-provider/link/<str:token>/", applying.open_link, name="application_link"),
    path("become-a-provider/leave/", applying.leave, name="application_leave"),
    path("become-a-provider/mine/", applying.mine, name="application_mine"),
    path("become-a-provider/mine/send/", applying.go, name="application_go"),
    path("become-a-provider/mine/withdraw/", applying.withdraw, name="application_withdraw"),
    path("become-a-provider/mine/papers/", applying.papers, name="application_papers"),
    path("become-a-provider/mine/papers/<slug:document>/back/", applying.paper_back, name="application_paper_back"),
    path("become-a-provider/mine/<slug:step>/", applying.step, name="application_step"),
    path("applications/", deciding.applications, name="applications"),
    path("applications/statements/", deciding.to_renew, name="attestations"),
    path("applications/statements/<slug:attestation>/renew/", deciding.renew, name="attestation_renew"),
    path("applications/<slug:public_id>/", deciding.application, name="application"),
    path("applications/<slug:public_id>/notes/", deciding.note, name="application_note"),
    path("applications/<slug:public_id>/looks/", deciding.look, name="application_look"),
    path("applications/<slug:public_id>/papers/<slug:document>/", deciding.paper, name="application_paper"),
    path("applications/<slug:public_id>/steps/<slug:verb>/", deciding.decide, name="application_decide"),
]

"""Where the pages of the programs are."""

from django.urls import path

from wholeperson.handbook.programs import views

urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/calaim/", views.calaim, name="calaim"),
    path("programs/justice-involved/", views.justice_involved, name="justice_involved"),
    path("programs/changes/", views.changes, name="program_changes"),
    path("programs/<str:name>/", views.program, name="program"),
    path("programs/<str:name>/guide/", views.guide, name="program_guide"),
    path("programs/<str:name>/guide.pdf", views.guide_pdf, name="program_guide_pdf"),
]

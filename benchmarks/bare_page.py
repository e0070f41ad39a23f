"""One empty page of a member, twice: as every page of ours is asked for, and without permission, scoping and trail."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path

from wholeperson.access.request import Request
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.views.seen import seen
from wholeperson.site.urls import urlpatterns as ours

EMPTY = '{% extends "page.html" %}{% block main %}<h1>{{ member.called }}</h1>{% endblock %}'


def shown(request: HttpRequest, member: Member) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(EMPTY).render({"member": member}, request))


def bare(request: HttpRequest, public_id: str) -> HttpResponse:
    return shown(request, get_object_or_404(Member, public_id=public_id))


def scoped(request: Request, public_id: str) -> HttpResponse:
    return shown(request, seen(request, public_id, verb="member.look_at")[0])


def leads_here(answer: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """A middleware that only says where the addresses are."""

    def led(request: HttpRequest) -> Any:
        request.urlconf = "benchmarks.bare_page"
        return answer(request)

    return led


# The name is that of the real page, so that the permission table has its row.
urlpatterns = [
    path("bare/<slug:public_id>/", bare),
    path("scoped/<slug:public_id>/", scoped, name="member"),
    *ours,
]

"""The member's page without permission table, scoping and trail: what such a page costs at the very least."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from wholeperson import clock
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.presenters import MemberPage
from wholeperson.casework.members.queries import Sight
from wholeperson.site.urls import urlpatterns as ours


def bare(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Member, public_id=public_id)
    page = MemberPage(found, Sight("part2", found.pk), clock.today())
    return render(request, "members/member.html", {"page": page})


def leads_here(answer: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """The middleware in place of ours: it only says where the addresses are."""

    def led(request: HttpRequest) -> Any:
        request.urlconf = "benchmarks.bare_page"
        return answer(request)

    return led


urlpatterns = [path("bare/<slug:public_id>/", bare), *ours]

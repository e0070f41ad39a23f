"""The addresses of the site, and one page more with nothing in it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from wholeperson.site.urls import urlpatterns as ours

EMPTY = '{% extends "page.html" %}{% block main %}<h1>Empty</h1>{% endblock %}'


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(EMPTY).render({}, request))


def leads_here(answer: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """A middleware that only says where the addresses are."""

    def led(request: HttpRequest) -> Any:
        request.urlconf = "benchmarks.searching.empty_page"
        return answer(request)

    return led


# The name is that of a page that anyone may open, so that the permission table has its row.
urlpatterns = [path("empty/", empty, name="healthz"), *ours]

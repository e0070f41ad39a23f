"""The first page of the site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request


@require_safe
def home(request: Request) -> HttpResponse:
    return render(request, "home.html")

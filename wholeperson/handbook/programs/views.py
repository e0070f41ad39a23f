"""The pages of the programs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.handbook import reading


@require_safe
def programs(request: Request) -> HttpResponse:
    known = reading.policy()
    return render(request, "programs/programs.html", {"programs": list(known.programmes.values())})

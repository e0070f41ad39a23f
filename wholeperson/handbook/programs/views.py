"""The pages of the programs: whatever they say stands in the policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.handbook import reading
from wholeperson.handbook.programs import asked, cards, parts, pictures, unknown
from wholeperson.handbook.programs.asked import Asked, CannotAnswer
from wholeperson.handbook.programs.pen import Pen
from wholeperson.rules.reading.library import Policy

View = Callable[..., HttpResponse]


def about(view: View) -> View:
    """Give the view the policy and what the address asks; where that cannot be answered, say what would be allowed."""

    @require_safe
    @wraps(view)
    def answered(request: Request, **rest: str) -> HttpResponse:
        known = reading.policy(plan=request.GET.get("plan") if request.GET.get("plan") in _plans() else None)
        try:
            read = asked.read(request.GET, known, request.today)
        except CannotAnswer as stopped:
            return render(request, "programs/cannot_answer.html", {"wrong": stopped.wrong}, status=400)
        return view(request, known, read, **rest)

    return answered


def _plans() -> dict[str, Any]:
    return reading.policy().plans


def page_of(read: Asked, known: Policy, **more: Any) -> dict[str, Any]:
    """What every page of the room shows: the chooser, and what its links carry on."""
    return {"asked": read, "plans": cards.plans(known), "counties": cards.counties(known), **more}


@about
def programs(request: Request, known: Policy, read: Asked) -> HttpResponse:
    pen = Pen(known, reading.words(known), read)
    return render(
        request,
        "programs/programs.html",
        page_of(read, known, groups=cards.groups(pen), ecm=cards.card("ecm", pen), custody=cards.custody(pen)),
    )


@about
def program(request: Request, known: Policy, read: Asked, name: str) -> HttpResponse:
    found = known.programmes.get(name)
    if found is None:
        meant = unknown.meant(name, Pen(known, reading.words(known), read))
        return render(
            request, "programs/unknown.html", {"said": name[: asked.SHOWN], "meant": meant, "asked": read}, status=404
        )
    pen = Pen(known, reading.words(known), read)
    told = parts.told(found, pen)
    return render(
        request,
        "programs/program.html",
        page_of(
            read,
            known,
            told=told,
            picture=pictures.of(name),
            populations=cards.populations(pen) if name == "ecm" else [],
        ),
    )

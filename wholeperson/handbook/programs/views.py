"""The pages of the programs: whatever they say stands in the policy."""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.often import Limits
from wholeperson.access.request import Request
from wholeperson.handbook import reading
from wholeperson.handbook.programs import asked, cards, changed, kept, offers, printed, unknown
from wholeperson.handbook.programs.asked import CannotAnswer
from wholeperson.handbook.programs.pen import Pen
from wholeperson.rules.calendar import as_day

View = Callable[..., HttpResponse]
LIMITS = {"guide_pdf": "60/h/ip"}  # a county's office has one address for all, and a guide takes a core for a second
GUIDES = Limits("programs", LIMITS)  # one that lies ready costs nothing
log = logging.getLogger("wholeperson.handbook.programs")


def about(view: View) -> View:
    """Give the view a pen that knows the policy and what the address asks; what cannot be answered says why."""

    @require_safe
    @wraps(view)
    def answered(request: Request, **rest: str) -> HttpResponse:
        plan = request.GET.get("plan")
        on = day_asked(request)
        known = reading.policy(plan=plan if plan in reading.policy().plans else None, on=on)
        try:
            pen = Pen(known, reading.words(known), asked.read(request.GET, known, request.today))
            return view(request, pen, **rest)
        except CannotAnswer as stopped:
            return render(request, "programs/cannot_answer.html", {"wrong": stopped.wrong}, status=400)

    return answered


def day_asked(request: Request) -> date:
    """The day whose overlays are read; what is no day is answered where the rest of the address is."""
    return as_day(request.GET.get("on", "").strip()) or request.today


def about_one(view: View) -> View:
    """The same for one program; one that nobody knows gets a page that says which may have been meant."""

    @about
    @wraps(view)
    def answered(request: Request, pen: Pen, name: str) -> HttpResponse:
        if name in pen.policy.programmes:
            return view(request, pen, name)
        shown = {"said": name[: asked.SHOWN], "meant": unknown.meant(name, pen), "asked": pen.asked}
        return render(request, "programs/unknown.html", shown, status=404)

    return answered


def chooser(request: Request, pen: Pen) -> dict[str, Any]:
    """What every page of the room shows: which plan, county and day, and what its links carry on."""
    chosen = {"plans": cards.plans(pen.policy), "counties": cards.counties(pen.policy)}
    return {"asked": pen.asked, "path": request.path, **chosen}


@about
def programs(request: Request, pen: Pen) -> HttpResponse:
    shown = {"groups": cards.groups(pen), "ecm": cards.card("ecm", pen), "custody": cards.custody(pen)}
    return render(request, "programs/programs.html", {**chooser(request, pen), **shown})


@about_one
def program(request: Request, pen: Pen, name: str) -> HttpResponse:
    body = kept.part("programs/_program.html", name, pen.asked, request.path)
    return render(request, "programs/program.html", {"name": pen.name(name), "body": body})


@about_one
def guide(request: Request, pen: Pen, name: str) -> HttpResponse:
    body = kept.part("programs/_guide_page.html", name, pen.asked, request.path)
    return render(request, "programs/guide.html", {"name": pen.name(name), "body": body})


@about_one
def guide_pdf(request: Request, pen: Pen, name: str) -> HttpResponse:
    html = kept.part("programs/guide_on_paper.html", name, pen.asked, request.path)
    try:
        made = printed.pdf(html, request.build_absolute_uri("/"), may_make=partial(GUIDES.allow, request, "guide_pdf"))
    except printed.NotPrinted as failed:
        log.error("a guide was not printed: %s", failed)
        shown = {"why": failed.why, "name": name, "asked": pen.asked}
        status = 429 if failed.why == "too_many" else 503
        return render(request, "programs/guide_not_printed.html", shown, status=status)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-guide-{pen.asked.on}.pdf"'
    return response


@about
def calaim(request: Request, pen: Pen) -> HttpResponse:
    shown = {"groups": cards.groups(pen), "ecm": cards.card("ecm", pen), "custody": cards.custody(pen)}
    return render(request, "programs/calaim.html", {"asked": pen.asked, **shown})


@about
def justice_involved(request: Request, pen: Pen) -> HttpResponse:
    """For facilities: the liaison of the plan, and how to reach it without telling anybody's story to a mailbox."""
    plan = pen.policy.plans.get(pen.asked.plan or "")
    liaison = offers.contact(plan, "ji_liaison", pen) if plan else []
    shown = {
        "custody": cards.custody(pen),
        "plan": plan["name"] if plan else "",
        "liaison": liaison,
        "told": {"sources": pen.sources()},
    }
    return render(request, "programs/justice_involved.html", {**chooser(request, pen), **shown})


@about
def changes(request: Request, pen: Pen) -> HttpResponse:
    wrong: list[asked.Wrong] = []
    since = asked.day(request.GET, "since", changed.a_year_before(pen.asked.on), wrong)
    if wrong:
        raise CannotAnswer(wrong)
    shown = {"since": since, "changes": changed.between(since, pen), "asked": pen.asked}
    return render(request, "programs/changes.html", shown)

"""What waits for somebody: counts on the first page, the list with its filters, and the views they keep of it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access import actions, compiled, upto
from wholeperson.access.due import Line
from wholeperson.access.models import Person, SavedView
from wholeperson.access.request import Request
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.desk import bulk, filters
from wholeperson.desk.words import BUCKETS
from wholeperson.desk.work import Wanted, Work
from wholeperson.rules.problems import Refused

ON_A_PAGE = bulk.MOST  # what one press takes at most is what stands on a page
NEXT = 5  # lines on the first page


def first(request: Request) -> dict[str, Any]:
    """For the first page: how much there is in each bucket, and what comes next."""
    work = Work(request.user, Wanted())
    lines = work[:NEXT]
    _note(request, lines, "desk.next")
    tiles = [(bucket, *BUCKETS[bucket], number, upto.said(number)) for bucket, number in work.counts.items()]
    return {"tiles": tiles, "next": lines, "now": request.now, "waits": sum(work.counts.values())}


@require_safe
def worklist(request: Request) -> HttpResponse:
    asked = filters.read(request.GET)
    work = Work(request.user, asked.wanted, upto.place(request.GET.get("after", "")))
    page, keys = upto.page_of(work, ON_A_PAGE, request.GET.get("page"))
    lines = work.lines(keys)
    _note(request, lines, "desk.work")
    told = {
        "page": page, "lines": lines, "asked": asked, "now": request.now, "choices": filters.choices(request.user),
        "behind": upto.address_of(keys[-1]) if keys else "", "number": upto.said(work.count), "many": work.count,
        "tabs": [(bucket, BUCKETS[bucket][0], upto.said(work.counts[bucket]), asked.but(bucket=bucket))
                 for bucket in BUCKETS],
        "to_do": upto.said(work.to_do), "everything": asked.but(bucket=""), "views": _views(request),
        "steps": bulk.offered(request.user, lines, request.now),
    }  # fmt: skip
    return render(request, "desk/work.html", told)


def _views(request: Request) -> list[tuple[SavedView, str]]:
    """What this person kept, by name, each with its address."""
    rows = compiled.found(views_of, request.user)
    return [(row, f"{reverse('work')}?{urlencode(sorted(row.filters.items()))}") for row in rows]


def views_of(user: Person) -> QuerySet[SavedView]:
    return SavedView.objects.filter(person=user).order_by("name")


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep what the list is asked for now under a name."""
    asked, name = filters.read(request.POST), " ".join(request.POST.get("name", "").split())[:60].replace("\0", "")
    if not name:
        messages.warning(request, _("Give the view a name, then keep it."))
    else:
        _keep(request, name, asked)
    return HttpResponseRedirect(f"{reverse('work')}?{asked.address}", status=303)


def _keep(request: Request, name: str, asked: filters.Asked) -> None:
    try:
        actions.keep_view(name, asked.words, by=request.user, at=request.now)
        messages.success(request, _("Kept: %(name)s") % {"name": name})
    except Refused:
        messages.warning(request, _("You keep twenty views already. Remove one first."))


@require_POST
def drop(request: Request, public_id: str) -> HttpResponse:
    view = SavedView.objects.filter(person=request.user, public_id=public_id).first()
    if view is None:
        raise Http404
    actions.drop_view(view, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("work"), status=303)


def _note(request: Request, lines: list[Line], verb: str) -> None:
    """Keep in the trail whose records the list showed."""
    shown = {line.member for line in lines if line.member}
    members.look_at_list(people.reasons_of(request.user, shown), verb, by=request.user, at=request.now)

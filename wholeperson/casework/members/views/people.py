"""One member, and the list of those one may see: found, sorted, counted and taken along as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.attached import spreadsheet
from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.forms import Finding
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.presenters import MemberPage
from wholeperson.casework.members.views.seen import seen

ON_A_PAGE = 25
COLUMNS = ("given_name", "family_name", "preferred_name", "birth_date", "language", "county")


@require_http_methods(["GET", "HEAD", "POST"])
def member_list(request: Request) -> HttpResponse:
    found, asked = _found(request)
    given = request.POST if request.method == "POST" else request.GET
    page = Paginator(found, ON_A_PAGE).get_page(given.get("page"))
    actions.look_at_list(page.object_list, "member.list", by=request.user, at=request.now, how=_how(asked))
    may_export = request.user.may("member.export")
    told = {
        "page": page, "finding": Finding(asked), "asked": asked, "may_export": may_export,
        "may_compare": request.user.may("member.register"),
    }  # fmt: skip
    return render(request, "members/list.html", told)


@require_POST
def export(request: Request) -> HttpResponse:
    found, asked = _found(request)
    rows = list(found)
    cins = queries.cins_for(request.user, rows)
    actions.look_at_list(rows, "member.export", by=request.user, at=request.now, how=_how(asked))
    told = ([*(str(getattr(row, column)) for column in COLUMNS), cins.get(row.pk, "")] for row in rows)
    return spreadsheet(f"members-{request.today}", ([*COLUMNS, "cin"], *told))


@require_safe
def member(request: Request, public_id: str) -> HttpResponse:
    found, sight = seen(request, public_id, verb="member.look_at")
    page = MemberPage(found, sight, request.user, request.today)
    for other, _numbers in page.others:
        actions.look_at(other, by=request.user, at=request.now)
    return render(request, "members/member.html", {"page": page})


def _found(request: Request) -> tuple[QuerySet[Member], dict[str, str]]:
    """The members asked for, in the order asked for. What is looked for is heard only by POST."""
    given = request.POST if request.method == "POST" else request.GET
    sort = given.get("sort", "name")
    asked = {
        "text": request.POST.get("text", "").replace("\0", "").strip()[:100],
        "sort": sort if sort in queries.ORDERS else "name",
    }
    found = queries.once(queries.members_for(request.user), request.user)
    if asked["text"]:
        found = queries.called(found, asked["text"], request.user)
    return found.order_by(*queries.ORDERS[asked["sort"]]), asked


def _how(asked: dict[str, str]) -> dict[str, Any]:
    """What the trail keeps of a search: that there was one, never the name."""
    return {"sort": asked["sort"], "searched": bool(asked["text"])}

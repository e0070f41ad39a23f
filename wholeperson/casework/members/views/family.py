"""Who speaks for a member and who of their family sees the record: named, and ended, on one page."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.queries import has_accounts_of_members
from wholeperson.access.request import Request
from wholeperson.casework.members import actions, family, minors, presenters, queries, reaching
from wholeperson.casework.members.actions.family import ATTEMPT, OPENS
from wholeperson.casework.members.models import Member, Relationship, Representative
from wholeperson.casework.members.queries import Sight
from wholeperson.casework.members.shown import papers_to_show
from wholeperson.casework.members.views.seen import seen

ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def member_family(request: Request, public_id: str) -> HttpResponse:
    """One form names somebody; each that stands is ended by its own."""
    member, sight = seen(request, public_id, verb="member.family", depth="care", from_afar=True)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    papers = papers_to_show(member, sight.scope)
    form = family.RepresentativeForm(
        request.POST if what == "name" else None, member=member, by=request.user, at=request.now, papers=papers,
        may_open=_may_open(request, sight),
        too_often=actions.has_tried_too_often(request.user, at=request.now, of=ATTEMPT) if what == "name" else False,
    )  # fmt: skip
    ending = None
    if what == "name" and form.is_valid():
        return _named(request, member, form)
    if what == "end":
        row = _one(queries.representatives_told(request.user, member), request.POST.get("which", ""))
        ending = family.EndForm(request.POST, key=str(row.pk))
        if ending.is_valid():
            return _ended(request, member, row, ending.cleaned_data["why"])
    if what == "close":
        return _closed(request, member)
    if form.missed:
        actions.keep_attempt(by=request.user, at=request.now, of=ATTEMPT)
    told = {
        "member": member, "form": form, "minor": minors.is_minor(member, request.today),
        "may_open": request.user.may(OPENS), **_lists(request, member, sight, ending),
    }  # fmt: skip
    return render(request, "members/family.html", told, status=422 if request.method == "POST" else 200)


def _may_open(request: Request, sight: Sight) -> bool:
    """Whether an account is asked for: not where no family has any."""
    return request.user.may(OPENS) and sight.lasts and has_accounts_of_members(on=request.today)


def _one(rows: QuerySet[Representative], which: str) -> Representative:
    try:
        return rows.get(pk=UUID(which))
    except (ValueError, Representative.DoesNotExist):
        raise Http404 from None


def _lists(
    request: Request, member: Member, sight: Sight, ending: family.EndForm | None
) -> dict[str, Page[Representative] | Page[Relationship] | list[dict[str, object]]]:
    """Who speaks for them and who sees the record, each list turned without the other."""
    told = queries.representatives_told(request.user, member)
    page = Paginator(told, ON_A_PAGE).get_page(request.GET.get("page"))
    seen_by = queries.near_to(member, on=request.today, at=request.now)
    near = Paginator(seen_by, ON_A_PAGE).get_page(request.GET.get("near"))
    lines = [_line(row, sight, ending, request) for row in page.object_list]
    return {"page": page, "near_page": near, "rows": lines, "near": [_near(one) for one in near.object_list]}


def _line(row: Representative, sight: Sight, ending: family.EndForm | None, request: Request) -> dict[str, object]:
    """Somebody who speaks for them, and whether it holds; the paper and why it ended for who sees so deep."""
    key, over = str(row.pk), row.ended_at is not None or bool(row.until and row.until < request.today)
    return {
        "row": row, "document": reaching.DOCUMENTS[row.document], "power": reaching.POWERS[row.power], "over": over,
        "paper": row.paper if row.paper and sight.reaches(row.paper.scope) else None,
        "phone": "" if over else reaching.shown_phone(row.phone),
        "why": row.ended_why if sight.reaches("sensitive") else "",
        "ending": None if over else ending if ending and ending.prefix == key else family.EndForm(key=key),
    }  # fmt: skip


def _near(one: Relationship) -> dict[str, object]:
    return {"row": one, "scope": presenters.DEPTHS_OF_NEAR[one.scope], "by_consent": one.reason == "consent"}


def _named(request: Request, member: Member, form: family.RepresentativeForm) -> HttpResponse:
    told = {name: value for name, value in form.cleaned_data.items() if name not in ("email", "paper")}
    named = actions.Spokesperson(**told, paper=form.shown_by, account=form.account)
    actions.name_representative(member, named, by=request.user, at=request.now)
    messages.success(request, _("Kept."))
    return _to(member)


def _ended(request: Request, member: Member, row: Representative, why: str) -> HttpResponse:
    actions.end_representative(row, why=why, by=request.user, at=request.now)
    messages.success(request, _("Ended. Their account sees nothing by it any more."))
    return _to(member)


def _closed(request: Request, member: Member) -> HttpResponse:
    opened = queries.opened_to_family(member)  # also what ended: pressed twice, it is closed
    reason = next((one for one in opened if str(one.pk) == request.POST.get("which")), None)
    if reason is None:
        raise Http404
    actions.close_to(reason, by=request.user, at=request.now)
    messages.success(request, _("Closed. They see the record no more."))
    return _to(member)


def _to(member: Member) -> HttpResponse:
    return HttpResponseRedirect(reverse("member_family", args=[member.public_id]), status=303)

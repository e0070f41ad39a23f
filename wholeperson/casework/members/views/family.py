"""Who speaks for a member and who of their family sees the record: named, and ended, on one page."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.access.roles import upto
from wholeperson.casework.members import actions, family, minors, presenters, queries, reaching
from wholeperson.casework.members.actions.family import OPENS
from wholeperson.casework.members.models import Member, Relationship, Representative
from wholeperson.casework.members.queries import Sight
from wholeperson.casework.members.views.seen import seen
from wholeperson.record.models import Document


@require_http_methods(["GET", "HEAD", "POST"])
def member_family(request: Request, public_id: str) -> HttpResponse:
    """One form names somebody; each that stands is ended by its own."""
    member, sight = seen(request, public_id, verb="member.family", depth="care", from_afar=True)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    papers = Document.objects.filter(subject_id=member.pk, scope__in=upto(sight.scope)).order_by("name")
    form = family.RepresentativeForm(
        request.POST if what == "name" else None, member=member, today=request.today, papers=list(papers),
        may_open=request.user.may(OPENS) and sight.lasts,
        own=queries.own_accounts(member, on=request.today, at=request.now),
    )  # fmt: skip
    rows = list(queries.representatives_told(request.user, member))
    endings = {row.pk: family.EndForm(key=str(row.pk)) for row in rows if row.ended_at is None}
    if what == "name" and form.is_valid():
        return _named(request, member, form)
    if what == "end":
        row = next((one for one in rows if str(one.pk) == request.POST.get("which")), None)
        if row is None:
            raise Http404
        endings[row.pk] = ending = family.EndForm(request.POST, key=str(row.pk))
        if ending.is_valid():
            return _ended(request, member, row, ending.cleaned_data["why"])
    if what == "close":
        return _closed(request, member)
    told = {
        "member": member, "form": form, "minor": minors.is_minor(member, request.today),
        "rows": [_line(row, sight, endings.get(row.pk), request) for row in rows],
        "near": [_near(one) for one in queries.near_to(member, on=request.today, at=request.now)],
        "may_open": request.user.may(OPENS),
    }  # fmt: skip
    return render(request, "members/family.html", told, status=422 if request.method == "POST" else 200)


def _line(row: Representative, sight: Sight, ending: family.EndForm | None, request: Request) -> dict[str, object]:
    """Somebody who speaks for them, and whether it holds; the paper and why it ended for who sees so deep."""
    over = row.ended_at is not None or bool(row.until and row.until < request.today)
    return {
        "row": row, "document": reaching.DOCUMENTS[row.document], "power": reaching.POWERS[row.power], "over": over,
        "paper": row.paper if row.paper and sight.reaches(row.paper.scope) else None,
        "phone": "" if over else reaching.shown_phone(row.phone),
        "why": row.ended_why if sight.reaches("sensitive") else "",
        "ending": None if over else ending,
    }  # fmt: skip


def _near(one: Relationship) -> dict[str, object]:
    return {"row": one, "scope": presenters.DEPTHS_OF_NEAR[one.scope], "by_consent": one.reason == "consent"}


def _named(request: Request, member: Member, form: family.RepresentativeForm) -> HttpResponse:
    told = {name: value for name, value in form.cleaned_data.items() if name not in ("email", "paper")}
    paper = form.papers.get(form.cleaned_data.get("paper", ""))
    named = actions.Spokesperson(**told, paper=paper, account=form.account)
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

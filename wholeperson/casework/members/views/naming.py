"""How a member is called: what holds, what was before, and the form by which it changes."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import Member, Renaming
from wholeperson.casework.members.naming import KINDS, NameForm, is_named_otherwise, other_records
from wholeperson.casework.members.queries import Sight
from wholeperson.casework.members.shown import papers_to_show
from wholeperson.casework.members.views.seen import seen
from wholeperson.rules.problems import Refused

ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def member_name(request: Request, public_id: str) -> HttpResponse:
    member, sight = seen(request, public_id, verb="member.name", depth="care", from_afar=True)
    papers = papers_to_show(member, sight.scope)
    sent = request.POST if request.method == "POST" else None
    others = other_records(request.user, member)
    form = NameForm(sent, member=member, today=request.today, papers=papers, others=others)
    if sent is not None and form.is_valid() and _kept(request, member, form):
        messages.success(request, _("Kept. A search finds them by the name before, too."))
        return HttpResponseRedirect(reverse("member_name", args=[member.public_id]), status=303)
    page = Paginator(queries.renamings_for(request.user, member), ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "member": member, "form": form, "page": page, "changes": _changes(page.object_list, sight),
        "others": [one for one in others if is_named_otherwise(one, member)],
    }  # fmt: skip
    return render(request, "members/name.html", told, status=422 if sent is not None else 200)


def _kept(request: Request, member: Member, form: NameForm) -> bool:
    told = form.cleaned_data
    try:
        actions.rename_with(
            member, form.also, actions.NewName(**form.another), kind=told["kind"], since=told["since"], why=told["why"],
            paper=form.shown_by, by=request.user, at=request.now,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(*_said(refused))
        return False
    return True


def _said(refused: Refused) -> tuple[str, str]:
    (problem,) = refused.problems
    if problem.where.path == "also":
        return "also", _(
            "On the other record the name changed after that day, or they were born after it. Nothing was kept: "
            "untick it, and change the name there."
        )
    if problem.code == "no_change":
        return "given_name", _("This is the name they have here already.")
    if problem.code == "legal_name":
        return "kind", _("The first or last name is another: say that it changed, or was written wrong.")
    return "since", _("Give a day that has come, after their birth and after the change before it.")


def _changes(rows: Iterable[Renaming], sight: Sight) -> list[dict[str, object]]:
    """Each change; why for whoever sees so deep, and what shows it where that may be opened."""
    deep = sight.reaches("sensitive")
    return [
        {
            "row": row, "kind": KINDS[row.kind], "why": row.why if deep else "",
            "paper": row.paper if row.paper and sight.reaches(row.paper.scope) else None,
        }
        for row in rows
    ]  # fmt: skip

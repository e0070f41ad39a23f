"""What is known of one member, each with who told it and what shows it; what is wrong is corrected here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.casework.eligibility import actions, knowing
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.shown import papers_to_show
from wholeperson.casework.members.views.seen import seen
from wholeperson.record.refusals import Overtaken

ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def member_facts(request: Request, public_id: str) -> HttpResponse:
    """One form for each; which of them was sent says its key."""
    member, sight = seen(request, public_id, verb="member.facts", depth="care")
    papers = papers_to_show(member, sight.scope)
    lines = knowing.lines(request.user, member, sight, language=(get_language() or "en").lower(), papers=papers)
    if request.method == "POST":
        which = request.POST.get("which", "")
        line = next((one for one in lines if str(one.row.pk) == which), None)
        if line is None and knowing.was_corrected(request.user, member, sight, which):
            return _overtaken(request, member)
        if line is None or not line.may_correct:
            raise Http404
        line.form = line.bound(request.POST)
        if line.form.is_valid():
            return _correct(request, line, "member" if sight.row.reason == "self" else "referrer")
    page = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    told = {"member": member, "page": page}
    return render(request, "eligibility/facts.html", told, status=422 if request.method == "POST" else 200)


def _correct(request: Request, line: knowing.FactLine, their_word: str) -> HttpResponse:
    form = line.form
    try:
        actions.correct(
            line.row, form.value, source=form.cleaned_data.get("told_by", their_word),
            evidence=form.cleaned_data["evidence"], paper=form.shown_by, by=request.user,
            on=request.today, at=request.now,
        )  # fmt: skip
    except Overtaken:
        return _overtaken(request, line.row.member)
    if line.row.superseded_by:
        messages.success(request, _("Corrected. What was there before stays in the story."))
    else:
        messages.info(request, _("Kept beside what was there, which the rules believe more. Both stand."))
    return _back(line.row.member)


def _overtaken(request: Request, member: Member) -> HttpResponse:
    messages.info(request, _("Somebody has just corrected it. Look at it again."))
    return _back(member)


def _back(member: Member) -> HttpResponse:
    return HttpResponseRedirect(reverse("member_facts", args=[member.public_id]), status=303)

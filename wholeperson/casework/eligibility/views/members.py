"""What may fit one member: the answers with their reasons, the open questions, and each answer with its tree."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.eligibility import actions, asking, findings, queries
from wholeperson.casework.eligibility.knowing import speaks_as_one
from wholeperson.casework.eligibility.programs import OneProgram, Programs
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.queries import Sight
from wholeperson.casework.members.views.seen import seen


@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: Request, public_id: str) -> HttpResponse:
    """By POST the answers are kept and the rules are asked again; what was mistyped comes back with the page."""
    member, sight = seen(request, public_id, verb="determination.read", depth="care")
    may_ask = request.user.may(actions.MAKE)
    if request.method == "POST" and not may_ask:
        raise Http404
    form = _form(request, member, sight) if may_ask else None
    if request.method == "POST" and (form is None or form.is_valid()):
        _answer(request, member, sight, form)
        return HttpResponseRedirect(reverse("member_programs", args=[public_id]), status=303)
    page = Programs(member, sight, request.user, request.today, _language())
    told = {"page": page, "form": form, "may_ask": may_ask, "swept": _swept(request, member)}
    return render(request, "eligibility/programs.html", told, status=422 if form and form.errors else 200)


def _swept(request: Request, member: Member) -> list[findings.FoundLine]:
    """What the last sweep of a plan found for this member, to whoever reads such lists."""
    if not request.user.may("found.read"):
        return []
    found = findings.found_for(request.user, on=request.today, asked={}).filter(member=member)
    return findings.lines(found, _language(), request.today)


def _form(request: Request, member: Member, sight: Sight) -> asking.AnswersForm | None:
    basis = queries.latest_basis(member)
    if basis is None:
        return None
    asked = asking.questions(basis, sight, on=request.today, language=_language())
    given = request.POST if request.method == "POST" else None
    return asking.AnswersForm(given, asked=asked, language=_language(), self_told=speaks_as_one(sight))


def _answer(request: Request, member: Member, sight: Sight, form: asking.AnswersForm | None) -> None:
    told_by = form.cleaned_data.get("told_by") if form else ""
    source = told_by or ("member" if sight.row.reason == "self" else "referrer")
    answers = form.answers() if form else []
    actions.answer(member, answers, source=source, by=request.user, on=request.today, at=request.now)


@require_safe
def program(request: Request, public_id: str, determination_id: str) -> HttpResponse:
    member, sight = seen(request, public_id, verb="determination.read_one", depth="care")
    row = queries.determination_for(request.user, member, determination_id)
    told = queries.told_to(request.user, [row]) if row else {}
    if row is None or row.pk not in told:
        raise Http404
    page = OneProgram(row, told[row.pk], request.today, _language())
    return render(request, "eligibility/program.html", {"page": page, "member": member, "sight": sight})


def _language() -> str:
    return (get_language() or "en").lower()

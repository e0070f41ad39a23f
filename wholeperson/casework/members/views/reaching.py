"""How a member may be reached: shown and changed on one page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries, reaching
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.views.seen import seen

SPEAKING = 10  # how many who speak for somebody stand here; the page of the family has all
FORMS: dict[str, type[reaching.FromToday]] = {"rule": reaching.RuleForm, "address": reaching.AddressForm}


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: Request, public_id: str) -> HttpResponse:
    """One form says which of them it is; lifting a rule asks nothing more."""
    member, _sight = seen(request, public_id, verb="member.reach", depth="care", from_afar=True)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    forms = {
        name: form(request.POST if name == what else None, today=request.today) for name, form in FORMS.items()
    }  # fmt: skip
    if what == "lift":
        actions.lift_rule(member, by=request.user, at=request.now)
        return _to(member)
    if what in forms and forms[what].is_valid():
        _keep(request, member, what, forms[what])
        messages.success(request, _("Kept."))
        return _to(member)
    return _shown(request, member, forms)


def _shown(request: Request, member: Member, forms: dict[str, reaching.FromToday]) -> HttpResponse:
    rule = queries.rules_for(request.user, [member.pk]).get(member.pk)
    address = queries.address_for(request.user, member)
    speaking = list(queries.representatives_for(request.user, member, request.today)[: SPEAKING + 1])
    told = {
        "member": member, "forms": forms, "rule": rule, "rule_words": reaching.RULES[rule.rule] if rule else "",
        "address": address, "home": reaching.HOMES[address.kind] if address else "",
        "representatives": [
            (row, reaching.DOCUMENTS[row.document], reaching.POWERS[row.power])
            for row in speaking[:SPEAKING]
        ],
        "more_speak": len(speaking) > SPEAKING,
    }  # fmt: skip
    failed = request.method == "POST"
    return render(request, "members/reach.html", told, status=422 if failed else 200)


def _keep(request: Request, member: Member, what: str, form: reaching.FromToday) -> None:
    told = form.cleaned_data
    if what == "rule":
        actions.set_rule(member, told["rule"], how=told["how"], since=told["since"], by=request.user, at=request.now)
    else:
        actions.move(member, by=request.user, at=request.now, **told)


def _to(member: Member) -> HttpResponse:
    return HttpResponseRedirect(reverse("member_reach", args=[member.public_id]), status=303)

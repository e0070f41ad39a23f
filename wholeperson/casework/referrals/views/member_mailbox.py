"""The address by which a member is written to: written down by staff, verified at ``/mail/TOKEN/`` by its reader."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wholeperson.access.often import Limits, too_often
from wholeperson.access.request import Request
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.views.seen import seen
from wholeperson.casework.referrals import actions, forms, mailboxes, safety, sayings
from wholeperson.casework.referrals.models import MemberMailbox

BOTH = require_http_methods(["GET", "HEAD", "POST"])
LIMITS = Limits("member_mailbox", {"write": "60/h/user,6/h/key", "open": "300/h/ip", "verify": "60/h/ip"})


@BOTH
def member_mailbox(request: Request, public_id: str) -> HttpResponse:
    """Which address, how it stands with it, and another one in its place."""
    member, _sight = seen(request, public_id, verb="member.reach", depth="care", from_afar=True)
    row, what = mailboxes.shown(request.user, member), request.POST.get("what", "")
    form = forms.MemberMailboxForm(request.POST if request.method == "POST" and not (row and what) else None)
    if row and what == "came_back":
        actions.mail_came_back(row, by=request.user, at=request.now)
        return _to_page(member)
    if row and what == "again":
        return _write(request, member, row.address)
    if form.is_valid():
        return _write(request, member, form.cleaned_data["address"])
    return _shown(request, member, row, form)


def _shown(
    request: Request, member: Member, row: MemberMailbox | None, form: forms.MemberMailboxForm
) -> HttpResponse:  # fmt: skip
    stands = mailboxes.state(row, request.now) if row else ""
    tone, says = sayings.MAILBOXES[stands] if row else ("", "")
    told = {
        "member": member, "row": row, "form": form, "stands": stands, "tone": tone, "says": says,
        "looks_first": bool(safety.unsafe(member, request.now)),
    }  # fmt: skip
    return render(request, "referrals/member_mailbox.html", told, status=422 if request.method == "POST" else 200)


def _write(request: Request, member: Member, address: str) -> HttpResponse:
    if not LIMITS.allow(request, "write", member.public_id):
        return too_often(request)
    token = actions.write_to_member(
        member, address, by=request.user, at=request.now,
        link=lambda token: request.build_absolute_uri(reverse("member_mailbox_link", args=[token])),
    )  # fmt: skip
    if token and settings.DEMO:
        place = reverse("member_mailbox_link", args=[token])
        said = _("Demo: nothing is sent. The link in the mail is:")
        messages.info(request, format_html('{} <a class="usa-link" href="{}">{}</a>', said, place, place))
    return _to_page(member)


def _to_page(member: Member) -> HttpResponse:
    return HttpResponseRedirect(reverse("member_mailbox", args=[member.public_id]), status=303)


@BOTH
@never_cache
def link(request: Request, token: str) -> HttpResponse:
    """Opened it changes nothing and names nobody; only the pressed button says that this mailbox is theirs."""
    presses = request.method == "POST"
    if not LIMITS.allow(request, "verify" if presses else "open"):
        return too_often(request)
    row = mailboxes.found(token)
    if row is None:
        raise Http404
    if presses and actions.verify_member_mailbox(row, at=request.now):
        return HttpResponseRedirect(request.path, status=303)
    if presses or not mailboxes.still_opens(row, request.now):
        return render(request, "referrals/link_expired.html", status=410)
    return render(request, "referrals/member_mailbox_link.html", {"row": row})

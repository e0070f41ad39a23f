"""The mailbox that an organization's referrals are written to: kept by its administrator, proved by who reads it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.models import Organisation
from wholeperson.access.often import Limits, too_often
from wholeperson.access.request import Request
from wholeperson.access.views import organisation_or_404
from wholeperson.casework.referrals import actions, forms
from wholeperson.casework.referrals.models import Mailbox

# nobody tries codes one after another, and nobody's mailbox is filled
LIMITS = Limits("referral_mailbox", {"write": "6/h/key", "verify": "10/h/key"})


@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: Request, public_id: str) -> HttpResponse:
    """One form at a time: which mailbox, and once a code went there, that code."""
    of = organisation_or_404(request, public_id)
    kept = Mailbox.objects.filter(organisation=of).first()
    waits = kept is not None and kept.verified_at is None and "other" not in request.GET
    sent = request.POST if request.method == "POST" else None
    form = forms.MailboxCodeForm(sent) if waits else forms.MailboxForm(sent)
    if form.is_valid():
        if not LIMITS.allow(request, "verify" if waits else "write", of.public_id):
            return too_often(request)
        if not waits:
            return _write(request, of, form.cleaned_data["address"])
        if actions.verify_mailbox(of, form.cleaned_data["code"], by=request.user, at=request.now):
            messages.success(request, _("Referrals are written to this mailbox from now on."))
            return _to_page(of)
        form.add_error("code", _("This is not the code we sent, or it is too old. Ask for a new one."))
    facts = {"form": form, "of": of, "kept": kept, "waits": waits}
    return render(request, "referrals/mailbox.html", facts, status=422 if form.errors else 200)


def _write(request: Request, of: Organisation, address: str) -> HttpResponse:
    code = actions.write_to_mailbox(of, address, by=request.user, at=request.now)
    if settings.DEMO:
        messages.info(request, _("Demo: nothing is sent. The code in the mail is %(code)s.") % {"code": code})
    return _to_page(of)


def _to_page(of: Organisation) -> HttpResponse:
    return HttpResponseRedirect(reverse("referral_mailbox", args=[of.public_id]), status=303)

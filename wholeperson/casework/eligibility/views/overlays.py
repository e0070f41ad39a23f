"""Overlays of plans: which hold and which wait, one of them with what it changes, and uploading a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.eligibility import actions
from wholeperson.casework.eligibility.forms import OverlayForm, ReturnForm
from wholeperson.casework.eligibility.models import Overlay
from wholeperson.casework.eligibility.presenters import OverlayPage
from wholeperson.record import uploads
from wholeperson.rules.problems import Problem, Refused

ON_A_PAGE = 25
CODES_OF_FORM = ("wrong_day",)


@require_safe
def overlays(request: Request) -> HttpResponse:
    found = Overlay.objects.for_user(request.user).select_related("uploader").order_by("-made_at", "-pk")
    found = found.defer("text", "note", "reason")  # a database that sorts rows carries all of each
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [OverlayPage(one, request.user, request.today, request.now) for one in page.object_list]
    return render(request, "eligibility/overlays.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """What is wrong with it is said with its lines, beside the text to mend it in: nothing is lost."""
    sent = request.method == "POST"
    form = OverlayForm(
        request.POST if sent else None, request.FILES if sent else None, person=request.user,
        initial={"effective_on": request.today},
    )  # fmt: skip
    found: tuple[Problem, ...] = ()
    if sent and uploads.was_too_large(request):
        form.add_error("file", _("This is too long for the overlay of one plan."))
    elif form.is_valid():
        made, found = _uploaded(request, form)
        if made:
            return to_overlay(made)
    if sent and form.files and form.cleaned_data.get("text"):
        form = _with_text(request, form)
    facts = {"form": form, "findings": found}
    return render(request, "eligibility/upload.html", facts, status=422 if found or form.errors else 200)


def _uploaded(request: Request, form: OverlayForm) -> tuple[Overlay | None, tuple[Problem, ...]]:
    said = form.cleaned_data
    try:
        made = actions.upload(
            said["plan"], said["text"], effective_on=said["effective_on"], note=said["note"], by=request.user,
            at=request.now, today=request.today,
        )  # fmt: skip
    except Refused as refused:
        if refused.problems[0].code in CODES_OF_FORM:
            form.add_error("effective_on", _("Give a day from today on, within five years."))
            return None, ()
        return None, refused.problems
    return made, ()


def _with_text(request: Request, form: OverlayForm) -> OverlayForm:
    """What the file brought stands in the text, where it can be mended."""
    shown = OverlayForm({**request.POST.dict(), "text": form.cleaned_data["text"][:200_000]}, person=request.user)
    shown.errors.update(form.errors)
    return shown


@require_safe
def overlay(request: Request, public_id: str) -> HttpResponse:
    return _page(request, overlay_or_404(request, public_id), ReturnForm())


def _page(request: Request, one: Overlay, form: ReturnForm, status: int = 200) -> HttpResponse:
    page = OverlayPage(one, request.user, request.today, request.now)
    return render(request, "eligibility/overlay.html", {"page": page, "form": form}, status=status)


@require_POST
def approve(request: Request, public_id: str) -> HttpResponse:
    one = overlay_or_404(request, public_id)
    try:
        actions.approve(one, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, _refusal(refused.problems[0].code))
    return to_overlay(one)


@require_POST
def send_back(request: Request, public_id: str) -> HttpResponse:
    one = overlay_or_404(request, public_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, status=422)
    try:
        actions.send_back(one, reason=form.cleaned_data["reason"], by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, _refusal(refused.problems[0].code))
    return to_overlay(one)


@require_POST
def withdraw(request: Request, public_id: str) -> HttpResponse:
    one = overlay_or_404(request, public_id)
    try:
        actions.withdraw(one, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, _refusal(refused.problems[0].code))
    return to_overlay(one)


def _refusal(code: str) -> str:
    if code == "same_person":
        return _("You or an account with your name, mailbox or number uploaded it, so another person must approve it.")
    if code == "wrong_day":
        return _("Its day has passed. Send it back, so that it is uploaded again with a day from today on.")
    return _("It had been taken on already, or it no longer fits the policy. Here is where it stands.")


def overlay_or_404(request: Request, public_id: str) -> Overlay:
    found = Overlay.objects.for_user(request.user).filter(public_id=public_id)
    one = found.select_related("uploader", "approver").first()
    if one is None:
        raise Http404
    return one


def to_overlay(one: Overlay) -> HttpResponse:
    return HttpResponseRedirect(reverse("overlay", args=[one.public_id]), status=303)

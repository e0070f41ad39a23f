"""What is free: said by whoever signs in and keeps the service, or by the link that its keeper was sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wholeperson.access.request import Request
from wholeperson.casework.providers import actions, links
from wholeperson.casework.providers.keeping_forms import RoomForm
from wholeperson.casework.providers.models import Service
from wholeperson.casework.providers.roominess import whole
from wholeperson.casework.providers.shown import Shown
from wholeperson.casework.providers.views.keeping import LOOK_OR_SEND, service_or_404
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Refused


@LOOK_OR_SEND
def service_room(request: Request, public_id: str) -> HttpResponse:
    service = service_or_404(request, public_id)
    form = RoomForm(request.POST if request.method == "POST" else None, service=service)
    if _said(request, form, service, request.user):
        messages.success(request, _("Thank you. It is shown as of now."))
        return HttpResponseRedirect(reverse("directory"), status=303)
    return _page(request, form, service)


@LOOK_OR_SEND
@never_cache
def room_link(request: Request, token: str) -> HttpResponse:
    """Opened it changes nothing; pressed it says what is free, as often as somebody likes until the link ends."""
    question, is_open = links.question_by(token, at=request.now)
    if question is None:
        raise Http404
    if not is_open:
        return render(request, "providers/room_link_expired.html", status=410)
    service = whole(Service.objects.filter(pk=question.service_id), at=request.now).get()
    form = RoomForm(request.POST if request.method == "POST" else None, service=service)
    if _said(request, form, service, links.RoomHolder(service)):
        return render(request, "providers/room_said.html", {"service": service})
    return _page(request, form, service, by_link=True)


def _said(request: Request, form: RoomForm, service: Service, by: Actor) -> bool:
    """Whether something was said: the same as before by one press, or the numbers of the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    told = form.before if "same" in request.POST else form.said
    if not told:
        form.add_error(None, _("Say at least one number; 0 is one too."))
        return False
    try:
        actions.say_room(service, told, by=by, at=request.now)
    except Refused:
        form.add_error(None, _("This is more than your license or contract allows: %(most)s.") % {"most": service.most})
        return False
    return True


def _page(request: Request, form: RoomForm, service: Service, **more: Any) -> HttpResponse:
    shown = Shown(service, request.today, request.now)
    facts = {"form": form, "shown": shown, "service": service, "known": form.before, "now": request.now, **more}
    return render(request, "providers/room.html", facts, status=422 if form.errors else 200)

"""``/directory/``: an organization keeps its own services and places; a plan those it has contracts with."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.models import Organisation
from wholeperson.access.request import Request
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.keeping_forms import ContractForm, ServiceForm, SiteForm
from wholeperson.casework.providers.lifecycle import SERVICE
from wholeperson.casework.providers.models import Service, Services, Site
from wholeperson.casework.providers.roominess import whole
from wholeperson.casework.providers.shown import Shown
from wholeperson.rules.problems import Refused

ON_A_PAGE = 25
LOOK_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def kept(request: Request) -> HttpResponse:
    """All that somebody keeps, by organization."""
    mine: Services = _mine(request).exclude(status="ended").order_by("organisation__name", "programme", "pk")
    page = Paginator(whole(mine, at=request.now), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [Shown(one, request.today, request.now) for one in page.object_list]
    owners = owners_for(request)
    sites = Site.objects.filter(organisation__in=owners).select_related("organisation").order_by("name", "pk")[:100]
    facts = {"page": page, "rows": rows, "owners": owners, "sites": sites, "now": request.now}
    return render(request, "providers/kept.html", facts)


@LOOK_OR_SEND
def service_new(request: Request) -> HttpResponse:
    owners = owners_for(request)
    if not owners:
        raise Http404
    sites = Site.objects.filter(organisation__in=owners, closed_on=None).order_by("name", "pk")
    form = ServiceForm(request.POST if request.method == "POST" else None, owners=owners, sites=sites)
    if form.is_valid():
        owner = form.owners[form.cleaned_data["organisation"]]
        programme = form.cleaned_data["programme"]
        made = actions.offer(owner, programme, form.said, by=request.user, at=request.now)
        messages.success(request, _("It is in the directory. Say now what is free."))
        return _see("service_room", made.public_id)
    return _form(request, form, _("A new service"))


@LOOK_OR_SEND
def service_change(request: Request, public_id: str) -> HttpResponse:
    """Saved with nothing changed, it is confirmed."""
    service = service_or_404(request, public_id)
    sites = Site.objects.filter(organisation=service.organisation, closed_on=None).order_by("name", "pk")
    given = request.POST if request.method == "POST" else None
    form = ServiceForm(given, owners=[], sites=sites, service=service)
    if form.is_valid():
        actions.change(service, form.said, by=request.user, at=request.now)
        messages.success(request, _("Saved, and confirmed today."))
        return _see("directory")
    moves = [move.verb for move in SERVICE.moves_from(service.status)]
    return _form(request, form, Shown(service, request.today, request.now).name, service=service, moves=moves)


@require_POST
def service_step(request: Request, public_id: str, verb: str) -> HttpResponse:
    service = service_or_404(request, public_id)
    if verb not in {move.verb for move in SERVICE.moves}:
        raise Http404
    try:
        actions.move(service, verb, by=request.user, at=request.now)
    except Refused:
        messages.info(request, _("This was done already. Here is where it stands."))
    return _see("directory")


@LOOK_OR_SEND
def service_contract(request: Request, public_id: str) -> HttpResponse:
    """A plan says that it pays for this, or until when."""
    service = Service.objects.filter(public_id=public_id).select_related("organisation").first()
    plans = Organisation.objects.filter(
        pk__in=request.user.standing.organisations_where("directory.contract"), kind="plan"
    ).order_by("name")
    if service is None or not plans:
        raise Http404
    known = service.contracts.filter(plan__in=plans, until=None).first()
    before = {"plan": plans[0].public_id, "since": known.since if known else request.today}
    form = ContractForm(request.POST if request.method == "POST" else None, plans=plans, initial=before)
    if form.is_valid():
        said = form.cleaned_data
        plan = form.plans[said["plan"]]
        try:
            actions.contract(service, plan, since=said["since"], until=said["until"], by=request.user, at=request.now)
        except Refused:
            form.add_error("until", _("The contract would end before it began."))
        else:
            return _see("provider", service.public_id)
    return _form(request, form, _("Contract"), service=service)


@LOOK_OR_SEND
def site_new(request: Request) -> HttpResponse:
    owners = owners_for(request)
    if not owners:
        raise Http404
    form = SiteForm(request.POST if request.method == "POST" else None, owners=owners)
    if form.is_valid():
        owner = form.owners[form.cleaned_data["organisation"]]
        actions.keep_site(None, form.said, organisation=owner, by=request.user, at=request.now)
        return _see("directory")
    return _form(request, form, _("A new place"))


@LOOK_OR_SEND
def site_change(request: Request, public_id: str) -> HttpResponse:
    site = Site.objects.filter(public_id=public_id, organisation__in=owners_for(request)).first()
    if site is None:
        raise Http404
    form = SiteForm(request.POST if request.method == "POST" else None, site=site)
    if form.is_valid():
        actions.keep_site(site, form.said, organisation=site.organisation, by=request.user, at=request.now)
        messages.success(request, _("Saved."))
        return _see("directory")
    return _form(request, form, site.name)


def owners_for(request: Request) -> list[Organisation]:
    """The organizations for which somebody may add services: their own, and no plan."""
    own = request.user.standing.organisations_where("directory.keep")
    return list(Organisation.objects.filter(pk__in=own).exclude(kind="plan").order_by("name"))


def service_or_404(request: Request, public_id: str) -> Service:
    found = whole(_mine(request).filter(public_id=public_id), at=request.now).first()
    if found is None:
        raise Http404
    return found


def _mine(request: Request) -> Services:
    return Service.objects.for_user(request.user, on=request.today)


def _form(request: Request, form: Any, title: str, **more: Any) -> HttpResponse:
    facts = {"form": form, "title": title, **more}
    return render(request, "providers/keep.html", facts, status=422 if form.errors else 200)


def _see(name: str, *arguments: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=arguments), status=303)

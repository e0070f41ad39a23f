"""``/hsds/v3/…``: the directory for other systems, to be read by anyone. What is paused or over is not in it.

Ids are those of HSDS, UUIDs of their own. Lists are pages; what a list is narrowed by must hold together.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.providers.models import Listing, Service
from wholeperson.casework.providers.roominess import whole
from wholeperson.exchange.hsds import telling

MOST, USUAL = 100, 50
PROFILE = "https://docs.openreferral.org/en/v3.0.0/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"


Told = dict[str, Any]


def of_id(tell: Callable[[Request, UUID], Told | None]) -> Callable[..., HttpResponse]:
    """The view of one thing by its id; where there is none, whoever asked is told so as they asked, in JSON."""

    @require_safe
    @wraps(tell)
    def view(request: Request, id: UUID) -> HttpResponse:
        told = tell(request, id)
        return JsonResponse(told) if told else _wrong("nothing here has this id, or it is no longer listed", 404)

    return view


@require_safe
def root(request: Request) -> HttpResponse:
    return JsonResponse({"version": "3.0", "profile": PROFILE, "openapi_url": OPENAPI})


@require_safe
def services(request: Request) -> HttpResponse:
    try:
        found = _narrowed(request)
    except ValueError as wrong:
        return _wrong(str(wrong))
    return _page(request, found, telling.service)


@of_id
def service(request: Request, id: UUID) -> Told | None:
    one = _services(request).filter(hsds_id=id).first()
    return telling.service(one) if one else None


@require_safe
def organizations(request: Request) -> HttpResponse:
    found = _listings()
    if text := request.GET.get("search", "").strip():
        found = found.filter(Q(organisation__name__icontains=text) | Q(about__icontains=text))
    return _page(request, found.order_by("organisation__name", "pk"), telling.organization)


@of_id
def organization(request: Request, id: UUID) -> Told | None:
    one = _listings().filter(hsds_id=id).first()
    return telling.organization(one) if one else None


@require_safe
def service_at_locations(request: Request) -> HttpResponse:
    """Each service at each of its places; `postcode` narrows to places with that ZIP. There is no proximity."""
    if request.GET.get("proximity"):
        return _wrong("no distances are known here: ask by postcode alone")
    try:
        found = _narrowed(request).exclude(sites=None)
    except ValueError as wrong:
        return _wrong(str(wrong))
    if zip := request.GET.get("postcode", ""):
        found = found.filter(sites__zip=zip, sites__is_hidden=False).distinct()
    links = Service.sites.through.objects.filter(service__in=found.order_by()).order_by("service_id", "site_id")
    if zip:
        links = links.filter(site__zip=zip, site__is_hidden=False)
    return _page(request, links.select_related("service", "site"), _at_location)


@of_id
def service_at_location(request: Request, id: UUID) -> Told | None:
    """Its id is made of two others, so it is looked for among all."""
    links = Service.sites.through.objects.filter(service__status="listed")
    pairs = links.values_list("pk", "service__hsds_id", "site__hsds_id")
    found = next((pk for pk, one, site in pairs.iterator() if telling.at_location_id(one, site) == str(id)), None)
    return _at_location(links.select_related("service", "site").get(pk=found)) if found is not None else None


@require_safe
def taxonomies(request: Request) -> HttpResponse:
    return _page(request, [telling.TAXONOMY], dict)


@of_id
def taxonomy(request: Request, id: UUID) -> Told | None:
    return _one([telling.TAXONOMY], id)


@require_safe
def taxonomy_terms(request: Request) -> HttpResponse:
    return _page(request, telling.terms(), dict)


@of_id
def taxonomy_term(request: Request, id: UUID) -> Told | None:
    return _one(telling.terms(), id)


def _one(things: list[Told], id: UUID) -> Told | None:
    return next((one for one in things if one["id"] == str(id)), None)


def _at_location(row: Any) -> Told:
    return {**telling.service_at_location(row.service, row.site), "service_id": str(row.service.hsds_id)}


def _services(request: Request) -> QuerySet[Service]:
    return whole(Service.objects.listed(), at=request.now).select_related("organisation__listing").prefetch_related(
        "organisation__identifiers"
    )  # fmt: skip


def _listings() -> QuerySet[Listing]:
    has = Service.objects.listed().filter(organisation=OuterRef("organisation"))
    return Listing.objects.filter(Exists(has)).select_related("organisation").prefetch_related(
        "organisation__identifiers"
    )  # fmt: skip


def _narrowed(request: Request) -> QuerySet[Service]:
    """Raises ValueError where a value makes no sense: an answer to another question would be no answer."""
    found = Service.objects.listed()
    asked = request.GET
    if term := asked.get("taxonomy_term_id", ""):
        code = next((one["code"] for one in telling.terms() if one["id"] == term), None)
        if code is None:
            raise ValueError("taxonomy_term_id is none of /hsds/v3/taxonomy_terms")
        found = found.giving(code)
    if owner := asked.get("organization_id", ""):
        found = found.filter(organisation__listing__hsds_id=_uuid(owner))
    if since := asked.get("modified_after", ""):
        found = found.filter(confirmed_at__gt=_moment(since, request.now))
    if text := asked.get("search", "").strip():
        found = found.filter(Q(name__icontains=text) | Q(about__icontains=text) | Q(organisation__name__icontains=text))
    shown = whole(found, at=request.now).select_related("organisation__listing")
    return shown.prefetch_related("organisation__identifiers").order_by("pk")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueError("organization_id is no UUID") from None


def _moment(text: str, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("modified_after is no day or moment: write it like 2026-11-21") from None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def _page(request: Request, found: Any, tell: Callable[[Any], Told]) -> HttpResponse:
    """The page of the specification. A page beyond the last is empty."""
    number, size = request.GET.get("page", "1"), request.GET.get("per_page", str(USUAL))
    if not (number.isdecimal() and size.isdecimal() and int(number) > 0 and 0 < int(size) <= MOST):
        return _wrong(f"page is a number from 1, per_page from 1 to {MOST}")
    pages = Paginator(found, int(size))
    last = pages.num_pages
    rows = [tell(one) for one in pages.page(int(number)).object_list] if int(number) <= last else []
    return JsonResponse(
        {
            "total_items": pages.count, "total_pages": last, "page_number": int(number), "size": len(rows),
            "first_page": number == "1", "last_page": int(number) == last, "empty": not rows, "contents": rows,
        }
    )  # fmt: skip


def _wrong(why: str, status: int = 400) -> HttpResponse:
    return JsonResponse({"error": why, "see": reverse("hsds")}, status=status)

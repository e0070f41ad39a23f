"""``/providers/``: who gives what, where, and with what room; for anyone. What is asked for stands in the address."""

from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.providers import asked, directory, miles, tiles
from wholeperson.casework.providers.directory_forms import MORE, DirectoryForm
from wholeperson.casework.providers.listed import Listings
from wholeperson.casework.providers.models import Service
from wholeperson.casework.providers.roominess import whole
from wholeperson.casework.providers.shown import Shown, places_of

ON_A_PAGE = 20


@require_safe
def providers(request: Request) -> HttpResponse:
    form = DirectoryForm(request.GET)
    asked_for = form.asked_for
    when, here = directory.Moment(request.today, request.now), miles.where(asked_for.get("zip", ""))
    every: Any = Listings(asked_for, when, here)
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, [Shown(two, when.on, when.at, here) for two in found]) for one, found in page]
    facts = {
        "form": form, "asked": asked_for, "narrowed": [*form.narrowed(request.GET)], "more": asked_for.keys() & MORE,
        "here": here, "page": page, "rows": rows, "map": _map(request, every.by_county(), asked_for),
    }  # fmt: skip
    return render(request, "providers/providers.html", facts)


def _map(request: Request, numbers: dict[str, int], asked_for: dict[str, Any]) -> SafeString:
    """How many services each county has of what is asked for; each tile leads to the list of its county."""
    kept = request.GET.copy()
    for word in ("page", "county", "zip", "within"):
        kept.pop(word, None)
    return _drawn(tuple(numbers.items()), kept.urlencode(), asked_for.get("county", ""), get_language() or "")


@lru_cache(maxsize=64)
def _drawn(numbers: tuple[tuple[str, int], ...], kept: str, county: str, _language: str) -> SafeString:
    """The map of these numbers. It tells of nobody, and is the same until a service comes or goes."""
    names = {id: str(one["name"]) for id, one in asked.policy().counties.items()}
    width, height = tiles.size()
    told = {
        "tiles": tiles.tiles(dict(numbers), names), "kept": kept, "asked": county, "width": width, "height": height,
        "side": tiles.SIDE, "table": sorted((names[one], one, number) for one, number in numbers if one in names),
    }  # fmt: skip
    return render_to_string("providers/_map.html", told)


@require_safe
def provider(request: Request, public_id: str) -> HttpResponse:
    """An organization with all its services, or one of them alone."""
    listing, service = directory.listing_of(public_id)
    if listing is None:
        raise Http404
    found = whole(Service.objects.listed().filter(organisation=listing.organisation), at=request.now)
    every = [Shown(one, request.today, request.now) for one in found.order_by("programme", "pk")]
    rows = [one for one in every if service in ("", one.service.public_id)]
    facts = {
        "listing": listing,
        "rows": rows,
        "others": len(every) - len(rows),
        "sites": places_of(rows),
        "may_contract": request.user.is_authenticated and request.user.may("directory.contract"),
        "refer": reverse("referral_new" if _may_ask(request) else "refer"),
        "now": request.now,
    }
    return render(request, "providers/provider.html", facts)


def _may_ask(request: Request) -> bool:
    """Whether it is asked for signed in, so that it stands on their own list."""
    return request.user.is_authenticated and request.user.may("referral.ask")

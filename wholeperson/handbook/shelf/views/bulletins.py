"""Bulletins: the list anyone may read, narrowed by type of provider, and each by its material number."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.handbook.shelf import named, queries
from wholeperson.handbook.shelf.presenters import Edition
from wholeperson.handbook.shelf.words import PROVIDER_TYPES

ON_A_PAGE = 20


@require_safe
def bulletins(request: Request) -> HttpResponse:
    chosen = request.GET.get("provider_type", "")
    there = queries.published("bulletin")
    keys = [key for key, types in there.values_list("pk", "provider_types") if _is_for(types, chosen)]
    page = Paginator(keys, ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "editions": [Edition.here(piece) for piece in there.filter(pk__in=page.object_list)],
        "types": PROVIDER_TYPES.items(),
        "chosen": chosen if chosen in PROVIDER_TYPES else "",
    }
    return render(request, "shelf/bulletins.html", told)


def _is_for(types: list[str], chosen: str) -> bool:
    """What names no type is for every one."""
    return chosen not in PROVIDER_TYPES or not types or chosen in types


@require_safe
def bulletin(request: Request, number: str) -> HttpResponse:
    piece = queries.published("bulletin").filter(key=number).first()
    if piece is None:
        raise Http404
    told = {
        "edition": Edition.here(piece),
        "plans": named.plans(piece.plans),
        "programs": named.programs(piece.programmes),
    }
    return render(request, "shelf/bulletin.html", told)

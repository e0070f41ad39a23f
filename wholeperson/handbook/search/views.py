"""``/search/``: one page with four states that a screen reader is told, and the same answer as JSON."""

from collections.abc import Container

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.handbook.search import looking, signs
from wholeperson.handbook.search.fulltext import MOST
from wholeperson.handbook.search.presenters import hits, narrow
from wholeperson.handbook.search.sources import KINDS, SCOPE_NAMES, SCOPES
from wholeperson.handbook.shelf.words import PROVIDER_TYPES

ON_A_PAGE, IN_A_LIST = 10, 20
JSON = "application/json"
KNOWN: dict[str, Container[str]] = {"kind": KINDS, "scope": SCOPES, "provider_type": PROVIDER_TYPES}
SHOWN = 40  # characters of a word that is none of ours


@require_safe
def search(request: Request) -> HttpResponse:
    as_list = request.get_preferred_type(["text/html", JSON]) == JSON
    number, many = request.GET.get("page", "1"), IN_A_LIST if as_list else ON_A_PAGE
    chosen = choices(request)
    answer = looking.look(
        request.GET.get("q", ""), language=get_language() or "en", marks=narrowed(chosen), shown=upto(number, many)
    )
    page = Paginator(answer.places, many).get_page(number)
    found = looking.entries(list(page.object_list))
    if as_list:
        results = [{"kind": one.kind, "title": one.title, "url": one.url} for one in found]
        response: HttpResponse = JsonResponse({"count": answer.count, "results": results})
    else:
        told = {
            "answer": answer, "page": page, "hits": hits(found, answer), "chosen": chosen, "narrow": narrow(chosen),
            "unknown": unknown(request), "parts": SCOPE_NAMES.items(),
        }  # fmt: skip
        response = render(request, "search/search.html", told)
    patch_vary_headers(response, ["Accept"])
    return response


def upto(number: str, many: int) -> int:
    """How many results must be in their order for this page; a page that is no number is looked for among all."""
    return min(int(number) * many, MOST) if number.isdecimal() and 0 < len(number) < 4 else MOST


def narrowed(chosen: dict[str, str]) -> tuple[str, ...]:
    """The marks of what was chosen; what we do not know narrows nothing."""
    marks = []
    if chosen["kind"]:
        marks.append(signs.mark("k", chosen["kind"]))
    elif chosen["scope"]:
        marks.append(signs.mark("s", chosen["scope"]))
    if chosen["provider_type"]:
        marks.append(signs.mark("p", chosen["provider_type"]))
    return tuple(marks)


def choices(request: Request) -> dict[str, str]:
    return {name: value if (value := request.GET.get(name, "")) in values else "" for name, values in KNOWN.items()}


def unknown(request: Request) -> list[str]:
    """What was asked to be narrowed by and is no part of the handbook, cut to what a line holds."""
    asked = ((request.GET.get(name, ""), values) for name, values in KNOWN.items())
    return [looking.cleaned(value[:SHOWN]) for value, values in asked if value and value not in values]

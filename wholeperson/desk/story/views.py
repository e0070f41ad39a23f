"""The page of one member's story. That it was opened stands in the trail, as for the record itself."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members.actions import look_at
from wholeperson.casework.members.queries import joined_with
from wholeperson.casework.members.views.seen import seen
from wholeperson.desk.story import timeline
from wholeperson.desk.story.entries import Reader
from wholeperson.desk.story.head import head
from wholeperson.desk.story.kinds import KINDS

ON_A_PAGE = 50


@require_safe
def story(request: Request, public_id: str) -> HttpResponse:
    """`kind` in the address narrows it; one that is none is not heard."""
    member, sight = seen(request, public_id, verb="member.story", depth="care")
    reader = Reader(request.user, member, sight, request.today, (get_language() or "en").lower())
    keys = timeline.keys([reader, *_of_the_others(request, reader)])
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    page = Paginator(timeline.of_kind(keys, kind) if kind else keys, ON_A_PAGE).get_page(request.GET.get("page"))
    many = timeline.counts(keys)
    told = {
        "member": member,
        "page": page,
        "all": len(keys),
        "kind": kind,
        "kinds": [(name, said, many[name]) for name, said in KINDS.items() if many[name]],
        "entries": timeline.told(list(page.object_list)),
        "head": head(reader) if page.number == 1 and not kind else None,
    }
    return render(request, "desk/story.html", told)


def _of_the_others(request: Request, reader: Reader) -> list[Reader]:
    """The same person's other records, each as deep as it may be seen for itself."""
    found = []
    for joining in joined_with(request.user, reader.member):
        other = joining.gone if joining.into_id == reader.member.pk else joining.into
        sight = look_at(other, by=request.user, at=request.now, verb="member.story", depth="care")
        if sight:
            found.append(replace(reader, member=other, sight=sight))
    return found

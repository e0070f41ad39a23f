"""A paper of a member, handed over as a file."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from wholeperson.access.attached import attached
from wholeperson.access.request import Request
from wholeperson.casework.members.papers import actions


@require_safe
def document(request: Request, public_id: str) -> HttpResponse:
    found = actions.open_paper(public_id, by=request.user, at=request.now)
    if found is None:
        raise Http404
    row, content = found
    return attached(content, name=row.name, kind=row.kind)

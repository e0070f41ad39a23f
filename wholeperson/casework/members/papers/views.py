"""A paper, handed over as a file: what is in it never runs as a page of ours."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members.papers import actions


@require_safe
def document(request: Request, public_id: str) -> HttpResponse:
    found = actions.open_paper(public_id, by=request.user, at=request.now)
    if found is None:
        raise Http404
    row, content = found
    headers = {
        "Content-Disposition": content_disposition_header(True, row.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=row.kind, headers=headers)

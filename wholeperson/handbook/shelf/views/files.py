"""Files that go with an edition: anyone takes one along; an editor puts it to a draft, or takes it out."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.often import Limits, too_often
from wholeperson.access.request import Request
from wholeperson.casework.providers.views.applying import REFUSALS
from wholeperson.handbook.shelf import actions, queries
from wholeperson.handbook.shelf.forms import FileForm
from wholeperson.handbook.shelf.models import Piece
from wholeperson.handbook.shelf.presenters import Edition
from wholeperson.handbook.shelf.views.desk import piece_or_404, to_piece
from wholeperson.record import documents, uploads
from wholeperson.rules.problems import Refused

LIMITS = Limits("shelf", {"shelf_file": "600/h/ip"})  # a county's office has one address for all


@require_safe
def file(request: Request, public_id: str) -> HttpResponse:
    """Handed over to be saved, and never shown as a page of ours."""
    reads_drafts = request.user.is_authenticated and request.user.may("piece.read")
    found = queries.file_of(public_id, unpublished=reads_drafts)
    if found is None:
        raise Http404
    if not LIMITS.allow(request, "shelf_file"):
        return too_often(request)
    return attached(documents.content_for_anyone(found.document), name=found.document.name, kind=found.kind)


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: Request, public_id: str) -> HttpResponse:
    """The files of a draft, and one more. One that is refused costs nothing of what is there."""
    piece = piece_or_404(public_id)
    if piece.status != "draft":
        return to_piece(piece)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and uploads.was_too_large(request):
        form.errors["file"] = form.error_class([str(REFUSALS["too_large"])])
    elif form.is_valid() and _kept(request, piece, form):
        messages.success(request, _("The file is kept."))
        return to_files(piece)
    told = {"form": form, "edition": Edition.here(piece)}
    return render(request, "shelf/files.html", told, status=422 if form.errors else 200)


def _kept(request: Request, piece: Piece, form: FileForm) -> bool:
    said = form.cleaned_data
    received = documents.Received(said["file"].name, said["file"].read())
    try:
        actions.attach(piece, received, title=said["title"], language=said["language"], by=request.user, at=request.now)
    except Refused as refused:
        form.add_error("file", _refusal(refused.problems[0].code))
        return False
    return True


def _refusal(code: str) -> str:
    if code == "too_many_files":
        return _("There are ten files here. Put several into one, or take some out.")
    return str(REFUSALS.get(code, REFUSALS["other"]))


@require_POST
def out(request: Request, public_id: str, file: str) -> HttpResponse:
    piece = piece_or_404(public_id)
    if piece.status != "draft":
        return to_piece(piece)
    if not actions.detach(piece, file, by=request.user, at=request.now):
        raise Http404
    return to_files(piece)


def to_files(piece: Piece) -> HttpResponse:
    return HttpResponseRedirect(reverse("shelf_files", args=[piece.public_id]), status=303)

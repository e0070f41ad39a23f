"""The editors' side: what is being written, what waits for a second person, what should be looked at again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.handbook.shelf import actions, mistakes, named, presenters, queries
from wholeperson.handbook.shelf.forms import PieceForm, ReviewForm, as_written
from wholeperson.handbook.shelf.mistakes import NotReady, NotYours, Taken
from wholeperson.handbook.shelf.models import Piece
from wholeperson.handbook.shelf.presenters import Edition
from wholeperson.handbook.shelf.words import STATES, STEPS
from wholeperson.record import steps
from wholeperson.record.refusals import NotAllowed, Overtaken, Unlawful
from wholeperson.record.refusals import NotReady as NotFilled

ON_A_PAGE = 25
FIRST_DUE = 10  # how many to be looked at again stand above the list; all are in the editors' work
LOOK_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def shelf(request: Request) -> HttpResponse:
    chosen = request.GET.get("state", "")
    found = queries.pieces().filter(status=chosen) if chosen in STATES else queries.pieces()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "states": STATES.items(),
        "chosen": chosen if chosen in STATES else "",
        "due": [Edition.here(one) for one in queries.due(request.now)[:FIRST_DUE]],
        "more_due": max(0, queries.due(request.now).count() - FIRST_DUE),
        "may_write": request.user.may("piece.write"),
        "editions": [Edition.here(one) for one in page],
    }
    return render(request, "shelf/shelf.html", told)


@LOOK_OR_SEND
def begin(request: Request) -> HttpResponse:
    form = PieceForm(request.POST) if request.method == "POST" else PieceForm(initial={"dated": request.today})
    if form.is_bound and form.is_valid():
        kind, key = form.cleaned_data["kind"], form.cleaned_data["key"]
        try:
            made = actions.begin(kind=kind, key=key, content=form.content(), by=request.user, at=request.now)
            return to_piece(made)
        except Taken:
            form.add_error("key", _("There is one already. Open it and begin its next edition."))
    return render(request, "shelf/write.html", {"form": form}, status=422 if form.errors else 200)


@LOOK_OR_SEND
def change(request: Request, public_id: str) -> HttpResponse:
    piece = piece_or_404(public_id)
    if piece.status != "draft":
        return to_piece(piece)
    form = PieceForm(
        request.POST if request.method == "POST" else None, piece=piece, initial=as_written(actions.content_of(piece))
    )
    if form.is_bound and form.is_valid():
        return _rewritten(request, piece, form)
    told = {"form": form, "edition": Edition.here(piece)}
    return render(request, "shelf/write.html", told, status=422 if form.errors else 200)


def _rewritten(request: Request, piece: Piece, form: PieceForm) -> HttpResponse:
    try:
        actions.rewrite(piece, content=form.content(), by=request.user, at=request.now)
    except NotReady:
        messages.error(request, _("That step cannot be taken now. Look at where it stands, and decide anew."))
    return to_piece(piece)


@require_safe
def piece(request: Request, public_id: str) -> HttpResponse:
    found = piece_or_404(public_id)
    told = {
        "edition": Edition.here(found),
        "plans": named.plans(found.plans),
        "programs": named.programs(found.programmes),
        "moves": [(move.verb, STEPS[move.verb]) for move in offered(found, request)],
        "may_revise": found.status == "published" and request.user.may("piece.write"),
        "may_change": found.status == "draft" and request.user.may("piece.write"),
        "story": presenters.story(list(queries.life_of(found))),
        "review": ReviewForm(),
        "is_mine": str(request.user.pk) in found.hands,
    }
    return render(request, "shelf/piece.html", told)


def offered(piece: Piece, request: Request) -> list[Any]:
    """The steps that this person may take now; a newer edition replaces an older one by being published."""
    mine = str(request.user.pk) in piece.hands
    return [
        move
        for move in steps.open_to(piece, request.user)
        if move.verb in STEPS and not (mine and move.verb in ("approve", "confirm"))
    ]


@require_POST
def step(request: Request, public_id: str) -> HttpResponse:
    found, verb = piece_or_404(public_id), request.POST.get("verb", "")
    try:
        if verb == "revise":
            return to_piece(actions.revise(found, by=request.user, at=request.now))
        review = ReviewForm(request.POST)
        day = review.cleaned_data["review_by"] if review.is_valid() else date.min
        if day and day < request.today:
            raise mistakes.wrong_review_day(request.today)
        actions.take(found, verb, by=request.user, at=request.now, review_by=day)
    except NotYours:
        messages.error(request, _("You wrote in it. Somebody else has to let it through."))
    except NotReady as refused:
        messages.error(request, _unready(refused))
    except (Unlawful, Overtaken, NotFilled, NotAllowed):
        messages.error(request, _("That step cannot be taken now. Look at where it stands, and decide anew."))
    return to_piece(found)


def _unready(refused: NotReady) -> str:
    if refused.problems[0].code == "wrong_review_day":
        return _("Give a day from today on, within five years.")
    return _("The recording needs its captions first.")


def piece_or_404(public_id: str) -> Piece:
    found = queries.pieces().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def to_piece(piece: Piece) -> HttpResponse:
    return HttpResponseRedirect(reverse("shelf_piece", args=[piece.public_id]), status=303)

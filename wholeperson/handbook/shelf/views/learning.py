"""The nine-part learning series: each session a page that is of use by itself, and what somebody has been through."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.handbook.shelf import actions, blocks, content, named, queries
from wholeperson.handbook.shelf.presenters import Edition


@require_safe
def learn(request: Request) -> HttpResponse:
    done = queries.done_by(request.user) if request.user.is_authenticated else set()
    topics = content.topics()
    told = {"topics": topics, "done": done, "gone_through": len(done & {one.id for one in topics})}
    return render(request, "shelf/learn.html", told)


@require_safe
def session(request: Request, topic: str) -> HttpResponse:
    found = known_or_404(topic)
    added = queries.published("learning").filter(key=topic).first()
    topics = content.topics()
    told = {
        "topic": found,
        "parts": {part: blocks.html(getattr(found, part)) for part in content.PARTS},
        "programs": named.programs(list(found.programmes)),
        "added": Edition.here(added) if added else None,
        "written": content.written(),
        "is_done": request.user.is_authenticated and topic in queries.done_by(request.user),
        "next": topics[found.number] if found.number < len(topics) else None,
        "last": len(topics),
    }
    return render(request, "shelf/session.html", told)


@require_POST
def done(request: Request, topic: str) -> HttpResponse:
    """Keep that the person has been through it, or that they have not."""
    known_or_404(topic)
    if request.POST.get("done") == "no":
        actions.take_back(topic, by=request.user, at=request.now)
    else:
        actions.go_through(topic, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("learning_session", args=[topic]), status=303)


def known_or_404(topic: str) -> content.Topic:
    found = content.topic(topic)
    if found is None:
        raise Http404
    return found

"""Questions and answers: ours from the policy, and those that editors published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.handbook.shelf import blocks, content, queries
from wholeperson.handbook.shelf.presenters import Edition


@require_safe
def questions(request: Request) -> HttpResponse:
    ours = [(one, blocks.html(one.answer)) for one in content.questions()]
    told = {
        "groups": [(id, name, [pair for pair in ours if pair[0].group == id]) for id, name in content.groups()],
        "added": [Edition.here(piece) for piece in queries.published("question")],
        "written": content.written(),
    }
    return render(request, "shelf/questions.html", told)

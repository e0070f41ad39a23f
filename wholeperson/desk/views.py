"""The desk: what somebody opens their day with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.access.roles import ROLES
from wholeperson.desk import doors, worklists
from wholeperson.desk.words import NOT_HERE


@require_safe
def desk(request: Request) -> HttpResponse:
    posts = [(ROLES[post.role], post.organisation) for post in request.user.standing.posts]
    told = {
        "posts": posts, "doors": doors.open_to(request.user), "may_ask": request.user.may("referral.ask"),
        "not_here": [NOT_HERE[role.id] for role, _at in posts if role.id in NOT_HERE], **worklists.first(request),
    }  # fmt: skip
    return render(request, "desk/desk.html", told)

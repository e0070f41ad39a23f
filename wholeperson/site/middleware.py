"""What happens around every view: its queries are counted, it is told the moment, and the permission table is asked."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

from wholeperson import clock
from wholeperson.access import drafts, queries
from wholeperson.access.request import Request
from wholeperson.access.sign_in import lock, proof
from wholeperson.casework.care import phone
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.record import wall
from wholeperson.record.moments import now_is
from wholeperson.site.permits import ANYONE, DEMO, FIRST_FACTOR, NOBODY, PERMITS, SIGNED_IN

Answer = Callable[[HttpRequest], HttpResponseBase]


class _Count:
    """Counts what goes to the database."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)


def count_queries(answer: Answer) -> Answer:
    """In demo and tests every answer says how many queries it took."""

    def counted(request: HttpRequest) -> HttpResponseBase:
        count = _Count()
        with connection.execute_wrapper(count):
            response = answer(request)
        response["Server-Timing"] = f'db;desc="{count.queries}"'
        return response

    return counted if settings.COUNTS_QUERIES else answer


def tell_the_moment(answer: Answer) -> Answer:
    """One look at the clock for the whole request; whoever is signed in stands on that day, and the database knows."""

    def told(request: HttpRequest) -> HttpResponseBase:
        ours = cast(Request, request)
        ours.now = clock.now()
        ours.today = clock.in_california(ours.now)
        now_is(ours.now)
        try:
            if request.user.is_authenticated:
                tell_the_wall(queries.stand(request.user, on=ours.today, at=ours.now))
            with drafts.asked_by(ours):
                return answer(request)
        finally:
            wall.forget()

    return told


def keep_nothing(answer: Answer) -> Answer:
    """What somebody signed in has seen stays in no browser: the next one at a shared desk finds nothing with *back*."""

    def kept(request: HttpRequest) -> HttpResponseBase:
        leaving = request.user.pk if request.method == "POST" and request.path == reverse("account_logout") else None
        response = answer(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        elif leaving:
            phone.leave(request, cast(HttpResponse, response), leaving)  # what it kept while it had no network
        return response

    return kept


class Gate:
    """Asks the permission table before a view runs. Who must sign in is sent there; the rest is not there at all.

    A locked screen gets nothing but the way to unlock it; a form that was taken needs its draft no more.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        ours = cast(Request, request)
        if request.method == "POST" and response.status_code < 400 and not lock.shows(ours):
            drafts.done(ours)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        who = PERMITS[name]
        if name not in lock.WHILE_LOCKED and lock.is_locked(cast(Request, request)):
            return lock.stopped(cast(Request, request))
        if who == ANYONE or (who == DEMO and settings.DEMO):
            return None
        if who in (DEMO, NOBODY):
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if who not in (SIGNED_IN, FIRST_FACTOR) and not request.user.may(who):
            raise Http404
        if who != FIRST_FACTOR and proof.lacks_second_factor(cast(Request, request)):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None

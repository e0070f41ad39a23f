"""Pages for when something is not there or went wrong: what happened, and what to do next. Never anybody's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: BaseException) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: BaseException) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or a browser that keeps no cookies."""
    return render(request, "errors/form_expired.html", status=403)


def not_found(request: HttpRequest, exception: BaseException) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks nobody anything: whatever broke may be what the other pages need."""
    return HttpResponse(loader.get_template("errors/500.html").render({"plain": True}), status=500)

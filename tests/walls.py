"""On PostgreSQL every request of a test is answered by the role that owns nothing, as in an installation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wholeperson.record import wall
from wholeperson.record.grants import grant_to

WEB = "wholeperson_web"


def grant() -> None:
    if wall.stands():
        grant_to(WEB)


@contextmanager
def served() -> Iterator[None]:
    """What is done here is done by the role that serves pages."""
    if not wall.stands():
        yield
        return
    _set(f"SET ROLE {WEB}")
    try:
        yield
    finally:
        if not wall.broken():  # its end takes the role back
            _set("RESET ROLE")


def as_the_web(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answered(request: HttpRequest) -> HttpResponseBase:
        with served():
            return answer(request)

    return answered


def _set(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

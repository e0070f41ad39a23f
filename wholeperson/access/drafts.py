"""What somebody was typing when their screen locked: kept for them alone, encrypted, for half a day.

Every form that `{{ form }}` renders keeps one and gives it back. Not so a form with secrets: one that asks for a
password or a code, or says `keeps_draft = False`.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import BaseForm, PasswordInput
from django.http import QueryDict

from wholeperson.access import actions, typed
from wholeperson.access.models import Draft
from wholeperson.access.request import Request

MOST = 64_000  # characters; more is no form that somebody typed
LONGEST = 300  # of an address
HELD = "drafts"
NEVER = re.compile(r"password|csrf|credential|^code$")  # what proves who somebody is, is not kept
NO_DRAFT = "no_draft"  # a form that keeps none says so by a field of this name
ASKED = "draft_asked"  # and by this one for whom or what its page was opened, where that is more than its address


@dataclass
class _Asking:
    """A request whose page is made: its draft is looked for once, however many forms stand there."""

    request: Request

    @cached_property
    def told(self) -> dict[str, Any]:
        since = self.request.now - actions.KEPT_FOR
        rows = Draft.objects.filter(person=self.request.user, address=self.request.path, at__gt=since)
        row = rows.first()
        return json.loads(row.content) if row else {}


_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asked_by(request: Request) -> Iterator[None]:
    """Forms that are rendered meanwhile are given back what this request's person had typed."""
    token = _asking.set(_Asking(request))
    try:
        yield
    finally:
        _asking.reset(token)


def has_secrets(form: BaseForm) -> bool:
    """Whether nothing that is typed into this form may be kept."""
    if not getattr(form, "keeps_draft", True):
        return True
    return any(NEVER.search(name) or isinstance(one.widget, PasswordInput) for name, one in form.fields.items())


def keep(request: Request, address: str, sent: QueryDict) -> None:
    """Keep what was typed into the form that is sent to this address."""
    if NO_DRAFT in sent or len(address) > LONGEST or not address.isprintable():
        return
    fields = {name: sent.getlist(name) for name in sent if not NEVER.search(name.lower())}
    if any(any(values) for values in fields.values()) and len(json.dumps(fields)) <= MOST:
        actions.keep_draft(request.user, address, fields, at=request.now)
        _hold(request, address)


def asked(form: BaseForm) -> str:
    """For whom or what the page of this form was opened, if the form says (`heeds_query`) that another is another."""
    asking = _asking.get()
    return asking.request.GET.urlencode() if asking and getattr(form, "heeds_query", False) else ""


def restore(form: BaseForm) -> bool:
    """Fill the form of this page as it was, and say whether. A form that was just sent is left alone."""
    asking = _asking.get()
    if asking is None or form.is_bound or has_secrets(form):
        return False
    request = asking.request
    if not request.user.is_authenticated or not request.user.standing.is_staff:  # whose screen never locks
        return False
    if asking.told.get(ASKED, [""]) != [asked(form)] or not typed.fill(form, asking.told):
        return False
    _hold(request, request.path)
    return True


def done(request: Request) -> None:
    """The form was taken: its draft has served."""
    held = request.session.get(HELD, [])
    if request.path in held:
        actions.drop_draft(request.user, request.path)
        request.session[HELD] = [one for one in held if one != request.path]


def _hold(request: Request, address: str) -> None:
    request.session[HELD] = [*{*request.session.get(HELD, []), address}]

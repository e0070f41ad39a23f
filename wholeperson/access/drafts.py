"""What somebody was typing when their screen locked: kept for them alone, encrypted, for half a day.

A page that wants its form back says so in one line, `drafts.restore(form, request)`, and marks the form `data-draft`.
"""

import json
import re

from django.contrib import messages
from django.forms import Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from wholeperson.access import actions
from wholeperson.access.models import Draft
from wholeperson.access.request import Request

MOST = 64_000  # characters; more is no form that somebody typed
HELD = "drafts"
NEVER = re.compile(r"password|csrf|credential|^code$")  # what proves who somebody is, is not kept


def keep(request: Request, address: str, sent: QueryDict) -> None:
    """Keep what was typed into the form that is sent to this address."""
    fields = {name: sent.getlist(name) for name in sent if not NEVER.search(name.lower())}
    if any(any(values) for values in fields.values()) and len(json.dumps(fields)) <= MOST:
        actions.keep_draft(request.user, address, fields, at=request.now)
        _hold(request, address)


def restore(form: Form, request: Request) -> None:
    """Fill the form of this page as it was. A form that was just sent is left alone."""
    if form.is_bound:
        return
    row = Draft.objects.filter(person=request.user, address=request.path, at__gt=request.now - actions.KEPT_FOR).first()
    if row is None:
        return
    typed: MultiValueDict[str, str] = MultiValueDict(json.loads(row.content))
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(typed, MultiValueDict(), form.add_prefix(name))
    _hold(request, request.path)
    messages.info(request, _("We kept what you had typed."))


def done(request: Request) -> None:
    """The form was taken: its draft has served."""
    held = request.session.get(HELD, [])
    if request.path in held:
        actions.drop_draft(request.user, request.path)
        request.session[HELD] = [one for one in held if one != request.path]


def _hold(request: Request, address: str) -> None:
    request.session[HELD] = [*{*request.session.get(HELD, []), address}]

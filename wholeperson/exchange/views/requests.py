"""Asking for many people at once: a list that is checked first, and the template to write it in."""

from io import BytesIO

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.request import Request
from wholeperson.casework.referrals import programmes
from wholeperson.exchange import queries
from wholeperson.exchange.forms import ListForm
from wholeperson.exchange.kinds import EXCEL
from wholeperson.exchange.layouts import ASKING, layouts
from wholeperson.exchange.views.ledger import files_of, take_in, to_file
from wholeperson.formats.files.writing import write
from wholeperson.record.uploads import was_too_large


@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: Request) -> HttpResponse:
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()), person=request.user)
    layout = layouts()[ASKING]
    if was_too_large(request):
        form.add_error("file", _("This file is larger than 20 MB. Send it in parts."))
    if form.is_valid() and (found := take_in(request, form, form.organisation_meant, layout)):
        return to_file(found)
    told = {
        "form": form, "columns": layout.columns, "programmes": programmes.choices(),
        **files_of(request, queries.received_for(request.user).filter(layout=ASKING)),
    }  # fmt: skip
    return render(request, "exchange/requests.html", told, status=422 if form.errors else 200)


@require_safe
def template(request: Request) -> HttpResponse:
    """The columns with nothing below them."""
    out = BytesIO()
    write(layouts()[ASKING], (), out, "xlsx")
    return attached(out.getvalue(), name="requests.xlsx", kind=EXCEL)

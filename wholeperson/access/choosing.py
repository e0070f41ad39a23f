"""Choosing organisations from among thousands: one looks for a name, and ticks what is found.

With JavaScript htmx asks while one types; without it a button sends the form for the search, and what was typed stays.
A view says `if choosing.is_search(request): …` before it judges the form.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import ngettext

from wholeperson.access.models import Organisation
from wholeperson.access.request import Request

if TYPE_CHECKING:
    Several = forms.ModelMultipleChoiceField[Organisation]
else:
    Several = forms.ModelMultipleChoiceField

SHOWN = 20
ID = re.compile(r"org-[0-9a-z]{10}")
LOOK_FOR = "look_for"
SEARCH = "search"  # the value of the button `do`


class Found(forms.CheckboxSelectMultiple):
    """Those that are ticked, and those that a search found: never all there are."""

    template_name = "access/choose.html"
    look_for = ""
    more = 0

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.look_for = str(data.get(LOOK_FOR, ""))[:100].replace("\0", "")
        return super().value_from_datadict(data, files, name)

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        ticked = Organisation.objects.filter(public_id__in=[one for one in value or [] if ID.fullmatch(one)]).order_by(
            "name"
        )
        found, self.more = search(self.look_for, without=[one.public_id for one in ticked])
        self.choices = [(one.public_id, one.name) for one in (*ticked, *found)]
        return super().optgroups(name, value, attrs)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        told = {"look_for": self.look_for, "said": self._said(), "field_name": LOOK_FOR, "do": SEARCH}
        return {**context, **told}

    def _said(self) -> str:
        """How many there are that are not shown, for eyes and for screen readers."""
        if not self.look_for.strip():
            return ""
        if self.more:
            said = ngettext("There is %(number)s more. Type more of the name.",
                            "There are %(number)s more. Type more of the name.", self.more)  # fmt: skip
            return said % {"number": self.more}
        shown = len(list(self.choices))
        return ngettext("%(number)s organization to choose from", "%(number)s organizations to choose from", shown) % {
            "number": shown
        }


class Organisations(Several):
    """Any number of organisations, each found by its name."""

    widget = Found

    def __init__(self, **named: Any) -> None:
        super().__init__(queryset=Organisation.objects.order_by("name"), to_field_name="public_id", **named)

    def clean(self, value: Any) -> Any:
        wrong = [one for one in value or [] if not ID.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": wrong[0][:40]})
        return super().clean(value)

    @property
    def choices(self) -> Any:
        """None: the widget looks for its own."""
        return []

    @choices.setter
    def choices(self, given: Any) -> None:
        pass


def search(look_for: str, *, without: Sequence[str] = ()) -> tuple[list[Organisation], int]:
    """Those whose name has every word that was typed, and how many more there are than are shown."""
    words = look_for.split()
    if not words:
        return [], 0
    found: QuerySet[Organisation] = Organisation.objects.exclude(public_id__in=list(without)).order_by("name")
    for word in words:
        found = found.filter(name__icontains=word)
    return list(found[:SHOWN]), max(0, found.count() - SHOWN)


def is_search(request: Request) -> bool:
    return request.method == "POST" and request.POST.get("do") == SEARCH


def is_typing(request: Request) -> bool:
    """Whether htmx asks for what is found alone."""
    return is_search(request) and request.headers.get("HX-Request") == "true"


def found(form: forms.Form, field: str) -> HttpResponse:
    """What htmx puts below the search, and nothing else of the page."""
    widget = form.fields[field].widget
    value = widget.value_from_datadict(form.data, MultiValueDict(), form.add_prefix(field))
    context = widget.get_context(
        form.add_prefix(field), value, form[field].build_widget_attrs({"id": form[field].auto_id})
    )
    return HttpResponse(render_to_string("access/chosen.html", context))

"""A list to choose from that is written once: the same as Django writes each time."""

from typing import Any

import pytest
from django import forms
from django.utils.translation import gettext_lazy, override

from wholeperson.access.written import Written, options

CHOICES: list[Any] = [
    ("", gettext_lazy("All")), ("alameda", "Alameda"), ("<b>", "A & B"), (3, "three"),
    ("Group & co", [("inner", "Inside"), ("alameda", "once more")]),
]  # fmt: skip


@pytest.mark.parametrize("chosen", [None, "", "alameda", "<b>", "3", "inner", "nowhere"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_it_reads_as_django_writes_it(chosen: str | None, language: str) -> None:
    def said(widget: type[forms.Select]) -> str:
        class One(forms.Form):
            place = forms.ChoiceField(choices=CHOICES, required=False, widget=widget)

        return str(One({"place": chosen} if chosen is not None else None)["place"])

    with override(language):
        assert said(Written) == said(forms.Select)


def test_what_is_typed_and_is_none_of_them_is_kept_nowhere() -> None:
    class One(forms.Form):
        place = forms.ChoiceField(choices=CHOICES, required=False, widget=Written)

    str(One()["place"])
    kept = options.cache_info().currsize
    for number in range(5):
        assert " selected" not in str(One({"place": f"Rosa Delgado {number}"})["place"])
    assert options.cache_info().currsize <= kept + 1

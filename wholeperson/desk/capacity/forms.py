"""What the map is asked for: a service, and if wished a plan and a language, in the words of the directory."""

from typing import Any, cast

from django import forms

from wholeperson.casework.providers import offers
from wholeperson.casework.providers.directory_forms import DirectoryForm

USUAL = offers.SLEEPING[0]
ASKED = ("service", "plan", "language")


class CapacityForm(DirectoryForm):
    """A service is always asked for; where none is named, or none that there is, beds to get well in."""

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        for name in set(self.fields) - set(ASKED):
            del self.fields[name]
        service = cast(forms.ChoiceField, self.fields["service"])
        service.choices = list(cast(list[Any], service.choices))[1:]

    @property
    def asked_for(self) -> dict[str, Any]:
        return {"service": USUAL, **super().asked_for}

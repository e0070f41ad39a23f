"""For which of one's own organizations something is done: asked of who has several, known of who has one."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import own


class ForOneOfOwn(forms.Form):
    """A form that ends with whose it is."""

    organisation = forms.ModelChoiceField(
        label=_("For which organization?"), queryset=Organisation.objects.none(), to_field_name="public_id",
        empty_label=None,
    )  # fmt: skip
    only: Organisation | None = None

    def offer_own(self, person: Person, word: str) -> None:
        """Those for which this person may do so; where it is one, nothing is asked."""
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset = own(person, word)
        if len(field.queryset) == 1:
            self.only = field.queryset[0]
            del self.fields["organisation"]

    @property
    def organisation_meant(self) -> Organisation:
        return self.only or cast(Organisation, self.cleaned_data["organisation"])

"""What is asked when an overlay is uploaded, and when it is sent back."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.casework.eligibility import policies
from wholeperson.record.uploads import was_too_large
from wholeperson.rules.reading.overlays import LONGEST

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OverlayForm(forms.Form):
    """The overlay as a file, or as text: what a file brought is put into the text, so that it can be mended there."""

    plan = forms.ChoiceField(label=_("Plan"))
    file = forms.FileField(label=_("The overlay as a file"), help_text=_("A YAML file of one plan."), required=False)
    text = forms.CharField(
        label=_("Or its text"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )  # fmt: skip
    effective_on = forms.DateField(label=_("From which day does it hold?"), widget=DAY)
    note = forms.CharField(
        label=_("What is it about?"), help_text=_("For whoever approves it."), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        plans = policies.files().plans
        mine = set(reached(person, list(plans)))
        choices = [(name, plan["name"]) for name, plan in plans.items() if name in mine]
        cast(forms.ChoiceField, self.fields["plan"]).choices = choices

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        file = told.get("file")
        text = _read(file.read()) if file else told.get("text", "")
        if not text.strip():
            self.add_error("file", _("Choose a file, or paste the text."))
        elif "\0" in text:
            self.add_error("file", _("This is no text. An overlay is a YAML file in UTF-8."))
        elif len(text) > LONGEST:
            self.add_error("file", _("This is too long for the overlay of one plan."))
        told["text"] = text
        return told


def _read(content: bytes) -> str:
    try:
        return content[: 4 * LONGEST].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "\0"


def reached(person: Person, plans: list[str]) -> list[str]:
    """The plans for which somebody may upload: all for the house, else those whose organization is theirs."""
    from wholeperson.access.models import Identifier

    if person.standing.reaches(None, "overlay.upload"):
        return plans
    theirs = person.standing.organisations_where("overlay.upload")
    rows = Identifier.objects.filter(system="plan", organisation__in=theirs, until=None)
    return [plan for plan in plans if plan in set(rows.values_list("value", flat=True))]


class ReturnForm(forms.Form):
    """Why it is sent back."""

    reason = forms.CharField(
        label=_("What is wrong with it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


__all__ = ["OverlayForm", "ReturnForm", "reached", "was_too_large"]

"""What is asked of whoever brings a plan's form: the PDF, for whom it is, and what goes into each of its fields."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.access.own import ForOneOfOwn
from wholeperson.casework.referrals import plan_form_boxes, programmes, sayings
from wholeperson.casework.referrals.pdf_forms import Blank
from wholeperson.casework.referrals.queries import KEEP_FORMS


class PdfForm(ForOneOfOwn):
    """A fillable PDF, and for which plan and program it is."""

    name = forms.CharField(label=_("What is the form called?"), max_length=120)
    plan = forms.ChoiceField(label=_("For which plan?"), required=False)
    programme = forms.ChoiceField(label=_("For which program?"), required=False)
    file = forms.FileField(
        label=_("The form"), help_text=_("A PDF that one can type into, without a password, up to 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )  # fmt: skip
    field_order = ("name", "plan", "programme", "file", "organisation")
    keeps_draft = False
    SAYS: ClassVar[dict[str, Any]] = {
        "not_pdf": _("This is no PDF. Bring the form as PDF."),
        "unreadable": _("This PDF cannot be read to its end. Ask the plan for it once more."),
        "encrypted": _("This PDF is locked with a password. Ask the plan for one that is not."),
        "no_fields": _("This PDF has no fields to fill in. Ask the plan for the form that one can type into."),
        "acts": _("This PDF does something by itself. Ask the plan for one without scripts or files inside."),
        "names": _("Two fields of this PDF go by one name. Ask the plan for one where each has its own."),
        "xfa": _("This form is of a kind that few programs can fill. Ask the plan for a plain PDF form."),
        "too_much": _("There is more in this PDF than a form holds. Ask the plan for a smaller one."),
    }

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer_own(person, KEEP_FORMS)
        plans = sorted((str(plan["name"]), word) for word, plan in programmes.policy().plans.items())
        cast(forms.ChoiceField, self.fields["plan"]).choices = [
            ("", _("Any plan")),
            *((word, name) for name, word in plans),
        ]
        cast(forms.ChoiceField, self.fields["programme"]).choices = [("", _("Any program")), *programmes.choices()]


class MappingForm(forms.Form):
    """One question for each field of the PDF: what goes into it; of a box, when it is ticked."""

    def __init__(self, *given: Any, blanks: Sequence[Blank], mapping: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.blanks = blanks
        filled_with = [("", _("Leave it empty")), *sayings.FORM_FIELDS.items()]
        ticked_when = [("", _("Leave it empty")), *plan_form_boxes.choices().items()]
        for at, blank in enumerate(blanks):
            self.fields[f"field-{at}"] = forms.ChoiceField(
                label=blank.says, required=False, initial=mapping.get(blank.key, ""),
                choices=ticked_when if blank.state else filled_with,
            )  # fmt: skip

    def mapping(self) -> dict[str, str]:
        told = {blank.key: self.cleaned_data[f"field-{at}"] for at, blank in enumerate(self.blanks)}
        return {name: key for name, key in told.items() if key}

"""The words of how somebody speaks, reads and eats, what is asked of it, and how it is told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.members import tongues
from wholeperson.casework.members.models import FoodNeeds, LanguageNeeds, Member

FORMATS: dict[str, "str | Promise"] = {
    "standard": _("As usual"),
    "large_print": _("Large print"),
    "braille": _("Braille"),
    "audio": _("To listen to"),
    "electronic": _("As a file that a screen reader can read"),
}
DIETS: dict[str, "str | Promise"] = {
    "halal": _("Halal"),
    "kosher": _("Kosher"),
    "vegetarian": _("Vegetarian"),
    "vegan": _("Vegan"),
    "low_salt": _("Low in salt"),
    "low_sugar": _("Low in sugar"),
    "soft": _("Soft food"),
}
KITCHEN: dict[str, "str | Promise"] = {
    "refrigerator": _("Refrigerator"),
    "stove": _("Stove or microwave"),
    "cook": _("Somebody cooks"),
}
YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]
NOT_KNOWN = (tongues.UNDETERMINED, _("Not known"))
ANSWERS = {"yes": True, "no": False}
MOST = 300  # characters

Lines = list[tuple[str, "str | Promise", "str | Promise"]]  # a key by which a form knows it, its name, what it says


class YesNo(forms.ChoiceField):
    """Yes, no, or nobody asked: true, false or null."""

    def __init__(self, **named: Any) -> None:
        super().__init__(choices=YES_NO, widget=forms.RadioSelect, required=False, **named)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def clean(self, value: Any) -> bool | None:
        return ANSWERS.get(super().clean(value))


class NeedsForm(forms.Form):
    """What holds now stands in it already."""

    def __init__(self, sent: Any = None, *, known: Mapping[str, Any]) -> None:
        super().__init__(sent, initial=dict(known), auto_id=f"id_{type(self).__name__}_%s")


class LanguageForm(NeedsForm):
    """What somebody speaks and reads."""

    spoken = forms.ChoiceField(label=_("Language they speak or sign"), choices=[NOT_KNOWN, *tongues.SPOKEN.items()])
    written = forms.ChoiceField(label=_("Language they read"), choices=[NOT_KNOWN, *tongues.READ.items()])
    interpreter = YesNo(label=_("Do they need an interpreter?"))
    interpreter_in = forms.ChoiceField(
        label=_("Language of the interpreter"), choices=[("", _("The one they speak")), *tongues.INTERPRETED.items()],
        required=False,
    )  # fmt: skip
    format = forms.ChoiceField(
        label=_("How do they want to get letters?"), choices=list(FORMATS.items()), widget=forms.RadioSelect,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("interpreter"):
            told["interpreter_in"] = ""
        elif not told.get("interpreter_in") and told.get("spoken") in ("en", tongues.UNDETERMINED):
            self.add_error("interpreter_in", _("Say in which language the interpreter is needed."))
        else:
            told["interpreter_in"] = told.get("interpreter_in") or told.get("spoken", "")
        return told


class FoodForm(NeedsForm):
    """What somebody eats, and what they have to keep and warm food."""

    allergies = forms.CharField(
        label=_("Food that makes them ill"), help_text=_("Allergies, such as peanuts or milk."), max_length=MOST,
        required=False,
    )  # fmt: skip
    diets = forms.MultipleChoiceField(
        label=_("How do they eat?"), choices=list(DIETS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    other = forms.CharField(label=_("Anything else about their food?"), max_length=MOST, required=False)
    refrigerator = YesNo(label=_("Do they have a refrigerator?"))
    stove = YesNo(label=_("Do they have a stove or a microwave?"))
    cook = YesNo(label=_("Can they or somebody else cook?"))


class FormerNameForm(NeedsForm):
    """A name from before."""

    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100)


def of_language(member: Member, row: LanguageNeeds | None) -> Lines:
    """As far as anybody told."""
    told: Lines = [
        ("language", gettext("Language they speak or sign"), tongues.name(spoken(member, row))),
        ("language_written", gettext("Language they read"), tongues.name(row.written) if row else ""),
        ("interpreter", gettext("Interpreter"), interpreter(row)),
        ("format", gettext("How they want to get letters"), FORMATS[row.format] if row else ""),
    ]
    return [line for line in told if line[2]]


def spoken(member: Member, row: LanguageNeeds | None) -> str:
    """The language they speak; where that row does not say it, as their record has it."""
    return row.spoken if row and row.spoken != tongues.UNDETERMINED else member.language


def written(member: Member, row: LanguageNeeds | None) -> str:
    """The language they read; where nobody told it, the one they speak."""
    return row.written if row and row.written != tongues.UNDETERMINED else spoken(member, row)


def interpreter(row: LanguageNeeds | None) -> "str | Promise":
    if row is None or row.interpreter is None:
        return ""
    if not row.interpreter:
        return gettext("Not needed")
    language = tongues.name(row.interpreter_in) if row.interpreter_in else ""
    return gettext("Needed: %(language)s") % {"language": language} if language else gettext("Needed")


def of_food(row: FoodNeeds | None) -> Lines:
    """As far as anybody told."""
    if row is None:
        return []
    told: Lines = [
        ("allergies", gettext("Food that makes them ill"), row.allergies),
        (
            "diet",
            gettext("How they eat"),
            ", ".join(filter(None, [*(str(DIETS[one]) for one in row.diets), row.other])),
        ),
        ("kitchen", gettext("To keep and warm food"), kitchen(row)),
    ]
    return [line for line in told if line[2]]


def kitchen(row: FoodNeeds) -> str:
    """What there is, and what there is not."""
    known = [(words, getattr(row, key)) for key, words in KITCHEN.items()]
    yes, no = gettext("Yes"), gettext("No")
    return ", ".join(f"{words}: {yes if there else no}" for words, there in known if there is not None)


def can_store_and_prepare(row: FoodNeeds) -> bool | None:
    """Whether food can be kept cold and warmed or cooked there, as far as the three answers say it."""
    warms = True if row.stove or row.cook else False if (row.stove, row.cook) == (False, False) else None
    if row.refrigerator is False or warms is False:
        return False
    return True if row.refrigerator and warms else None

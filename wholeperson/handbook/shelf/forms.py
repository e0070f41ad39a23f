"""What is asked of whoever writes for the shelf, and of whoever tried a contact."""

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.handbook import reading
from wholeperson.handbook.shelf import content, named
from wholeperson.handbook.shelf.actions import About, Content, Said
from wholeperson.handbook.shelf.models import Piece
from wholeperson.handbook.shelf.words import KINDS, LANGUAGES, PROVIDER_TYPES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NUMBER = re.compile(r"\d{2}-\d{3,4}[a-z]?")
WORD = re.compile(r"[a-z][a-z0-9-]{2,39}")
LONGEST = 20_000  # characters of one wording
AREA = forms.Textarea(attrs={"rows": 10})


class CheckForm(forms.Form):
    """That a contact answered, on which day, and at which hours it does."""

    on = forms.DateField(label=_("On which day did it answer?"), widget=DAY)
    hours = forms.CharField(
        label=_("Its hours"),
        help_text=_("As they were told to you. Leave it empty where the plan's own stand."),
        max_length=200,
        required=False,
    )

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return day


class ReviewForm(forms.Form):
    """By when somebody should look at it again."""

    review_by = forms.DateField(label=_("Look at it again by"), widget=DAY, required=False)


class PieceForm(forms.Form):
    """An edition in every language. English is needed; a language is written whole or not at all."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    key = forms.CharField(
        label=_("Number or word"),
        help_text=_("A bulletin: its material number, like 25-521. A session: its topic. A question: one short word."),
        max_length=40,
    )
    dated = forms.DateField(label=_("Date"), widget=DAY)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    summary_en = forms.CharField(label=_("In one sentence, in English"), max_length=400, required=False)
    body_en = forms.CharField(
        label=_("Text in English"),
        help_text=_("Leave a line empty between paragraphs. ## makes a heading, - a list, [words](/address/) a link."),
        widget=AREA,
        max_length=LONGEST,
    )
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=200, required=False)
    summary_es = forms.CharField(label=_("In one sentence, in Spanish"), max_length=400, required=False)
    body_es = forms.CharField(label=_("Text in Spanish"), widget=AREA, max_length=LONGEST, required=False)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    summary_zh = forms.CharField(label=_("In one sentence, in Chinese"), max_length=400, required=False)
    body_zh = forms.CharField(label=_("Text in Chinese"), widget=AREA, max_length=LONGEST, required=False)
    provider_types = forms.MultipleChoiceField(
        label=_("For which providers?"),
        help_text=_("Choose none for all of them."),
        choices=list(PROVIDER_TYPES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    plans = forms.MultipleChoiceField(label=_("Of which plans?"), widget=forms.CheckboxSelectMultiple, required=False)
    programmes = forms.MultipleChoiceField(
        label=_("About which programs?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    recording = forms.URLField(label=_("Address of a recording"), assume_scheme="https", required=False)
    captions = forms.CharField(
        label=_("Captions of the recording"),
        help_text=_("What is said in it, as text. Nothing with a recording is published without."),
        widget=AREA,
        max_length=200_000,
        required=False,
    )
    slides = forms.URLField(label=_("Address of slides"), assume_scheme="https", required=False)

    def __init__(self, *given: Any, piece: Piece | None = None, **named_: Any) -> None:
        super().__init__(*given, **named_)
        known = reading.policy()
        plans, programs = (cast(forms.ChoiceField, self.fields[name]) for name in ("plans", "programmes"))
        plans.choices = [(id, plan["name"]) for id, plan in known.plans.items()]
        programs.choices = [(id, named.program(id)) for id in known.programmes]
        if piece:  # what it is and its number stay
            del self.fields["kind"], self.fields["key"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        self._refuse_number(told)
        for language in ("es", "zh"):
            if bool(told.get(f"title_{language}")) != bool(told.get(f"body_{language}")):
                self.add_error(f"title_{language}", _("Give both title and text in this language, or neither."))
        if told.get("recording") and not told.get("captions"):
            self.add_error("captions", _("A recording needs its captions."))
        return told

    def _refuse_number(self, told: dict[str, Any]) -> None:
        kind, key = told.get("kind"), told.get("key", "")
        if kind == "bulletin" and not NUMBER.fullmatch(key):
            self.add_error("key", _("A material number looks like 25-521: two digits, a hyphen, three or four digits."))
        if kind == "learning" and content.topic(key) is None:
            topics = ", ".join(one.id for one in content.topics())
            self.add_error("key", _("The topics are: %(topics)s.") % {"topics": topics})
        if kind == "question" and not WORD.fullmatch(key):
            self.add_error("key", _("Use small letters, digits and hyphens, at least three."))

    def content(self) -> Content:
        """What was written, for the actions."""
        told = self.cleaned_data
        about = About(
            dated=told["dated"], provider_types=tuple(told["provider_types"]), plans=tuple(told["plans"]),
            programmes=tuple(told["programmes"]), recording=told["recording"], captions=told["captions"],
            slides=told["slides"],
        )  # fmt: skip
        return Content(about, {language: said for language in LANGUAGES if (said := self._said(language))})

    def _said(self, language: str) -> Said | None:
        short, told = language[:2], self.cleaned_data
        title, body, summary = (told[f"{part}_{short}"] for part in ("title", "body", "summary"))
        return Said(title, body, summary) if title else None


class FileForm(forms.Form):
    """A file that goes with an edition, and what readers are told of it."""

    title = forms.CharField(label=_("What is in it?"), help_text=_("Readers press this."), max_length=120)
    language = forms.ChoiceField(
        label=_("In which language is it?"), choices=list(LANGUAGES.items()), widget=forms.RadioSelect, initial="en"
    )
    file = forms.FileField(
        label=_("The file"), help_text=_("PDF, JPEG, PNG, TIFF, Word, Excel or plain text, up to 20 MB."),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )  # fmt: skip


def as_written(content: Content) -> dict[str, Any]:
    """The form's first values for an edition."""
    about = content.about
    told: dict[str, Any] = {
        "dated": about.dated, "provider_types": about.provider_types, "plans": about.plans,
        "programmes": about.programmes, "recording": about.recording, "captions": about.captions,
        "slides": about.slides,
    }  # fmt: skip
    for language, said in content.wordings.items():
        short = language[:2]
        told |= {f"title_{short}": said.title, f"summary_{short}": said.summary, f"body_{short}": said.body}
    return told

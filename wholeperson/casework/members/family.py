"""Who speaks for somebody: what is asked of it, how long it can hold, and how far they may see by it."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.access.queries import account_of_member
from wholeperson.access.roles import shallower
from wholeperson.casework.members import minors
from wholeperson.casework.members.models import Member, Representative
from wholeperson.casework.members.reaching import DAY, DOCUMENTS, POWERS, FromToday
from wholeperson.record.models import Document
from wholeperson.rules.calendar import birthday

OF_AGE = 18
OF_MINORS = ("parent", "guardianship")  # documents that hold until somebody is of age
SPOKEN = "spoken"


def is_of_age(member: Member, on: date) -> bool:
    return birthday(member.birth_date, OF_AGE) <= on


def ends(member: Member, document: str, since: date, until: date | None) -> date | None:
    """The last day on which it can hold: a parent or guardian of a minor speaks until the day before they are 18."""
    if document not in OF_MINORS or is_of_age(member, since):
        return until
    last = birthday(member.birth_date, OF_AGE) - timedelta(days=1)
    return min(until, last) if until else last


def depth(row: Representative, sees: str, on: date) -> str:
    """How far their account sees: who decides by a document that is shown sees private things too, of a minor nobody.

    No further than whoever opens it (`sees`). Drug and alcohol treatment is never among it: that takes the person's own
    consent.
    """
    decides = row.power == "decide" and row.document != SPOKEN and row.paper_id is not None
    return minors.scope_for(row.member, minors.FAMILY, shallower("sensitive" if decides else "care", sees), on)


class RepresentativeForm(FromToday):
    """Who speaks or decides for somebody, by what, and whether their account sees the record."""

    name = forms.CharField(label=_("Their name"), max_length=100)
    relation = forms.CharField(label=_("Who are they to the person?"), max_length=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    document = forms.ChoiceField(label=_("By which document?"), choices=[("", _("Choose one")), *DOCUMENTS.items()])
    paper = forms.ChoiceField(label=_("Which paper shows it?"), required=False)
    power = forms.ChoiceField(label=_("How far?"), choices=list(POWERS.items()), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Email address of their account"), required=False,
        help_text=_(
            "Only if they are to see the record here. They see private things only if they decide by a document whose "
            "paper is chosen here, and never more than you do."
        ),
    )  # fmt: skip
    until = forms.DateField(label=_("Until"), widget=DAY, required=False, help_text=_("The last day it holds."))

    def __init__(
        self, sent: Any = None, *, member: Member, today: date, papers: Iterable[Document], may_open: bool,
        own: Collection[UUID],
    ) -> None:  # fmt: skip
        super().__init__(sent, today=today)
        self.member, self.own, self.account = member, own, cast("Person | None", None)
        self.papers = {paper.public_id: paper for paper in papers}
        if self.papers:
            listed = [(key, paper.name) for key, paper in self.papers.items()]
            cast(forms.ChoiceField, self.fields["paper"]).choices = [("", _("None")), *listed]
        for name, is_there in (("paper", bool(self.papers)), ("email", may_open)):
            if not is_there:
                del self.fields[name]

    def clean_document(self) -> str:
        document = cast(str, self.cleaned_data["document"])
        if document == "parent" and is_of_age(self.member, self.today):
            raise forms.ValidationError(_("They are of age. Choose the document by which somebody speaks for them."))
        return document

    def clean_email(self) -> str:
        email = cast(str, self.cleaned_data["email"])
        if email:
            self.account = account_of_member(email, on=self.today)
            if self.account is None:
                raise forms.ValidationError(
                    _("Nobody has a member or family account with this address. Leave it empty until they do.")
                )
            if self.account.pk in self.own:
                raise forms.ValidationError(_("This is the person's own account."))
        return email

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("until") and told.get("since") and told["until"] < told["since"]:
            self.add_error("until", _("It cannot end before it begins."))
        return told


class EndForm(forms.Form):
    """Why somebody speaks for them no more."""

    why = forms.CharField(label=_("Why does it end?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, sent: Any = None, *, key: str) -> None:
        super().__init__(sent, prefix=key)  # what was typed of one is given back to no other

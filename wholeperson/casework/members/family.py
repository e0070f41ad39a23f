"""Who speaks for somebody: what is asked of it, how long it can hold, and how far they may see by it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.access.queries import account_of_member, current, may_be_one
from wholeperson.access.roles import shallower
from wholeperson.casework.members import minors, queries
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship, Representative
from wholeperson.casework.members.reaching import DAY, DOCUMENTS, POWERS, FromToday
from wholeperson.casework.members.shown import ShownByPaper
from wholeperson.record import wall
from wholeperson.record.models import Document
from wholeperson.rules.calendar import birthday

OF_AGE = 18
OF_MINORS = ("parent", "guardianship")  # documents that hold until somebody is of age
SPOKEN = "spoken"
MISSED = forms.ValidationError(
    _(
        "You cannot open the record to this address. It must be an account of family or of who speaks for the person, "
        "not their own and not yours. If it is, a colleague has to write it down; else leave it empty."
    ),
    code="missed",
)
TOO_OFTEN = forms.ValidationError(
    _("Too many addresses were tried. Leave it empty, or try again in an hour."), code="too_often"
)


def is_of_age(member: Member, on: date) -> bool:
    return birthday(member.birth_date, OF_AGE) <= on


def ends(member: Member, document: str, since: date, until: date | None, today: date) -> date | None:
    """The last day on which it can hold: nobody speaks for a minor beyond the day before they are 18.

    That is so by whatever document: from that day on they say themselves who speaks for them.
    """
    if is_of_age(member, since if document in OF_MINORS else today):
        return until
    last = birthday(member.birth_date, OF_AGE) - timedelta(days=1)
    return min(until, last) if until else last


def may_be_theirs(account: Person, member: Member, *, by: Person, at: datetime) -> bool:
    """Whether the record may be opened to an account as to family: not to who opens it, and not to the member."""
    return not may_be_one(by, account) and not _is_own(account, member, at)


def _is_own(account: Person, member: Member, at: datetime) -> bool:
    """Whether the member sees any of their own records by it."""
    records = queries.all_records_of([member.pk], at)[member.pk]
    with wall.opened("member.own"):
        held = current(day_of(at)) & (Q(ends_at=None) | Q(ends_at__gt=at))
        return bool(Relationship.objects.filter(held, member__in=records, person=account, reason="self").exists())


def depth(row: Representative, sees: str, on: date) -> str:
    """How far their account sees: who decides by a document that is shown sees private things too, of a minor nobody.

    No further than whoever opens it (`sees`). Drug and alcohol treatment is never among it: that takes the person's own
    consent.
    """
    decides = row.power == "decide" and row.document != SPOKEN and row.paper_id is not None
    return minors.scope_for(row.member, minors.FAMILY, shallower("sensitive" if decides else "care", sees), on)


class RepresentativeForm(FromToday, ShownByPaper):
    """Who speaks or decides for somebody, by what, and whether their account sees the record.

    `by` writes it down at the moment `at`; nothing is looked up for them once they tried `too_often`. An address is
    looked up only where all else is right, and why nothing can be opened to it is never told apart.
    """

    name = forms.CharField(label=_("Their name"), max_length=100)
    relation = forms.CharField(label=_("Who are they to the person?"), max_length=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    document = forms.ChoiceField(label=_("By which document?"), choices=[("", _("Choose one")), *DOCUMENTS.items()])
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
        self, sent: Any = None, *, member: Member, by: Person, at: datetime, papers: Iterable[Document],
        may_open: bool, too_often: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(sent, today=day_of(at))
        self.by, self.at, self.too_often = by, at, too_often
        self.member, self.account = member, cast("Person | None", None)
        self.ask_for_paper(papers, after="document")
        if not may_open:
            del self.fields["email"]

    def clean_document(self) -> str:
        document = cast(str, self.cleaned_data["document"])
        if document == "parent" and is_of_age(self.member, self.today):
            raise forms.ValidationError(_("They are of age. Choose the document by which somebody speaks for them."))
        return document

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("until") and told.get("since") and told["until"] < told["since"]:
            self.add_error("until", _("It cannot end before it begins."))
        if told.get("email") and not self.errors:
            self._find(told["email"])
        return told

    def _find(self, email: str) -> None:
        found = None if self.too_often else account_of_member(email, on=self.today)
        if found and may_be_theirs(found, self.member, by=self.by, at=self.at):
            self.account = found
        else:
            self.add_error("email", TOO_OFTEN if self.too_often else MISSED)

    @property
    def missed(self) -> bool:
        """Whether an address was looked up to which nothing can be opened."""
        return self.has_error("email", MISSED.code)


class EndForm(forms.Form):
    """Why somebody speaks for them no more."""

    why = forms.CharField(label=_("Why does it end?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, sent: Any = None, *, key: str) -> None:
        super().__init__(sent, prefix=key)  # what was typed of one is given back to no other

"""What is asked where somebody's name changes, and which name somebody bore on a day, as it was known then."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.day_fields import come
from wholeperson.casework.members.models import Member, Relationship, Renaming
from wholeperson.casework.members.shown import ShownByPaper
from wholeperson.record import wall
from wholeperson.record.models import Document

KINDS: dict[str, "str | Promise"] = {
    "legal": _("Their legal name changed"),
    "preferred": _("They want to be called otherwise"),
    "misspelled": _("It was written wrong here"),
}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NAMES = ("given_name", "family_name", "preferred_name")
Named = tuple[str, str]  # first name and last name


class NameForm(ShownByPaper):
    """A name as it is from a day on, and how that is known; on which of the person's `others` too, where there are any.

    Each name is sent with the one that the form was made of: what nobody touched stays, whatever it is by now.
    """

    made_of: ClassVar = [f"was_{name}" for name in NAMES]

    kind = forms.ChoiceField(label=_("What changed?"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100)
    preferred_name = forms.CharField(
        label=_("What they want to be called"), max_length=100, required=False,
        help_text=_("In place of the first name. Leave it empty if it is the first name."),
    )  # fmt: skip
    since = forms.DateField(
        label=_("From"), widget=DAY, required=False,
        help_text=_("The day from which it is their name. A name that was written wrong needs none."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("How do you know?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who said so, or what you saw: a court order, a card, their own word."),
    )  # fmt: skip

    def __init__(
        self, sent: Any = None, *, member: Member, today: date, papers: Iterable[Document],
        others: Iterable[Member] = (),
    ) -> None:  # fmt: skip
        names = {name: getattr(member, name) for name in NAMES}
        was = {f"was_{name}": held for name, held in names.items()}
        super().__init__(sent, initial={**names, **was, "since": today})
        self.fields |= {name: forms.CharField(widget=forms.HiddenInput, required=False) for name in self.made_of}
        self.member, self.today = member, today
        self.ask_for_paper(papers)
        self._ask_for_others({other.public_id: other for other in others})

    def _ask_for_others(self, others: dict[str, Member]) -> None:
        self.others = others
        if others:
            self.fields["also"] = forms.MultipleChoiceField(
                label=_("Also on the other record that is the same person"), required=False,
                choices=[(key, _in_words(other)) for key, other in others.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("What you changed and how you know is kept there too. A paper stays with this record."),
            )  # fmt: skip

    @property
    def also(self) -> list[Member]:
        """The other records that were ticked."""
        return [self.others[key] for key in self.cleaned_data.get("also", [])]

    @property
    def another(self) -> dict[str, str]:
        """The names that were changed in this form."""
        told = self.cleaned_data
        return {name: told[name] for name in NAMES if told[name] != told[f"was_{name}"]}

    def clean_since(self) -> date | None:
        since = self.cleaned_data["since"]
        return come(since, self.today) if since else None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("kind") == "misspelled":
            told["since"] = None
        elif told.get("kind") and not told.get("since") and "since" not in self.errors:
            self.add_error("since", _("Say from which day."))
        return told


def _in_words(member: Member) -> str:
    told = {"name": f"{member.given_name} {member.family_name}", "day": date_format(member.birth_date)}
    return gettext("%(name)s, born %(day)s") % told


def other_records(user: Person, member: Member) -> list[Member]:
    """The other records of the same person that this person may rename too: seen so deep, and not as near."""
    others = queries.records_of(user, [member.pk])[member.pk] - {member.pk}
    near = Relationship.objects.for_user(user).filter(member__in=others, organisation=None).exclude(reason="self")
    kept_from = set(near.values_list("member", flat=True))
    sights = queries.sights(user, others - kept_from)
    return [sight.row.member for _key, sight in sorted(sights.items()) if sight.reaches(queries.JOINED_AT)]


def is_named_otherwise(other: Member, member: Member) -> bool:
    return any(getattr(other, name) != getattr(member, name) for name in NAMES)


def named_then(members: Iterable[Member], *, on: date, known_at: datetime) -> dict[UUID, Named]:
    """The legal name of each on a day, as it was known at a moment. Unscoped: for files and letters, never a page."""
    bearers = {one.pk: one for one in members}
    changes: dict[UUID, list[Renaming]] = {}
    with wall.opened("member.named_then"):
        for row in Renaming.objects.filter(member__in=bearers).exclude(kind="preferred").order_by("kept_at", "id"):
            changes.setdefault(row.member_id, []).append(row)
    return {key: _then(one, changes.get(key, []), on, known_at) for key, one in bearers.items()}


def _then(member: Member, changes: list[Renaming], on: date, known_at: datetime) -> Named:
    """Without a change the name they have; before the first one that was known, the name before that."""
    if not changes:
        return member.given_name, member.family_name
    known = [row for row in changes if row.kept_at <= known_at]
    holds = [row for row in known if row.since <= on]
    if holds:
        last = max(holds, key=lambda row: (row.since, row.kept_at))
        return last.given_name, last.family_name
    first = min(known, key=lambda row: (row.since, row.kept_at)) if known else changes[0]
    return first.was_given_name, first.was_family_name

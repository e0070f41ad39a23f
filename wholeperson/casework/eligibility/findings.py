"""Who may fit and is not served, by the latest sweep of each plan: the lines somebody may see, narrowed, and counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.access.queries import current
from wholeperson.casework.eligibility import policies
from wholeperson.casework.eligibility.models import Finding, Sweep
from wholeperson.casework.eligibility.telling import in_words
from wholeperson.casework.members.facts import words
from wholeperson.casework.members.models import Relationship
from wholeperson.casework.members.queries import joinings_for, person_of
from wholeperson.record import wall
from wholeperson.sweep.report.suppress import LEAST, together

COUNT = "found.count"
IN_ORDER = ("rank", "programme", "pk")
TOGETHER = "together"  # counties of few, counted as one
KINDS: dict[str, tuple[Any, str]] = {
    "offer": (_("Can be offered"), "good"),
    "ask_the_plan": (_("Ask the plan"), "soon"),
    "one_fact_away": (_("One answer settles it"), "quiet"),
}

SURE: dict[str, Any] = {
    "offer": _("By what is on record the rules say yes."),
    "ask_the_plan": _("By what is on record the rules say yes. Ask the plan whether it gives this."),
    "one_fact_away": _("The rules cannot say yet: one answer is missing."),
}


def _last() -> QuerySet[Sweep]:
    """The last sweep of each plan."""
    theirs = Sweep.objects.filter(organisation=OuterRef("organisation")).order_by("-on", "-taken_at", "-pk")
    return Sweep.objects.filter(pk=Subquery(theirs.values("pk")[:1]))


def days() -> set[date]:
    """The days whose sweeps are the last of their plans."""
    return set(_last().values_list("on", flat=True))


def _latest(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Of these lines the ones of the last sweep of each plan."""
    return rows.filter(sweep__in=_last())


def found_for(user: Person, *, on: date, asked: dict[str, str]) -> QuerySet[Finding]:
    """What this person may see, narrowed by `programme`, `county` and `kind`, in the order of the worklist.

    Whose care somebody leads already does not stand under Enhanced Care Management.
    """
    person = person_of(joinings_for(user))
    led = Relationship.objects.filter(current(on), reason="assignment").values(whose=person)
    rows = _latest(Finding.objects.for_user(user)).exclude(Q(programme="ecm") & Q(In(person, led)))
    narrowed = {"programme": "programme", "county": "member__county", "kind": "kind"}
    rows = rows.filter(**{path: asked[name] for name, path in narrowed.items() if asked.get(name)})
    return rows.select_related("member").order_by(*IN_ORDER)


def counts(rows: QuerySet[Finding]) -> list[tuple[str, int]]:
    """How many lines of each programme."""
    return by_number(rows.order_by().values_list("programme").annotate(lines=Count("pk")))


def by_number(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counted, key=lambda one: (-one[1], one[0]))


def seen(user: Person, keys: Iterable[UUID]) -> QuerySet[Finding]:
    """These lines, as far as this person may see them, in the order of the worklist."""
    rows: QuerySet[Finding] = Finding.objects.for_user(user).filter(pk__in=list(keys))
    return rows.select_related("member").order_by(*IN_ORDER)


def tallies(user: Person, *, without: Q | None = None) -> list[tuple[str, str, int | None]]:
    """(programme, county, members) of the plans whose counts somebody may see. No names.

    Counties of few are told as one, `TOGETHER`, with the next larger where that is still few: so nothing is left of a
    total that somebody knows from elsewhere. None where even all of them are few. `without` says which lines a later
    room knows to be settled since.
    """
    theirs = user.standing.organisations_where(COUNT)
    with wall.opened("found.count"):
        rows = _latest(Finding.objects.filter(sweep__organisation__in=theirs, scope="care")).order_by()
        rows = rows if without is None else rows.filter(~without)
        found = list(rows.values_list("programme", "member__county").annotate(Count("member", distinct=True)))
    by_programme: dict[str, dict[str, int]] = {}
    for programme, county, many in sorted(found):
        by_programme.setdefault(programme, {})[county] = many
    return [(programme, *row) for programme, counties in by_programme.items() for row in _by_county(counties)]


def _by_county(counties: dict[str, int]) -> list[tuple[str, int | None]]:
    few = together(counties)
    told: list[tuple[str, int | None]] = [(county, many) for county, many in counties.items() if county not in few]
    if few:
        joined = sum(counties[county] for county in few)
        told.append((TOGETHER, joined if joined >= LEAST else None))
    return told


@dataclass(frozen=True)
class FoundLine:
    """One line in finished words."""

    row: Finding
    language: str
    names: dict[str, str]

    @property
    def name(self) -> str:
        return self.names.get(self.row.programme, self.row.programme)

    @property
    def kind(self) -> Any:
        return KINDS[self.row.kind][0]

    @property
    def tone(self) -> str:
        return KINDS[self.row.kind][1]

    @property
    def sure(self) -> Any:
        """How far the rules came."""
        return SURE[self.row.kind]

    @property
    def why(self) -> list[str]:
        """The reasons that a list may name."""
        return [in_words(one, self.language) for one in self.row.why if one != _private()]

    @property
    def keeps_a_reason(self) -> bool:
        """Whether there is one that it may not name, not even by its kind."""
        return _private() in self.row.why

    @property
    def question(self) -> str:
        return words(self.language).ask(self.row.next_fact) if self.row.next_fact else ""


def _private() -> str:
    """What a sweep writes in place of a reason that its readers may not know."""
    return words("en").phrase("health_reason")


def lines(rows: Iterable[Finding], language: str, on: date) -> list[FoundLine]:
    known = names(language, on)
    return [FoundLine(row, language, known) for row in rows]


def names(language: str, on: date) -> dict[str, str]:
    spoken = words(language)
    return {one.id: spoken.name(one.id, one.name) for one in policies.policy_on(on).programmes.values()}

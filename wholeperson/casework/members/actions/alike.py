"""Records that may be of one person are found, whichever way each came in; that they are two people is said by hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain, combinations, groupby
from operator import attrgetter
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django_tasks import task

from wholeperson.access.models import Person
from wholeperson.casework.members import alike
from wholeperson.casework.members.alike import Who
from wholeperson.casework.members.models import Compared, FormerName, Identifier, Likeness, Member
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import System
from wholeperson.record.moments import moment

FINDER: Final = System("alike")
COMPARED = ("id", "given_name", "family_name", "birth_date")
FAMILY = Lower("family_name")  # as the index has it; what it becomes differs from database to database
MARGIN = timedelta(hours=1)
MANY = 5_000  # new ones; of more, reading everybody once is less
BATCH = 200
FAMILIES = 2_000


def look_for_alike(*, at: datetime) -> None:
    """Ask for a job: it compares who is new with everybody; the first time, and after a large file, all with all."""
    find_alike.enqueue()


def look_at_everybody(*, at: datetime) -> None:
    """Ask for a job: all with all, for who came with a key older than the mark: a slow clock, a long transaction."""
    find_alike_among_all.enqueue()


@task()
def find_alike() -> None:
    """Keep each pair with somebody new that is not kept yet. Run twice it finds nothing more."""
    _find(everybody=False)


@task()
def find_alike_among_all() -> None:
    """The same of all with all."""
    _find(everybody=True)


def _find(*, everybody: bool) -> None:
    at = moment()
    with wall.opened("member.find_alike"):
        newest = Member.objects.order_by("pk").values_list("pk", flat=True).last()
        if newest is None:
            return
        since = None if everybody else Compared.objects.values_list("up_to", flat=True).first()
        known = set(Likeness.objects.values_list("first", "second"))
        for first, second in map(sorted, _pairs(_shortly_before(since) if since else None)):
            if (first, second) not in known:
                known.add((first, second))
                _keep(Likeness(first_id=first, second_id=second, found_at=at), at)
        Compared.objects.update_or_create(defaults={"up_to": newest})


def tell_apart(pair: Likeness, *, by: Person, at: datetime) -> None:
    """They are two people: nobody is asked again. Raises NotAllowed where `by` may not see both."""
    _say(pair, "tell_apart", by=by, at=at)


def ask_again(pair: Likeness, *, by: Person, at: datetime) -> None:
    """That was a mistake: it is open again. Raises NotAllowed where `by` may not see both."""
    _say(pair, "ask_again", by=by, at=at)


@transaction.atomic
def _say(pair: Likeness, verb: str, *, by: Person, at: datetime) -> None:
    """The step stands in the trail of the first; it is about the second as much."""
    if not Likeness.objects.for_user(by).filter(pk=pair.pk).exists():
        raise refusals.not_allowed(by.label, "member.read")
    with wall.opened(f"member.{verb}"):
        steps.take(pair, verb, by=by, at=at, subject=pair.first_id)
        trail.wrote(pair, verb, by=by, at=at, subject=pair.second_id)


def _keep(pair: Likeness, at: datetime) -> None:
    if not Likeness.objects.filter(first=pair.first_id, second=pair.second_id).exists():
        steps.begin(pair, by=FINDER, at=at, subject=pair.first_id)


def _shortly_before(key: UUID) -> UUID:
    """A key of an hour before, as a transaction may end late. Keys begin with the millisecond."""
    return UUID(int=max(0, key.int - (int(MARGIN.total_seconds() * 1000) << 80)))


def _pairs(since: UUID | None) -> Iterator[tuple[UUID, UUID]]:
    """Who is alike, of those that are newer than this, or of all."""
    new = Member.objects.filter(pk__gt=since) if since else None
    if new is None or new.count() > MANY:
        found = _of_everybody()
    else:
        found = _of_new([Who(*row) for row in new.values_list(*COMPARED)])
    named = chain(found, _of_former_names(new, since))
    return chain(((a.id, b.id) for a, b in named), _of_one_number(since))


def _of_everybody() -> Iterator[tuple[Who, Who]]:
    """Day by day and name by name, so that a million members need no more memory than some names do."""
    return chain(_of_days(Member.objects.all()), _of_names(_spelled()))


def _of_new(new: list[Who]) -> Iterator[tuple[Who, Who]]:
    """Beside everybody who was born on their days, or is called as they are."""
    ids, called = {one.id for one in new}, {one.family for one in new}
    days = chain.from_iterable(
        _of_days(Member.objects.filter(birth_date__in={one.birth_date for one in new[start : start + BATCH]}))
        for start in range(0, len(new), BATCH)
    )
    names = _of_names({family: spelled for family, spelled in _spelled().items() if family in called})
    return (pair for pair in chain(days, names) if ids & {one.id for one in pair})


def _of_days(members: QuerySet[Member]) -> Iterator[tuple[Who, Who]]:
    rows = _compared(members.order_by("birth_date", "id"))
    return chain.from_iterable(alike.of_one_day(found) for _, found in groupby(rows, attrgetter("birth_date")))


def _of_names(spelled: dict[str, list[str]]) -> Iterator[tuple[Who, Who]]:
    """Some family names at a time, each in all its spellings."""
    families = list(spelled.values())
    for start in range(0, len(families), FAMILIES):
        some = list(chain.from_iterable(families[start : start + FAMILIES]))
        rows = _compared(Member.objects.alias(family=FAMILY).filter(family__in=some))
        called = sorted(rows, key=attrgetter("family", "given", "id"))
        for _, found in groupby(called, attrgetter("family", "given")):
            yield from alike.of_one_name(found)


def _spelled() -> dict[str, list[str]]:
    """Family names as they are compared: how each stands in the database. None there folds Álvarez as is done here."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for (name,) in Member.objects.order_by().values_list(FAMILY).distinct().iterator(chunk_size=2_000):
        spelled[alike.folded(name)].append(name)
    return spelled


def _of_former_names(new: QuerySet[Member] | None, since: UUID | None) -> Iterator[tuple[Who, Who]]:
    """Whoever was called as another is now, or was, and was born on their day: where one of the two is new."""
    told = FormerName.objects.filter(struck_at=None)
    if new is not None:
        told = told.filter(Q(pk__gt=since) | Q(member__birth_date__in=new.order_by().values("birth_date")))
    rows = told.values_list("member_id", "given_name", "family_name", "member__birth_date")
    born: dict[date, list[Who]] = defaultdict(list)
    for former in (Who(*row) for row in rows):
        born[former.birth_date].append(former)
    days = sorted(born)
    for start in range(0, len(days), BATCH):
        for one in _compared(Member.objects.filter(birth_date__in=days[start : start + BATCH])):
            born[one.birth_date].append(one)
    for same_day in born.values():
        yield from (pair for pair in alike.of_one_day(same_day) if pair[0].id != pair[1].id)


def _of_one_number(since: UUID | None) -> Iterator[tuple[UUID, UUID]]:
    """A number that was one person's and is another's now: whether those are two is for a person to say."""
    of_others = Identifier.objects.filter(system=OuterRef("system"), fingerprint=OuterRef("fingerprint"))
    new = Identifier.objects.filter(pk__gt=since) if since else Identifier.objects.all()
    shared = new.filter(Exists(of_others.exclude(member=OuterRef("member")))).values_list("system", "fingerprint")
    for system, mark in set(shared):
        theirs = Identifier.objects.filter(system=system, fingerprint=mark).values_list("member", flat=True)
        yield from combinations(set(theirs[: alike.MOST]), 2)


def _compared(members: QuerySet[Member]) -> Iterable[Who]:
    return (Who(*row) for row in members.values_list(*COMPARED).iterator(chunk_size=2_000))

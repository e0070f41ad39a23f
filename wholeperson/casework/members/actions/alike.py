"""Records that may be of one person are found, whichever way each came in; that they are two people is said by hand."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter
from typing import Final

from django.db import transaction
from django.db.models.functions import Lower
from django_tasks import task

from wholeperson.access.models import Person
from wholeperson.casework.members import alike
from wholeperson.casework.members.alike import Who
from wholeperson.casework.members.models import Likeness, Member
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import System
from wholeperson.record.moments import moment

FINDER: Final = System("alike")
COMPARED = ("id", "given_name", "family_name", "birth_date")


def look_for_alike(*, at: datetime) -> None:
    """Ask for a job: it reads everybody once by day and once by name."""
    find_alike.enqueue()


@task()
def find_alike() -> None:
    """Keep each pair that is not kept yet. Run twice it finds nothing more."""
    at = moment()
    with wall.opened("member.find_alike"):
        known = set(Likeness.objects.values_list("first", "second"))
        for a, b in _pairs():
            first, second = sorted((a.id, b.id))
            if (first, second) not in known:
                known.add((first, second))
                _keep(Likeness(first_id=first, second_id=second, found_at=at), at)


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


def _pairs() -> Iterator[tuple[Who, Who]]:
    """Streamed, so that a million members need no more memory than those of one day."""
    by_day = _everybody("birth_date", "id")
    by_name = _everybody(Lower("family_name"), Lower("given_name"), "id")
    days = (alike.of_one_day(found) for _, found in groupby(by_day, attrgetter("birth_date")))
    names = (alike.of_one_name(found) for _, found in groupby(by_name, attrgetter("family", "given")))
    return chain(chain.from_iterable(days), chain.from_iterable(names))


def _everybody(*order: str | Lower) -> Iterable[Who]:
    rows = Member.objects.order_by(*order).values_list(*COMPARED)
    return (Who(*row) for row in rows.iterator(chunk_size=2_000))

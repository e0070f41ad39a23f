"""Somebody's name changes: the name before becomes a former one, by which a search still finds them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.actions.needs import add_former_name, strike_former_name
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import FormerName, Member, Renaming
from wholeperson.casework.members.naming import other_records
from wholeperson.record import refusals, trail, wall
from wholeperson.record.actors import require
from wholeperson.record.models import Document
from wholeperson.rules.problems import Problem, Refused, Where

WORD = "member.rename"
LEGAL = ("given_name", "family_name")
NAMES = (*LEGAL, "preferred_name")


@dataclass(frozen=True)
class NewName:
    """What is another of how somebody is called; None is what stays. An empty `preferred_name` is the first name."""

    given_name: str | None = None
    family_name: str | None = None
    preferred_name: str | None = None


@transaction.atomic
def rename(
    member: Member, name: NewName, *, kind: str, since: date | None, why: str, by: Person, at: datetime,
    paper: Document | None = None,
) -> Renaming:  # fmt: skip
    """From that day on this is their name; of one that was only written wrong, since the wrong one was.

    Refuses whoever is near to them, the name they have, another legal name as a preferred one, a day before they were
    born, and one before a later change. Pressed twice it is one.
    """
    require(by, WORD)
    if queries.is_near(by, member):
        raise refusals.not_allowed(by.label, WORD)
    told = {key: value for key, value in asdict(name).items() if value is not None}
    with wall.opened("member.rename"):
        held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        rows = Renaming.objects.filter(member=member).order_by("since", "kept_at")
        last = rows.exclude(kind="preferred").last() if kind != "preferred" else rows.filter(kind=kind).last()
        holds = since or (last.since if last else held.birth_date)
        names = {**_names(held), **told}
        if names == _names(held):
            return _said_already(rows.filter(kind=kind, since=holds, paper=paper, **told), why if told else None)
        _refuse_kind(kind, names, held)
        _refuse_day(holds, held, last, day_of(at))
        was = {f"was_{key}": value for key, value in _names(held).items()}
        made = Renaming(
            member=member, kind=kind, since=holds, why=why, paper=paper, person=by, kept_at=at, **names, **was
        )
        made.save(force_insert=True)
        _bear(held, made, by, at)
    for key, value in names.items():
        setattr(member, key, value)
    trail.wrote(made, "member.rename", by=by, at=at, subject=member.pk)
    return made


@transaction.atomic
def rename_with(
    member: Member, others: Iterable[Member], name: NewName, *, kind: str, since: date | None, why: str, by: Person,
    at: datetime, paper: Document | None = None,
) -> Renaming:  # fmt: skip
    """The same on other records of the person, each with a change of its own; `paper` stays with the first.

    All are renamed or none: refuses a record that `by` may not rename or that is nobody's of theirs. One that has the
    name already stays as it is.
    """
    also = sorted(others, key=lambda one: one.pk)
    with wall.opened("member.rename"):  # in one order: of two at once, neither waits for what the other holds
        keys = [member.pk, *(one.pk for one in also)]
        list(Member.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if not set(also) <= set(other_records(by, member)):
        raise refusals.not_allowed(by.label, WORD)
    made = rename(member, name, kind=kind, since=since, why=why, by=by, at=at, paper=paper)
    for one in also:
        _rename_other(one, name, kind=kind, since=since, why=why, by=by, at=at)
    return made


def _rename_other(
    other: Member, name: NewName, *, kind: str, since: date | None, why: str, by: Person, at: datetime
) -> None:
    try:
        rename(other, name, kind=kind, since=since, why=why, by=by, at=at)
    except Refused as refused:
        (problem,) = refused.problems
        if problem.code != "no_change":
            raise Refused(replace(problem, where=Where(path="also"))) from refused


def _names(member: Member) -> dict[str, str]:
    return {key: getattr(member, key) for key in NAMES}


def _bear(held: Member, made: Renaming, by: Person, at: datetime) -> None:
    """The name stands with the member; the one before, and how they wanted to be called before, are former ones."""
    now = {(given, made.family_name) for given in (made.given_name, made.preferred_name)}
    before = [(given, held.family_name) for given in (held.given_name, held.preferred_name) if given]
    for given, family in before:
        if (given, family) not in now:
            add_former_name(held, given_name=given, family_name=family, by=by, at=at)
    for row in FormerName.objects.filter(member=held, struck_at=None):
        if (row.given_name, row.family_name) in now:
            strike_former_name(row, by=by, at=at)
    for key in NAMES:
        setattr(held, key, getattr(made, key))
    held.save(update_fields=list(NAMES))


def _said_already(same: Iterable[Renaming], why: str | None) -> Renaming:
    if found := next((row for row in same if row.why == why), None):  # read here: `why` is sealed
        return found
    raise Refused(
        Problem(
            "no_change", "this is the name they have here", "there would be nothing to keep",
            "change the name, or leave it as it is", Where(path="given_name"),
        )
    )  # fmt: skip


def _refuse_kind(kind: str, names: dict[str, str], held: Member) -> None:
    if kind == "preferred" and any(names[key] != getattr(held, key) for key in LEGAL):
        raise Refused(
            Problem(
                "legal_name", "the first or last name would be another", "files and letters go by the legal name",
                "say that it changed, or that it was written wrong", Where(path="kind"), ("legal", "misspelled"),
            )
        )  # fmt: skip


def _refuse_day(since: date, member: Member, last: Renaming | None, today: date) -> None:
    earliest = max(member.birth_date, last.since) if last else member.birth_date
    if not earliest <= since <= today:
        raise Refused(
            Problem(
                "wrong_day", f"the name would begin on {since}", "a name begins after the one before it, and not ahead",
                "give the day on which it became theirs", Where(path="since"), (f"{earliest} to {today}",),
            )
        )  # fmt: skip

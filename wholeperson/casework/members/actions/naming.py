"""Somebody's name changes: the name before becomes a former one, by which a search still finds them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members.actions.needs import add_former_name, strike_former_name
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import FormerName, Member, Renaming
from wholeperson.record import trail, wall
from wholeperson.record.actors import require
from wholeperson.record.models import Document
from wholeperson.rules.problems import Problem, Refused, Where

WORD = "member.rename"
NAMES = ("given_name", "family_name", "preferred_name")


@dataclass(frozen=True)
class NewName:
    """How somebody is called; `preferred_name` is empty where it is the first name."""

    given_name: str
    family_name: str
    preferred_name: str = ""


@transaction.atomic
def rename(
    member: Member, name: NewName, *, kind: str, since: date | None, why: str, by: Person, at: datetime,
    paper: Document | None = None,
) -> Renaming:  # fmt: skip
    """From that day on this is their name; of one that was only written wrong, since the wrong one was.

    Refuses the name they have, a day before they were born, and one before a later change. Pressed twice it is one.
    """
    require(by, WORD)
    with wall.opened("member.rename"):
        held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        rows = Renaming.objects.filter(member=member).order_by("since", "kept_at")
        last = rows.exclude(kind="preferred").last() if kind != "preferred" else rows.filter(kind=kind).last()
        holds = since or (last.since if last else held.birth_date)
        if _names(held) == asdict(name):
            return _said_already(rows.last(), kind, name)
        _refuse_day(holds, held, last, day_of(at))
        was = {f"was_{key}": value for key, value in _names(held).items()}
        made = Renaming(
            member=member, kind=kind, since=holds, why=why, paper=paper, person=by, kept_at=at, **asdict(name), **was
        )
        made.save(force_insert=True)
        _bear(held, made, by, at)
    for key, value in asdict(name).items():
        setattr(member, key, value)
    trail.wrote(made, "member.rename", by=by, at=at, subject=member.pk)
    return made


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


def _said_already(last: Renaming | None, kind: str, name: NewName) -> Renaming:
    if last and last.kind == kind and {key: getattr(last, key) for key in NAMES} == asdict(name):
        return last
    raise Refused(
        Problem(
            "no_change", "this is the name they have here", "there would be nothing to keep",
            "change the name, or leave it as it is", Where(path="given_name"),
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

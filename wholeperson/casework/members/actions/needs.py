"""How a member speaks, reads and eats, and how they were called before: said once, and used wherever it matters."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.actions.people import tell
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Fact, FoodNeeds, FormerName, LanguageNeeds, Member
from wholeperson.casework.members.needs import can_store_and_prepare
from wholeperson.record import trail, wall
from wholeperson.record.actors import require

WORD = "member.tell"
KITCHEN_FACT = "can_store_and_prepare_food"


@dataclass(frozen=True)
class Speaks:
    """What somebody speaks and reads. `interpreter_in` stands only where an interpreter is needed."""

    spoken: str
    written: str
    interpreter: bool | None = None
    interpreter_in: str = ""
    format: str = "standard"


@dataclass(frozen=True)
class Eats:
    """What somebody eats and has to keep and warm food; None where nobody asked."""

    allergies: str = ""
    diets: Sequence[str] = ()
    other: str = ""
    refrigerator: bool | None = None
    stove: bool | None = None
    cook: bool | None = None


@transaction.atomic
def say_language(member: Member, told: Speaks, *, by: Person, at: datetime) -> LanguageNeeds:
    """From now on this holds; whoever is matched, written to or called by language is so by this one."""
    require(by, WORD)
    with wall.opened("language.keep"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        member.language = told.spoken
        member.save(update_fields=["language"])
        holds = queries.reads(member, at)
        if holds is None or not _is_there(holds, member, asdict(told)):
            holds = LanguageNeeds(member=member, person=by, kept_at=at, **asdict(told))
            holds.save(force_insert=True)
            trail.wrote(holds, "language.keep", by=by, at=at, subject=member.pk)
    return holds


def _is_there(row: LanguageNeeds | FoodNeeds, member: Member, told: Mapping[str, Any]) -> bool:
    """Whether a person said it all of this very record: pressed twice it is one row, and no other record stands in."""
    return row.person_id is not None and row.member_id == member.pk and says(row, told)


def says(row: LanguageNeeds | FoodNeeds, told: Mapping[str, Any]) -> bool:
    return all(getattr(row, key) == value for key, value in told.items())


@transaction.atomic
def say_food(member: Member, told: Eats, *, by: Person, at: datetime) -> FoodNeeds:
    """From now on this holds. Where it says whether food can be kept and warmed, nobody is asked that again."""
    require(by, WORD)
    said = {**asdict(told), "diets": list(told.diets)}
    with wall.opened("food.keep"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        holds = queries.eats(member, at)
        if holds is None or not _is_there(holds, member, said):
            holds = FoodNeeds(member=member, person=by, kept_at=at, **said)
            holds.save(force_insert=True)
            trail.wrote(holds, "food.keep", by=by, at=at, subject=member.pk)
        _settle(member, can_store_and_prepare(holds), by, at)
    return holds


def _settle(member: Member, able: bool | None, by: Person, at: datetime) -> None:
    """The fact that the rules and plans ask for, where it is new."""
    last = Fact.objects.standing().filter(member=member, fact=KITCHEN_FACT).order_by("learnt", "pk").last()
    if able is not None and (last is None or last.value is not able):
        known: dict[str, Any] = {"fact": KITCHEN_FACT, "value": able, "source": "member", "attested_by": by.label}
        tell(member, **known, learnt=day_of(at), by=by, at=at)


@transaction.atomic
def add_former_name(member: Member, *, given_name: str, family_name: str, by: Person, at: datetime) -> FormerName:
    """A name they had before: the search finds them by it. Said twice it is one row."""
    require(by, WORD)
    with wall.opened("former_name.add"):
        made, is_new = FormerName.objects.get_or_create(
            member=member, given_name=given_name, family_name=family_name, struck_at=None,
            defaults={"person": by, "kept_at": at},
        )  # fmt: skip
    if is_new:
        trail.wrote(made, "former_name.add", by=by, at=at, subject=member.pk)
    return made


@transaction.atomic
def strike_former_name(name: FormerName, *, by: Person, at: datetime) -> None:
    """It never was theirs. A second time changes nothing."""
    require(by, WORD)
    with wall.opened("former_name.strike"):
        if FormerName.objects.filter(pk=name.pk, struck_at=None).update(struck_at=at):
            trail.wrote(name, "former_name.strike", by=by, at=at, subject=name.member_id)

"""What the address of the work list asks for: words of the house, never anything of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from wholeperson.access import compiled
from wholeperson.access.due import Offer, everything, offered
from wholeperson.access.models import Organisation, Person
from wholeperson.desk.work import BUCKETS, Wanted

TEAM = "team"


@dataclass(frozen=True)
class Asked:
    """The filters as they stand in the address; what is not known is as if it were not there."""

    bucket: str = ""
    kind: str = ""
    step: str = ""  # a kind and a status: referral-received
    plan: str = ""  # its public id
    whose: str = ""

    @property
    def words(self) -> dict[str, str]:
        every = {"bucket": self.bucket, "kind": self.kind, "step": self.step, "plan": self.plan, "whose": self.whose}
        return {name: value for name, value in every.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.words)

    def but(self, **other: str) -> str:
        """The address with something else asked for."""
        return replace(self, **other).address

    @cached_property
    def wanted(self) -> Wanted:
        plan = Organisation.objects.filter(kind="plan", public_id=self.plan).first() if self.plan else None
        kind, _, status = self.step.partition("-")
        step = (kind, status) if status else None
        return Wanted(self.bucket, self.kind, step, plan.pk if plan else None, self.whose == TEAM)


def read(given: Mapping[str, Any]) -> Asked:
    kinds = {one.kind for one in everything()}
    steps = {step for one in everything() if isinstance(one, Offer) for step, _words in steps_of(one)}
    return Asked(
        _one_of(given.get("bucket"), BUCKETS), _one_of(given.get("kind"), kinds), _one_of(given.get("step"), steps),
        _plan(given.get("plan")), _one_of(given.get("whose"), (TEAM,)),
    )  # fmt: skip


def _one_of(value: Any, known: Any) -> str:
    return value if value in known else ""


def _plan(value: Any) -> str:
    text = str(value or "")
    return text if len(text) <= 40 and text.replace("-", "").isalnum() and text.isascii() else ""


def steps_of(offer: Offer) -> list[tuple[str, Any]]:
    """What is done next with the things of a room, each by the word that stands for it in the address."""
    return [(f"{offer.kind}-{status}", words) for status, words in offer.to_do.items()]


@dataclass(frozen=True)
class Choices:
    """What somebody can choose from."""

    kinds: list[tuple[str, Any]]
    steps: list[tuple[Any, list[tuple[str, Any]]]]  # by the name of the room
    plans: list[Organisation]
    has_colleagues: bool


def plans_by_name(_user: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind="plan").order_by("name")


def choices(user: Person) -> Choices:
    rooms = offered(user)
    by_plan = any(isinstance(one, Offer) and one.plan for one in rooms)
    plans = compiled.found(plans_by_name, user) if by_plan else []
    colleagues = any(isinstance(one, Offer) and one.person for one in rooms)
    steps = [(one.name, steps_of(one)) for one in rooms if isinstance(one, Offer) and one.to_do]
    return Choices([(one.kind, one.name) for one in rooms], steps, plans, colleagues)

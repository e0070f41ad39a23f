"""Something of every kind that has a life, made with as little as its table asks for."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import NOT_PROVIDED

from tests.people import NOW, TODAY, World
from wholeperson.access.models import Organisation, Person
from wholeperson.access.roles import ROLES
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.referrals.models import Asking
from wholeperson.record import wall
from wholeperson.record.living import Living

# where the table itself wants more than filled columns: what to fill in, by the kind of thing
FILLED: dict[str, dict[str, Any]] = {
    "consent": {"form": "ascmi_ab133", "scope": "care"},
    "invitation": {"role": "lead_care_manager"},
}
VALUES: list[tuple[type[Any], Any]] = [
    (models.DateTimeField, NOW),
    (models.DateField, TODAY),
    (models.BooleanField, False),
    (models.IntegerField, 1),
    (models.UUIDField, UUID(int=1)),
    (models.EmailField, "new@tests.example"),
    (models.JSONField, []),
    (models.TextField, "x"),
    (models.CharField, "x"),
]


def begun(model: type[Living], world: World, status: str) -> Living:
    """A row of it in that status, however it came there."""
    with wall.opened("tests"):
        made: Living = _made(model, world, FILLED.get(model.lifecycle.of, {}))
        model._default_manager.filter(pk=made.pk).update(status=status)
        made.refresh_from_db()
    return made


def _made(model: type[models.Model], world: World, filled: dict[str, Any]) -> Any:
    if known := _known(model, world):
        return known
    values = {field.name: _value(field, world) for field in model._meta.local_fields if _is_asked_for(field)}
    row = model(**{**values, **filled})
    row.save(force_insert=True)
    return row


def _known(model: type[models.Model], world: World) -> models.Model | None:
    """Whom an action makes."""
    if model is Organisation:
        return world.organisation("Bayside")
    if model is Member:
        return world.member()
    if model is Relationship:
        return world.relate(world.member(), "Bayside")
    return person(world) if model is Person else None


def person(world: World) -> Person:
    return Person.objects.first() or world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def another(world: World) -> Person:
    first = person(world)
    return Person.objects.exclude(pk=first.pk).first() or world.person("Sam Whitfield", "supervisor", at="Bayside")


def _is_asked_for(field: "models.Field[Any, Any]") -> bool:
    return not field.null and not field.has_default() and not field.blank and field.default is NOT_PROVIDED


def _value(field: "models.Field[Any, Any]", world: World) -> Any:
    if isinstance(field, models.ForeignKey):
        return _made(field.remote_field.model, world, {})
    if field.choices:
        return next(iter(field.flatchoices))[0]
    return next(value for kind, value in VALUES if isinstance(field, kind))


class Carrier:
    """Somebody with one role, or with some words."""

    kind = "person"

    def __init__(self, label: str, words: frozenset[str]) -> None:
        self.id = self.label = label
        self.words = words

    def may(self, word: str, /) -> bool:
        return word in self.words


def _asking(world: World) -> Asking:
    with wall.opened("tests"):
        found: Asking = Asking.objects.first() or _made(Asking, world, {})
        return found


def everybody(carried: dict[str, frozenset[str]]) -> dict[str, Carrier]:
    return {role: Carrier(role, carried[role]) for role in ROLES}


def filled(needs: dict[str, Any], world: World) -> dict[str, Any]:
    """The values of a row of lives.yaml; what stands there in words is looked up."""
    known = {"a person": lambda: person(world).pk, "today": lambda: TODAY, "now": lambda: NOW}
    known["another person"] = lambda: another(world).pk
    known["an organization"] = lambda: world.organisation("Bayside").pk
    known["an asking"] = lambda: _asking(world).pk
    return {name: known[value]() if value in known else value for name, value in needs.items()}

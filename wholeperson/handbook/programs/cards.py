"""The programs as cards: a picture, a name, what it is, and what the chosen plan says of it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from wholeperson.handbook.programs import labels, offers, pictures
from wholeperson.handbook.programs.pen import Pen
from wholeperson.rules.reading.library import Policy, Programme


@dataclass(frozen=True)
class Card:
    """``answer``: a word of labels.OFFERS; empty where no plan was chosen."""

    id: str
    name: str
    describes: str
    picture: str
    href: str
    answer: str
    number: str

    @property
    def words(self) -> str:
        return str(labels.OFFERS[self.answer])

    @property
    def tone(self) -> str:
        return labels.TONES.get(self.answer, "soon")


class Group(NamedTuple):
    """``id`` is also where on the page it stands."""

    id: str
    name: str
    about: str
    cards: list[Card]


class Choice(NamedTuple):
    id: str
    name: str


def groups(pen: Pen) -> list[Group]:
    """The three groups of Community Supports, in the policy's order."""
    every = list(pen.policy.programmes.values())
    return [
        Group(
            name,
            str(words),
            str(labels.ABOUT_GROUPS[name]),
            [_card(each, pen) for each in every if each.data.get("group") == name],
        )
        for name, words in labels.GROUPS.items()
    ]


def populations(pen: Pen) -> list[Card]:
    """The populations of focus; the nine have one or two files each."""
    return [_card(each, pen) for each in pen.policy.programmes.values() if each.kind == "population_of_focus"]


def custody(pen: Pen) -> list[Card]:
    return [_card(each, pen) for each in pen.policy.programmes.values() if each.kind == "pre_release"]


def card(name: str, pen: Pen) -> Card:
    return _card(pen.policy.programmes[name], pen)


def _card(programme: Programme, pen: Pen) -> Card:
    return Card(
        programme.id,
        pen.name(programme.id),
        pen.words.sentence(f"{programme.id}.describes", programme.data["describes"]),
        pictures.of(programme.id),
        reverse("program", args=[programme.id]) + pen.asked.query,
        offers.answer(programme, pen) if pen.asked.plan else "",
        str(programme.data.get("number", "")),
    )


def plans(policy: Policy) -> list[Choice]:
    return [Choice(name, plan["name"]) for name, plan in policy.plans.items()]


def counties(policy: Policy) -> list[Choice]:
    return sorted(
        (Choice(name, county["name"]) for name, county in policy.counties.items()), key=lambda each: each.name
    )

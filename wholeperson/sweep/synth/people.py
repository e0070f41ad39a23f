"""Who the members of a block are: born when, living where, of which group and language, in which plan."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from wholeperson.sweep.synth import tables
from wholeperson.sweep.synth.draws import Draws, Flags, Ints, Numbers, shares
from wholeperson.sweep.synth.times import Times

NEVER = np.iinfo(np.int32).max  # a day that has not come

YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class World:
    """What a policy lays down for everybody: its plans and counties as places, and the words they stand for."""

    plans: tuple[str, ...]
    counties: tuple[str, ...]
    plan_of: Numbers  # of each place
    county_of: Numbers
    weights: tuple[float, ...]

    @staticmethod
    def of(plans: dict[str, Any]) -> "World":
        """The places of the plans of a policy, and of a plan beside them."""
        places = [
            (name, county, tables.COUNTIES.get(county, tables.OTHER_COUNTY))
            for name in sorted(plans)
            for county in plans[name].get("counties", ())
        ] + [(tables.OTHER_PLAN, county, weight) for county, weight in tables.OTHER_PLAN_COUNTIES]
        named = tuple(sorted({plan for plan, _, _ in places}))
        counties = tuple(sorted({county for _, county, _ in places}))
        return World(
            named,
            counties,
            np.array([named.index(plan) for plan, _, _ in places], dtype=np.int32),
            np.array([counties.index(county) for _, county, _ in places], dtype=np.int32),
            tuple(weight for _, _, weight in places),
        )


@dataclass
class People:
    """The members of one block, as columns. Days are numbers since 1970; ``group`` and ``language`` are places."""

    first: int  # number of the first member, from 0
    born: Ints
    died: Ints
    female: Flags
    place: Numbers
    group: Numbers
    language: Numbers
    times: Times

    def __len__(self) -> int:
        return len(self.born)

    @cached_property
    def age(self) -> Ints:
        """Years on the day asked about, to within a day."""
        return ((self.times.on - self.born) / YEAR).astype(np.int32)

    @cached_property
    def adult(self) -> Flags:
        """Whether 21 or older."""
        return self.age >= 21


LANGUAGES: tuple[str, ...] = tuple(sorted({word for listed in tables.LANGUAGES.values() for word, _ in listed}))
_YEARS = shares([share / (last - first + 1) for first, last, share in tables.AGES for _ in range(first, last + 1)])
_GROUPS = shares([weight for _, weight in tables.GROUPS])


def _spoken(group: str | None) -> Numbers:
    listed = dict(tables.LANGUAGES.get(group, tables.LANGUAGES[None]))
    return shares([listed.get(word, 0.0) for word in LANGUAGES])


_SPOKEN = np.stack([_spoken(group) for group, _ in tables.GROUPS])


def draw_people(draws: Draws, first: int, size: int, world: World, days: Times) -> People:
    """The members from number ``first`` on."""
    born = days.on - (draws.pick(_YEARS, size) * YEAR).astype(np.int32) - draws.between(0, 364, size)
    group = draws.pick(_GROUPS, size)
    language = _SPOKEN[group, draws.between(0, 65_535, size)]
    place = draws.pick(shares(world.weights), size)
    old = (days.on - born) > 65 * YEAR
    dies = draws.chance(np.where(old, 0.035, 0.003), size)
    died = np.where(dies, days.on - draws.between(1, 730, size), NEVER).astype(np.int32)
    died = np.where(died <= born, NEVER, died).astype(np.int32)
    return People(first, born, died, draws.chance(0.53, size), place, group, language, days)

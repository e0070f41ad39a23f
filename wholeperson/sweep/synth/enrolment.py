"""Members and their coverage: some joined late, some had a gap, moved between plans, left, died, or pay a share."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from wholeperson.sweep.synth import tables
from wholeperson.sweep.synth.columns import WORD, days, member_ids, of_members, words
from wholeperson.sweep.synth.draws import Draws, Ints, Numbers, shares
from wholeperson.sweep.synth.people import LANGUAGES, NEVER, People, World
from wholeperson.sweep.synth.traits import Traits

MEMBERS = pa.schema(
    [
        ("member_id", pa.string()),
        ("birth_date", pa.date32()),
        ("death_date", pa.date32()),
        ("county", WORD),
        ("languages", WORD),
        ("race_ethnicity", WORD),
        ("sex", WORD),
    ]
)
COVERAGE = pa.schema(
    [
        ("member_id", WORD),
        ("plan", WORD),
        ("county", WORD),
        ("aid_code", WORD),
        ("from", pa.date32()),
        ("until", pa.date32()),
        ("share_of_cost", WORD),
    ]
)
JOINED_LATE, HAD_GAP, MOVED, LEFT = 0.11, 0.05, 0.04, 0.035  # shares of members, in the two years of claims
FOSTER, AGED_OUT, ADOPTED = ("42", "43", "45", "49"), ("4M",), ("03", "04", "06")
AID_CODES = tuple(
    sorted({code for listed in tables.AID_CODES.values() for code, _ in listed} | {*FOSTER, *AGED_OUT, *ADOPTED})
)
SHARES_OF_COST = ("none", "long_term_care", "other")
_BY_AGE = {
    name: shares([dict(listed).get(code, 0.0) for code in AID_CODES]) for name, listed in tables.AID_CODES.items()
}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One or two periods of each member; ``later_begins`` is NEVER for those with one."""

    begins: Ints
    ends: Ints  # NEVER: still
    later_begins: Ints
    later_ends: Ints
    later_place: Numbers
    aid_code: Numbers
    share: Numbers

    def covers(self, members: Ints, day: Ints) -> Numbers:
        """Whether a member was enrolled on a day."""
        first = (self.begins[members] <= day) & (day <= self.ends[members])
        second = (self.later_begins[members] <= day) & (day <= self.later_ends[members])
        found: Numbers = first | second
        return found


def members_table(people: People, world: World) -> pa.Table:
    """The block's rows of ``members``."""
    groups = [group or "" for group, _ in tables.GROUPS]
    group = np.where(np.array([bool(each) for each in groups])[people.group], people.group, -1)
    return pa.table(
        [
            member_ids(people.first, len(people)),
            days(people.born),
            days(people.died),
            words(world.county_of[people.place], world.counties),
            words(people.language, LANGUAGES),
            words(group, groups),
            words(np.where(people.female, 0, 1), ("female", "male")),
        ],
        schema=MEMBERS,
    )


def draw_enrolment(people: People, traits: Traits, world: World, draws: Draws) -> Enrolment:
    """When each member was in which plan."""
    size, on, history = len(people), people.times.on, people.times.begins
    long_ago = draws.between(0, 2800, size)
    begins = np.where(draws.chance(JOINED_LATE, size), draws.between(history, on - 20, size), history - 31 - long_ago)
    begins = np.maximum(_first_of_month(begins.astype(np.int32)), people.born)
    kind = draws.stream.random(size, dtype=np.float32)
    splits = (kind < HAD_GAP + MOVED) & (begins < history)
    split = _first_of_month(draws.between(history + 45, on - 45, size))
    gap = np.where(kind < HAD_GAP, draws.between(28, 150, size), 0)
    left = draws.chance(LEFT, size) & ~splits
    last = np.minimum(np.where(left, _first_of_month(draws.between(history + 30, on, size)) - 1, NEVER), people.died)
    ends = np.where(splits, np.minimum(split - 1, last), last)
    later = np.where(splits & (split + gap <= np.minimum(last, on)), split + gap, NEVER)
    moved = draws.pick(shares(world.weights), size)
    return Enrolment(
        begins.astype(np.int32),
        np.maximum(ends, begins).astype(np.int32),
        later.astype(np.int32),
        np.where(later < NEVER, last, NEVER).astype(np.int32),
        np.where(kind < HAD_GAP, people.place, moved),
        _aid_codes(people, traits, draws),
        _shares_of_cost(people, traits, draws),
    )


def coverage_table(people: People, enrolment: Enrolment, world: World) -> pa.Table:
    """The block's rows of ``coverage``, in member order."""
    everyone = np.arange(len(people), dtype=np.int32)
    again = np.flatnonzero(enrolment.later_begins < NEVER).astype(np.int32)
    member = np.concatenate([everyone, again])
    order = np.argsort(member, kind="stable")
    place = np.concatenate([people.place, enrolment.later_place[again]])[order]
    member = member[order]
    return pa.table(
        [
            of_members(member_ids(people.first, len(people)), member),
            words(world.plan_of[place], world.plans),
            words(world.county_of[place], world.counties),
            words(enrolment.aid_code[member], AID_CODES),
            days(np.concatenate([enrolment.begins, enrolment.later_begins[again]])[order]),
            days(np.concatenate([enrolment.ends, enrolment.later_ends[again]])[order]),
            words(enrolment.share[member], SHARES_OF_COST),
        ],
        schema=COVERAGE,
    )


def _first_of_month(numbers: Ints) -> Ints:
    months = numbers.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int32)


def _aid_codes(people: People, traits: Traits, draws: Draws) -> Numbers:
    size = len(people)
    code = np.where(people.adult, draws.pick(_BY_AGE["adult"], size), draws.pick(_BY_AGE["child"], size))
    code = np.where(people.age >= 65, draws.pick(_BY_AGE["aged"], size), code)
    for trait, codes, told in (("foster", FOSTER, 0.85), ("aged_out", AGED_OUT, 0.5), ("adopted", ADOPTED, 0.8)):
        places = np.array([AID_CODES.index(each) for each in codes])
        code = np.where(traits.some(told, traits[trait]), places[draws.between(0, len(codes) - 1, size)], code)
    found: Numbers = code
    return found


def _shares_of_cost(people: People, traits: Traits, draws: Draws) -> Numbers:
    size = len(people)
    share = np.where(draws.chance(0.008, size), 2, 0)
    share = np.where(traits["resident"] & draws.chance(0.6, size), 1, share)
    found: Numbers = np.where(draws.chance(0.01, size), -1, share)
    return found

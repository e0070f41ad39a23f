"""Claims of a block before their lines: whose, of which kind, from when to when, for what."""

from dataclasses import dataclass, fields, replace

import numpy as np

from wholeperson.sweep.synth.draws import STEPS, Draws, Ints, Numbers, shares
from wholeperson.sweep.synth.enrolment import Enrolment
from wholeperson.sweep.synth.people import NEVER, People
from wholeperson.sweep.synth.services import AVOIDABLE, HOMELESS_CODES, KINDS, MORE, NAMES, OUTCOME, PREVENTABLE, RATES
from wholeperson.sweep.synth.times import Times
from wholeperson.sweep.synth.traits import CONDITIONS, SHOWN, Traits

STILL_THERE = -2  # in `ends`: not yet discharged
ARRIVED = (0.62, 0.3, 0.1, 0.02)  # of the claims of each month after the last complete one, how many have come


@dataclass(frozen=True, slots=True)
class Claims:
    """One row a claim. ``begins`` to ``ends`` are the days billed, ``admitted`` the first day of the whole stay."""

    member: Ints
    kind: Numbers
    begins: Ints
    ends: Ints
    admitted: Ints
    discharged: Ints
    urgent: Numbers
    first: Numbers  # place of the first diagnosis in CODES, -1 where it is still to be drawn

    def __len__(self) -> int:
        return len(self.member)

    def at(self, places: Numbers) -> "Claims":
        """Some of them, in that order."""
        return replace(self, **{each.name: getattr(self, each.name)[places] for each in fields(self)})


CODES: tuple[str, ...] = tuple(
    sorted(
        {code for kind in KINDS.values() for code in kind.diagnoses.split()}
        | {rates[0] for rates in CONDITIONS.values()}
        | {*AVOIDABLE.split(), *PREVENTABLE.split(), *HOMELESS_CODES, OUTCOME}
    )
)
PLACES = {code: place for place, code in enumerate(CODES)}
LASTING = np.array([PLACES[rates[0]] for rates in CONDITIONS.values()] + [-1], dtype=np.int32)  # by condition, -1: none


def _table(codes: str) -> Numbers:
    """The earlier of the codes are more frequent."""
    listed = codes.split()
    weights = [0.0] * len(CODES)
    for place, code in enumerate(listed):
        weights[PLACES[code]] = 1.0 / (place + 3)
    return shares(weights)


_FIRST = np.stack([_table(kind.diagnoses) for kind in KINDS.values()])
_AVOIDABLE, _PREVENTABLE = _table(AVOIDABLE), _table(PREVENTABLE)
_LASTING_SHARE = np.array([kind.lasting for kind in KINDS.values()], dtype=np.float32)


def draw_claims(people: People, traits: Traits, enrolment: Enrolment, draws: Draws) -> Claims:
    """All claims of a block that have come by the day asked about, by member and day."""
    pieces = [_usual(name, people, traits, draws) for name in RATES]
    pieces += [_usual(name, people, traits, draws) for name in ("short_nursing", "care_management")]
    pieces.append(_doctors(pieces[[*RATES].index("emergency")], draws))
    pieces += [*_pregnancies(people, traits, draws), _residents(people, traits, draws)]
    whole = Claims(*(np.concatenate([getattr(each, field.name) for each in pieces]) for field in fields(Claims)))
    whole = whole.at(np.flatnonzero(_has_come(whole, people, enrolment, draws)))
    return whole.at(np.argsort(whole.member.astype(np.int64) * 100_000 + whole.begins, kind="stable"))


def diagnoses(claims: Claims, people: People, traits: Traits, draws: Draws) -> Numbers:
    """Four places in ``CODES`` for each claim, -1 for none: the reason first, then what lasts."""
    size = len(claims)
    acute = _FIRST[claims.kind, draws.between(0, STEPS - 1, size)]
    which = draws.between(0, SHOWN - 1, size)
    lasting = LASTING[traits.chronic[claims.member, which]]
    chosen = (lasting >= 0) & draws.chance(_LASTING_SHARE[claims.kind], size)
    first = np.where(claims.first >= 0, claims.first, np.where(chosen, lasting, acute))
    first = _often(claims, traits, draws, first)
    more = [LASTING[traits.chronic[claims.member, (which + step) % SHOWN]] for step in (1, 2, 3)]
    more[0] = np.where((more[0] < 0) & draws.chance(0.3, size), acute, more[0])
    more[0] = np.where(claims.kind == NAMES.index("delivery"), PLACES[OUTCOME], more[0])
    homeless = traits["homeless"][claims.member] & draws.chance(0.3, size)
    street = np.array([PLACES[code] for code in HOMELESS_CODES])[draws.between(0, len(HOMELESS_CODES) - 1, size)]
    more[2] = np.where(homeless, street, more[2])
    return np.stack([first, *more], axis=1).astype(np.int32)


def _often(claims: Claims, traits: Traits, draws: Draws, first: Numbers) -> Numbers:
    """What brings those who come again and again: mostly what care elsewhere could have kept away."""
    size = len(claims)
    er = np.isin(claims.kind, (NAMES.index("emergency"), NAMES.index("emergency_doctor")))
    avoidable = er & traits["avoidable_user"][claims.member] & draws.chance(0.85, size)
    first = np.where(avoidable, draws.pick(_AVOIDABLE, size), first)
    stays = (claims.kind == NAMES.index("stay")) & traits["often_in_hospital"][claims.member]
    found: Numbers = np.where(stays & draws.chance(0.9, size), draws.pick(_PREVENTABLE, size), first)
    return found


def _usual(name: str, people: People, traits: Traits, draws: Draws) -> Claims:
    """So many claims of a kind as the member's age and conditions bring about, on any day of the two years."""
    rate = np.array(RATES.get(name, (0.0,) * 4), dtype=np.float64)[traits.band]
    for trait, kind, added in MORE:
        rate = rate + (traits[trait] * added if kind == name else 0.0)
    member = np.repeat(np.arange(len(people), dtype=np.int32), draws.stream.poisson(rate))
    begins = draws.between(people.times.begins, people.times.on, len(member))
    return _of_kind(name, member, begins, _length(name, len(member), draws), draws)


def _length(name: str, size: int, draws: Draws) -> Ints:
    """Nights."""
    if name == "stay":
        return (1 + draws.stream.exponential(3.8, size)).astype(np.int32)
    return draws.between(5, 40, size) if name == "short_nursing" else np.zeros(size, dtype=np.int32)


def _of_kind(name: str, member: Ints, begins: Ints, nights: Ints, draws: Draws, first: str | None = None) -> Claims:
    size = len(member)
    inside = name in ("stay", "delivery", "short_nursing", "long_nursing")
    nowhere = np.full(size, NEVER, dtype=np.int32)
    return Claims(
        member,
        np.full(size, NAMES.index(name), dtype=np.int16),
        begins,
        begins + nights,
        begins if inside else nowhere,
        begins + nights if inside else nowhere,
        draws.chance(0.68, size) if name == "stay" else np.zeros(size, dtype=np.bool_),
        np.full(size, -1 if first is None else PLACES[first], dtype=np.int32),
    )


def _doctors(emergencies: Claims, draws: Draws) -> Claims:
    """The doctor's own claim for most emergency visits."""
    seen = emergencies.at(np.flatnonzero(draws.chance(0.7, len(emergencies))))
    return replace(seen, kind=np.full(len(seen), NAMES.index("emergency_doctor"), dtype=np.int16))


def _pregnancies(people: People, traits: Traits, draws: Draws) -> list[Claims]:
    """Visits from the second month on, and how each pregnancy ended: with a birth, or for one in twelve without."""
    size, on = len(people), people.times.on
    over = traits["after_birth"] | traits["earlier_birth"]
    ended = on - np.where(traits["after_birth"], draws.between(3, 362, size), draws.between(380, 430, size))
    lost = draws.chance(0.08, size) & over
    weeks = np.where(lost, draws.between(60, 130, size), draws.between(262, 284, size))
    begun = np.where(over, ended - weeks, on - draws.between(20, 268, size))
    ended = np.where(over, ended, NEVER)
    found = []
    who = np.flatnonzero(over | traits["pregnant"]).astype(np.int32)
    for visit in range(9):
        day = begun[who] + 45 + 26 * visit + draws.between(-4, 4, len(who))
        some = (day < ended[who]) & draws.chance(0.85, len(who))
        found.append(_visit("prenatal", who[some], day[some], draws))
    born = np.flatnonzero(over & ~lost).astype(np.int32)
    nights = draws.between(1, 3, len(born))
    found.append(_of_kind("delivery", born, ended[born].astype(np.int32), nights, draws))
    gone = np.flatnonzero(lost).astype(np.int32)
    return [*found, _visit("loss", gone, ended[gone], draws)]


def _visit(name: str, member: Ints, day: Ints, draws: Draws) -> Claims:
    return _of_kind(name, member, day.astype(np.int32), np.zeros(len(member), dtype=np.int32), draws)


def _residents(people: People, traits: Traits, draws: Draws) -> Claims:
    """A claim a month for those who live in a nursing home, each with the day on which they came."""
    who = np.flatnonzero(traits["resident"]).astype(np.int32)
    came = people.times.on - draws.between(20, 1400, len(who))
    starts = _months(people.times)
    member = np.repeat(who, len(starts) - 1)
    admitted = np.repeat(came, len(starts) - 1).astype(np.int32)
    begins = np.maximum(np.tile(starts[:-1], len(who)), admitted).astype(np.int32)
    ends = np.tile(starts[1:] - 1, len(who)).astype(np.int32)
    monthly = _of_kind("long_nursing", member, begins, ends - begins, draws)
    monthly = replace(monthly, admitted=admitted, discharged=np.full(len(member), STILL_THERE, dtype=np.int32))
    return monthly.at(np.flatnonzero(ends >= begins))


def _months(days: Times) -> Ints:
    """The first days of the months of claims, and of the month after the last."""
    first = np.array(days.begins, dtype="datetime64[D]").astype("datetime64[M]")
    last = np.array(days.on, dtype="datetime64[D]").astype("datetime64[M]")
    months: Ints = (first + np.arange((last - first).astype(int) + 1)).astype("datetime64[D]").astype(np.int32)
    return months


def _has_come(claims: Claims, people: People, enrolment: Enrolment, draws: Draws) -> Numbers:
    """Whether the claim is of a day in coverage and in the two years, and late ones have come yet."""
    days = people.times
    within = (claims.begins >= days.begins) & (claims.ends < days.on) & enrolment.covers(claims.member, claims.begins)
    late = np.clip((claims.ends - days.through + 30) // 31, 0, len(ARRIVED))
    share = np.array([1.0, *ARRIVED], dtype=np.float32)[late]
    found: Numbers = within & draws.chance(share, len(claims))
    return found

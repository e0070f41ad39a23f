"""What is true of each member, before anybody tells it: conditions, home, custody, children's programs, pregnancy.

What a plan's tables show of it is another matter: `statements`, `spells` and `claims` tell each thing only sometimes.
"""

from collections.abc import Callable

import numpy as np

from wholeperson.sweep.synth.draws import Draws, Flags, Ints
from wholeperson.sweep.synth.people import People

# condition: (its code, share of children, of adults to 44, to 64, older)
CONDITIONS = {
    "hypertension": ("I10", 0.002, 0.08, 0.34, 0.58),
    "diabetes": ("E11.9", 0.001, 0.04, 0.17, 0.27),
    "lipids": ("E78.5", 0.002, 0.05, 0.24, 0.38),
    "obesity": ("E66.9", 0.06, 0.12, 0.15, 0.09),
    "asthma": ("J45.909", 0.08, 0.05, 0.05, 0.04),
    "copd": ("J44.9", 0.0, 0.004, 0.05, 0.11),
    "heart_failure": ("I50.9", 0.0, 0.004, 0.03, 0.1),
    "kidney": ("N18.30", 0.0, 0.005, 0.04, 0.12),
    "cancer": ("C50.919", 0.0005, 0.003, 0.015, 0.03),
    "hiv": ("B20", 0.0001, 0.004, 0.006, 0.002),
    "back_pain": ("M54.50", 0.01, 0.09, 0.16, 0.15),
    "anxiety": ("F41.1", 0.05, 0.12, 0.11, 0.07),
    "depression": ("F33.1", 0.02, 0.07, 0.09, 0.07),
    "psychosis": ("F20.9", 0.0003, 0.009, 0.011, 0.005),
    "bipolar": ("F31.9", 0.001, 0.012, 0.012, 0.004),
    "alcohol": ("F10.20", 0.001, 0.022, 0.025, 0.008),
    "opioids": ("F11.20", 0.0003, 0.014, 0.012, 0.003),
    "stimulants": ("F15.20", 0.0005, 0.018, 0.012, 0.001),
    "attention": ("F90.2", 0.06, 0.02, 0.005, 0.0),
    "autism": ("F84.0", 0.025, 0.006, 0.001, 0.0),
    "intellectual": ("F70", 0.004, 0.005, 0.004, 0.002),
    "brain_injury": ("S06.0X0S", 0.001, 0.002, 0.002, 0.003),
    "dementia": ("F03.90", 0.0, 0.0, 0.004, 0.09),
    "epilepsy": ("G40.909", 0.006, 0.007, 0.009, 0.01),
    "sickle_cell": ("D57.1", 0.001, 0.001, 0.0003, 0.0),
    "cerebral_palsy": ("G80.9", 0.003, 0.002, 0.001, 0.0),
}
NAMES = tuple(CONDITIONS)
MENTAL = ("psychosis", "bipolar")
SUBSTANCES = ("alcohol", "opioids", "stimulants")
DEEP = (*MENTAL, *SUBSTANCES)
STORIED = """homeless losing_home shares_home young_at_home often_in_er often_in_hospital chosen_by_plan at_high_risk
    child_in_need left_custody in_custody frail resident ccs foster left_foster aged_out adopted family_maintenance
    pregnant after_birth""".split()  # those whom a plan looks at more closely
SHOWN = 4  # conditions that a member's claims name again and again
_RATES = np.array([rates[1:] for rates in CONDITIONS.values()], dtype=np.float32)


class Traits:
    """Flags of one block by name, and the conditions of each member."""

    def __init__(self, people: People, draws: Draws) -> None:
        self.people, self._draws, self._flags = people, draws, {"everybody": np.ones(len(people), dtype=np.bool_)}
        self.band: Ints = np.digitize(people.age, (21, 45, 65)).astype(np.int32)
        for name, make in _MADE.items():
            self._flags[name] = make(self, people)
        self.chronic = self._most_shown()

    def __getitem__(self, name: str) -> Flags:
        return self._flags[name]

    def some(self, share: float, of: Flags | None = None) -> Flags:
        """A part of everybody, or of those given."""
        drawn = self._draws.chance(share, len(self.people))
        return drawn if of is None else drawn & of

    def has(self, *names: str) -> Flags:
        """Whether any of these is true of a member."""
        found: Flags = np.logical_or.reduce([self._flags[name] for name in names])
        return found

    def _most_shown(self) -> Ints:
        """For each member the places of up to four conditions in ``NAMES``, -1 for none, in chance order."""
        has = np.stack([self._flags[name] for name in NAMES], axis=1)
        order = self._draws.stream.random(has.shape, dtype=np.float32) * has
        top = np.argpartition(-order, SHOWN, axis=1)[:, :SHOWN]
        return np.where(np.take_along_axis(has, top, axis=1), top, -1).astype(np.int32)


def _condition(name: str) -> Callable[[Traits, People], Flags]:
    place = NAMES.index(name)

    def drawn(traits: Traits, people: People) -> Flags:
        rates = _RATES[place][traits.band]
        worse = np.where(traits["homeless"] & (name in DEEP) & people.adult, 9.0, 1.0)
        return traits._draws.chance(np.minimum(rates * worse, 0.6), len(people))

    return drawn


def _between(low: int, high: int) -> Callable[[People], Flags]:
    return lambda people: (people.age >= low) & (people.age <= high)


_CHILD, _YOUNG, _CHILDBEARING = _between(0, 20), _between(18, 25), _between(15, 44)

_MADE: dict[str, Callable[[Traits, People], Flags]] = {
    "adult": lambda t, p: p.adult,
    "child": lambda t, p: ~p.adult,
    "died": lambda t, p: p.died <= p.times.on,
    "living": lambda t, p: p.died > p.times.on,
    # without a home: two members in a hundred
    "homeless": lambda t, p: t.some(0.027, p.adult) | t.some(0.013, ~p.adult),
    "homeless_need": lambda t, p: t.some(0.48, t["homeless"] & p.adult),
    "losing_home": lambda t, p: t.some(0.004, ~t["homeless"]),
    "shares_home": lambda t, p: t.some(0.0015, ~p.adult & ~t["homeless"]),
    "young_at_home": lambda t, p: t.some(0.05, p.adult & t["homeless"]),
    **{name: _condition(name) for name in NAMES},
    "mental": lambda t, p: t.has(*MENTAL),
    "substance": lambda t, p: t.has(*SUBSTANCES),
    "deep": lambda t, p: t.has(*DEEP),
    # the emergency room again and again: four adults in a thousand
    "often_in_er": lambda t, p: t.some(0.0042, p.adult) | t.some(0.0011, ~p.adult),
    "avoidable_user": lambda t, p: t.some(0.6, t["often_in_er"]),
    "often_in_hospital": lambda t, p: t.some(0.0012, p.adult),
    "chosen_by_plan": lambda t, p: t.some(0.0006),
    # serious mental health or substance use
    "at_high_risk": lambda t, p: t.some(0.13, t["deep"] & p.adult),
    "child_in_need": lambda t, p: t.some(0.0095, ~p.adult & (p.age >= 4)),
    # custody
    "in_custody": lambda t, p: t.some(0.0016, p.age >= 14),
    "left_custody": lambda t, p: t.some(0.006, (p.age >= 18) & ~t["in_custody"]) | t.some(0.003, _between(13, 20)(p)),
    "left_custody_before": lambda t, p: t.some(0.006, (p.age >= 20) & ~t["left_custody"]),
    "told_condition": lambda t, p: t.some(0.62, t.has("in_custody", "left_custody")),
    # at home and frail, in a nursing home, lately out of one
    "resident": lambda t, p: t.some(0.02, (p.age >= 65)) | t.some(0.0012, _between(40, 64)(p)),
    "moving_out": lambda t, p: t.some(0.6, t["resident"]),
    "left_nursing_home": lambda t, p: (
        t.some(0.008, (p.age >= 60) & ~t["resident"]) | t.some(0.0006, _between(30, 59)(p))
    ),
    "frail": lambda t, p: t.some(0.028, (p.age >= 65) & ~t["resident"]) | t.some(0.0035, _between(21, 64)(p)),
    "ihss": lambda t, p: t.some(0.18, p.age >= 65) | t.some(0.55, t["frail"]) | t.some(0.004, ~p.adult),
    # children's programs
    "ccs": lambda t, p: t.some(0.018, ~p.adult),
    "ccs_and_more": lambda t, p: t.some(0.36, t["ccs"]),
    "foster": lambda t, p: t.some(0.0075, _between(0, 20)(p)),
    "left_foster": lambda t, p: t.some(0.003, _CHILD(p) & ~t["foster"]),
    "aged_out": lambda t, p: t.some(0.014, _YOUNG(p) & ~t["foster"]),
    "adopted": lambda t, p: t.some(0.0035, _between(1, 17)(p) & ~t["foster"]),
    "family_maintenance": lambda t, p: t.some(0.0022, _between(0, 17)(p) & ~t["foster"]),
    # pregnancy: four members in a hundred are pregnant or were within a year
    "childbearing": lambda t, p: p.female & _CHILDBEARING(p) & (p.died > p.times.on),
    "pregnant": lambda t, p: t.some(0.078, t["childbearing"]),
    "after_birth": lambda t, p: t.some(0.108, t["childbearing"] & ~t["pregnant"]),
    "earlier_birth": lambda t, p: t.some(0.012, t["childbearing"] & ~t["pregnant"] & ~t["after_birth"]),
    "at_sobering_center": lambda t, p: t.some(0.02, t["alcohol"] & p.adult),
    # other programs
    "hospice": lambda t, p: t.some(0.008, p.age >= 65) | t.some(0.0004, _between(30, 64)(p)),
    "pace": lambda t, p: t.some(0.012, p.age >= 55),
    "medicare": lambda t, p: t.some(0.85, p.age >= 65) | t.some(0.02, _between(30, 64)(p)),
    "two_plans": lambda t, p: t.some(0.3, t["medicare"] & ~t["pace"]),
    "looked_at": lambda t, p: (t.some(0.12) | t.some(0.94, t.has(*STORIED))) & ~t.has("hospice", "pace", "two_plans"),
    "in_ecm": lambda t, p: t.some(0.18, t.has("homeless", "at_high_risk", "often_in_er", "frail", "ccs_and_more")),
    "in_housing_support": lambda t, p: t.some(0.12, t["homeless"]),
    "eats_by_plan": lambda t, p: t.some(0.02, t.has("diabetes", "heart_failure", "kidney")),
    "asthma_home": lambda t, p: t.some(0.01, t["asthma"]),
    "screened": lambda t, p: t.some(0.22) | t.some(0.5, t.has("homeless", "frail", "at_high_risk", "ccs_and_more")),
}

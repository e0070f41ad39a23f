"""What is told of a case: when it came, when it was complete, what was written, how long the clock stood still."""

from datetime import timedelta
from typing import NamedTuple

from wholeperson.rules.clocks.moments import Moment
from wholeperson.rules.clocks.written import Clock
from wholeperson.rules.problems import Problem, Refused, Where

LONGEST_PAUSE = timedelta(days=3660)


class Pause(NamedTuple):
    """The clock stood still from one moment to another. The days after the first, up to the second, do not count."""

    begins: Moment
    ends: Moment


class Given(NamedTuple):
    """One case."""

    received: Moment
    complete: Moment | None = None
    extended: Moment | None = None
    pauses: tuple[Pause, ...] = ()
    expedited: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """What was told beside the receipt."""
        complete, extended, paused = self.complete, self.extended, self.pauses
        found = {"complete": complete, "extended": extended, "paused": paused, "expedited": self.expedited}
        return tuple(name for name, value in found.items() if value)


def check_given(clock: Clock, given: Given) -> None:
    """Refuse what the clock knows nothing of, and what cannot have been."""
    for name in given.told:
        if name not in clock.told:
            raise Refused(_not_told(clock, name))
    for name, moment in (("complete", given.complete), ("extended", given.extended)):
        if moment and is_before(moment, given.received):
            raise Refused(_impossible(name, f"{name} is {moment}, before the receipt on {given.received}"))
    for pause in given.pauses:
        if is_before(pause.ends, pause.begins):
            raise Refused(_impossible("paused", f"the pause ends on {pause.ends}, before it begins on {pause.begins}"))
        if pause.ends.day - pause.begins.day > LONGEST_PAUSE:
            raise Refused(_impossible("paused", "the pause lasts more than ten years"))


def is_before(first: Moment, second: Moment) -> bool:
    """By the instant where both have one, else by the day."""
    return first.at < second.at if first.at and second.at else first.day < second.day


# option: (what is wrong with it here, why)
NOT_HERE = {
    "complete": ("does not ask when the papers were complete", "it runs from one moment, whatever comes later"),
    "extended": ("is not moved by a notice", "a limit may be moved only where the rule says so"),
    "paused": (
        "does not stand still",
        "only the decision on a home modification waits, for the owner's consent or because the member asks for it",
    ),
    "expedited": ("has one length", "an urgent request is decided by a clock of its own, decision_expedited"),
}


def _not_told(clock: Clock, name: str) -> Problem:
    problem, why = NOT_HERE[name]
    allowed = tuple(f"--{each}" for each in ("received", *clock.told))
    return Problem("not_for_this_clock", f"{clock.id} {problem}", why, "leave it out", Where(f"--{name}"), allowed)


def _impossible(name: str, problem: str) -> Problem:
    why = "the limit would be counted from a day that was not so"
    return Problem("impossible_dates", problem, why, "correct one of the two", Where(f"--{name}"))

"""When something must be done by: the clocks of the policy, counted in the days and hours of California.

``clocks.yaml`` says how long, from what, for whom; ``holidays.yaml`` which days are free. Here they are read and
counted. Nothing here looks at a clock: what was received, and when, is told.
"""

from wholeperson.rules.clocks.counted_case import Candidate
from wholeperson.rules.clocks.deadline import Due, due
from wholeperson.rules.clocks.given import Given, Pause
from wholeperson.rules.clocks.holidays import Holidays, read_holidays
from wholeperson.rules.clocks.moments import Moment, read_moment, spoken
from wholeperson.rules.clocks.written import Clock, Rule, RuleSet, read_clock, set_for

__all__ = [
    "Candidate",
    "Clock",
    "Due",
    "Given",
    "Holidays",
    "Moment",
    "Pause",
    "Rule",
    "RuleSet",
    "due",
    "read_clock",
    "read_holidays",
    "read_moment",
    "set_for",
    "spoken",
]

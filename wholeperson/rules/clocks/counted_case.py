"""One case under one set of rules: what each of them says."""

from datetime import date, datetime, time
from typing import NamedTuple

from wholeperson.rules.calendar import ONE_DAY
from wholeperson.rules.clocks.counting import count
from wholeperson.rules.clocks.given import Given
from wholeperson.rules.clocks.holidays import Holidays, Skipped
from wholeperson.rules.clocks.moments import Moment, california, day_of, elapsed, end_of, start_of
from wholeperson.rules.clocks.written import Clock, Rule, RuleSet
from wholeperson.rules.problems import Problem, Refused, Where


class Candidate(NamedTuple):
    """What one rule says."""

    rule: Rule
    due_at: datetime
    skipped: tuple[Skipped, ...]

    @property
    def day(self) -> date:
        """The day it is then in California."""
        return day_of(self.due_at)


class CountedCase(NamedTuple):
    """What was told, and all that it is counted with."""

    clock: Clock
    rules: RuleSet
    given: Given
    holidays: Holidays
    cutoff_hour: int | None

    @property
    def in_force(self) -> tuple[Rule, ...]:
        """The rules for what came on that day."""
        return tuple(each for each in self.rules.rules if each.in_force(self.given.received.day))

    def say(self, when: str | None) -> list[Candidate]:
        """What the rules for that turn of the case say, under the readings we hold."""
        return [self.candidate(each) for each in self.in_force if each.when == when and not each.tentative]

    def say_otherwise(self) -> list[Candidate]:
        """What they would say under another reading of an open question."""
        return [self.candidate(each) for each in self.in_force if each.tentative]

    def candidate(self, rule: Rule, start: date | None = None) -> Candidate:
        """What one rule says, from its own start or from a given day."""
        if rule.unit == "elapsed_hour":
            return Candidate(rule, elapsed(self._instant(rule), rule.amount), ())
        day, skipped = count(rule, start or self._start(rule), self.holidays, self.given.pauses)
        return Candidate(rule, start_of(day) if rule.falls == "start_of_day" else end_of(day), skipped)

    def _start(self, rule: Rule) -> date:
        complete = self.given.complete if rule.starts == "complete" else None
        return self.counts_from(complete or self.given.received)

    def counts_from(self, moment: Moment) -> date:
        """The day on which it counts as received: the next one when it came after a plan's cut-off hour."""
        return moment.day + ONE_DAY if self.after_cutoff(moment) else moment.day

    def after_cutoff(self, moment: Moment) -> bool:
        """Whether it came after the plan's cut-off hour. A day alone is taken as before it: that is due earlier."""
        if self.cutoff_hour is None or moment.at is None:
            return False
        return moment.at.astimezone(california()).time() > time(self.cutoff_hour)

    def in_time(self, notice: Moment, limit: datetime) -> bool:
        """Whether a notice went out while there was still time."""
        return notice.at <= limit if notice.at else notice.day <= day_of(limit)

    def free(self, day: date) -> bool:
        """Whether it is known to be no working day."""
        return self.holidays.first <= day <= self.holidays.last and self.holidays.skipped(day) is not None

    def _instant(self, rule: Rule) -> datetime:
        if self.given.received.at is None:
            problem = f"{self.clock.id} runs for {rule.amount} elapsed hours, and {self.given.received} is only a day"
            why, do = "an hour too late is too late", "give the hour it came, with the offset"
            allowed = (f"{self.given.received}T10:15-08:00",)
            raise Refused(Problem("needs_an_instant", problem, why, do, Where("--received"), allowed))
        return self.given.received.at

"""One question put to the policy: this person, on this day, with what was known by that day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from wholeperson.rules.calendar import Span, span
from wholeperson.rules.happenings import find_happenings
from wholeperson.rules.known import Known, find_known
from wholeperson.rules.person import Coverage, Happening, Person, Statement
from wholeperson.rules.reading.library import Fact, Policy


class Case:
    """Looks up facts and events once each. ``told`` are answers tried out or given beside the record."""

    def __init__(
        self,
        policy: Policy,
        person: Person,
        *,
        on: date,
        known_at: date | None = None,
        plan: str | None = None,
        county: str | None = None,
    ) -> None:
        self.policy, self.person, self.on = policy, person, on
        self.known_at = known_at or date.max
        current = self._coverage(plan)
        self.coverage = current
        self.plan = plan or (current.plan if current else None)
        self.county = county or (current.county if current and current.county else person.county)
        self.told: dict[str, Known] = {}
        self._said: dict[str, list[Statement]] = defaultdict(list)
        for each in person.statements:
            self._said[each.fact].append(each)
        self._known: dict[str, Known | None] = {}
        self._happenings: dict[str, tuple[Happening, ...]] = {}
        self.observed: dict[tuple[int, int], Any] = {}

    def known(self, name: str) -> Known | None:
        """What is known of the fact."""
        if name in self.told:
            return self.told[name]
        if name not in self._known:
            self._known[name] = self._find(self.policy.facts[name])
        return self._known[name]

    def _find(self, fact: Fact) -> Known | None:
        said = self._said.get(fact.name, ())
        if not said and fact.only_said:
            return None
        return find_known(fact, said, self.person, self.policy, self.on, self.known_at)

    def happenings(self, name: str) -> tuple[Happening, ...]:
        """The events of one kind, derived as declared."""
        if name not in self._happenings:
            self._happenings[name] = find_happenings(
                self.policy.events[name], self.person, self.policy, self.on, self.known_at
            )
        return self._happenings[name]

    def tell(self, answers: Iterable[tuple[str, Any]]) -> None:
        """Take answers to questions as facts of this day."""
        for name, value in answers:
            if name == "birth_date":
                self.observed.clear()  # ages were looked at without it
            self.told[name] = Known(value, (("member", None, self.on),))

    def told_also(self, name: str, value: Any) -> "Case":
        """The same case with one more answer; what was looked up stays looked up."""
        more = Case.__new__(Case)
        more.__dict__.update(self.__dict__)
        more.told = {**self.told, name: Known(value)}
        if name == "birth_date":
            more.observed = {}
        return more

    def tolerated_gap(self) -> int:
        """Days without coverage that a complete window may have."""
        gap = span(str(self.policy.parameters["tolerated_coverage_gap"]["default"])) or Span(0, 0)
        return gap.days

    def _coverage(self, plan: str | None) -> Coverage | None:
        """The coverage of the day asked about, in the plan asked about when one is."""
        running = [each for each in self.person.coverage if each.covers(self.on) and plan in (None, each.plan)]
        return max(running, key=lambda each: (each.begins or date.min, each.plan or ""), default=None)

"""How claims become events, as the policy declares it under `classify:`, read once for the reference and the SQL."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.diagnoses import evidence_sets

Asked = Mapping[str, Any]  # what is asked of a line: bill_type, revenue_center, …: any of those listed


class Given(NamedTuple):
    """One rule of one attribute."""

    attribute: str
    value: Any
    when: Asked


class ByClaim(NamedTuple):
    """An event that is made once for a claim."""

    event: str
    lasts: bool
    lines: tuple[Asked, ...]
    else_one_for_day: tuple[Asked, ...]
    still: tuple[str, ...]
    gives: tuple[Given, ...]

    @property
    def attributes(self) -> tuple[str, ...]:
        """Those that a rule may give."""
        return tuple(dict.fromkeys(each.attribute for each in self.gives))


class Pregnancies(NamedTuple):
    """Codes of pregnancy, gathered into spells."""

    event: str
    begins_by: str
    ends_by: str
    days: int


class Classified(NamedTuple):
    """All that claims tell: events by claim, the code set of services, whether diagnoses count, pregnancies."""

    by_claim: tuple[ByClaim, ...]
    service: tuple[str, str] | None
    diagnosis: str | None
    pregnancies: Pregnancies | None
    evidence: tuple[str, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """Every set of diagnosis codes that decides something, those of evidence first: bit i is the i-th."""
        return tuple(dict.fromkeys((*self.evidence, *self._others())))

    def _others(self) -> Iterator[str]:
        for rule in self.by_claim:
            for asked in (*rule.lines, *rule.else_one_for_day, *(each.when for each in rule.gives)):
                if "primary" in asked:
                    yield asked["primary"]
        if self.pregnancies:
            yield from (self.pregnancies.begins_by, self.pregnancies.ends_by)

    @property
    def told_by_diagnosis(self) -> int:
        """The bits of the sets that carry a fact or show a pregnancy, in whatever position the code stands."""
        return self.bits(self.evidence if self.diagnosis else ()) | self.shown_by_diagnosis

    @property
    def shown_by_diagnosis(self) -> int:
        """The bits of the sets that show a pregnancy."""
        return self.bits((self.pregnancies.begins_by, self.pregnancies.ends_by) if self.pregnancies else ())

    def bits(self, names: Iterable[str]) -> int:
        """The bits of some sets."""
        return sum(self.bit(each) for each in dict.fromkeys(names))

    def bit(self, name: str) -> int:
        """The bit of a set."""
        return 1 << self.sets.index(name)


def classified(policy: Policy) -> Classified:
    """What the loaded policy declares."""
    events = policy.documents.by_name["events"]["events"]
    declared = {name: data["classify"] for name, data in events.items() if "classify" in data}
    ways: dict[str, list[str]] = {}
    for name, rule in declared.items():
        ways.setdefault(rule["one_for"], []).append(name)
    by_claim = tuple(_by_claim(name, events[name]["kind"], declared[name]) for name in ways.get("claim", ()))
    service = next(((name, str(declared[name]["codes"])) for name in ways.get("line", ())), None)
    diagnosis = next(iter(ways.get("diagnosis", ())), None)
    pregnancies = next((_pregnancies(name, declared[name]) for name in ways.get("pregnancy", ())), None)
    return Classified(by_claim, service, diagnosis, pregnancies, evidence_sets(policy))


def _by_claim(name: str, kind: str, rule: dict[str, Any]) -> ByClaim:
    gives = tuple(Given(each["attribute"], each["is"], each["when"]) for each in rule.get("attributes", ()))
    still = tuple(rule.get("still", ()))
    return ByClaim(name, kind == "spell", tuple(rule["lines"]), tuple(rule.get("else_one_for_day", ())), still, gives)


def _pregnancies(name: str, rule: dict[str, Any]) -> Pregnancies:
    return Pregnancies(name, rule["begins_by"], rule["ends_by"], int(str(rule["gathers"]).split()[0]))

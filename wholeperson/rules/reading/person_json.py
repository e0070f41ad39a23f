"""Reads the contract's person document; every mistake is named with its place, and nothing is guessed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from wholeperson.rules.calendar import as_day
from wholeperson.rules.clocks.moments import california
from wholeperson.rules.language import SOURCES
from wholeperson.rules.person import OPEN, Complete, Coverage, Happening, Person, Statement
from wholeperson.rules.problems import Problem, Refused, Where, nearest
from wholeperson.rules.reading.library import Event, Fact, Policy
from wholeperson.rules.reading.listed import FORTHCOMING
from wholeperson.rules.reading.yaml_lines import Lines, dotted, place

SCHEMA = "wholeperson/person@1"
KEYS = (
    "schema",
    "id",
    "birth_date",
    "county",
    "languages",
    "race_ethnicity",
    "coverage",
    "facts",
    "events",
    "complete",
)
COVERAGE = ("plan", "county", "aid_code", "from", "until", "share_of_cost")
FACT = ("fact", "value", "from", "until", "learnt", "source", "attested_by")
COMPLETE = ("source", "event", "from", "through")
SHARE_OF_COST = ("none", "long_term_care", "other")
OTHER_PLAN = "other_medi_cal_plan"
MOST = 50  # mistakes; whoever has more has misunderstood something, and the first ones tell what
LARGEST_NUMBER = 10**12
OLDEST = date(1900, 1, 1)  # a record that ended before says nothing of any day we answer for

Path = tuple[str | int, ...]


def read_person(data: Any, policy: Policy, *, on: date, file: str = "person", lines: Lines | None = None) -> Person:
    """The person, or ``Refused`` with every mistake found. ``on``: nobody can be born after the day asked about."""
    reader = _Reader(policy, file, lines or {})
    person = reader.person(data, on)
    if reader.problems:
        raise Refused(*reader.problems)
    return person


class _Reader:
    """Walks one document and collects its mistakes."""

    def __init__(self, policy: Policy, file: str, lines: Lines) -> None:
        self.policy, self.file, self.lines = policy, file, lines
        self.problems: list[Problem] = []

    def say(self, path: Path, code: str, problem: str, why: str, do: str, allowed: Iterable[str] = ()) -> None:
        where = place(self.file, self.lines, path) if self.lines else Where(self.file, None, None, dotted(path) or None)
        self.problems.append(Problem(code, problem, why, do, where, tuple(allowed)))
        if len(self.problems) == MOST:
            raise Refused(*self.problems)

    def person(self, data: Any, on: date) -> Person:
        if not self.keys(data, (), KEYS):
            return Person("", None, None, (), None, (), (), (), ())
        if data.get("schema", SCHEMA) != SCHEMA:
            self.say(
                ("schema",),
                "unknown_schema",
                f"{data['schema']!s:.60} is not a schema we read",
                "another schema may mean other things by the same words",
                "send this one",
                [SCHEMA],
            )
        born = self.day(data, (), "birth_date")
        if born and born > on:
            self.say(
                ("birth_date",),
                "born_later",
                "the birth date lies after the day asked about",
                "nobody can qualify before being born",
                "correct the birth date, or ask with a later --on",
            )
        return Person(
            id=self.name(data, (), "id") or "person",
            birth_date=born,
            county=self.word(data, (), "county", self.policy.counties),
            languages=tuple(self.texts(data, "languages")),
            race_ethnicity=self.race_ethnicity(data),
            coverage=tuple(self.coverage(each, ("coverage", at)) for at, each in self.items(data, "coverage")),
            statements=tuple(self.statement(each, ("facts", at), at) for at, each in self.items(data, "facts")),
            happenings=tuple(
                made for at, each in self.items(data, "events") if (made := self.happening(each, ("events", at), at))
            ),
            complete=tuple(
                known for at, each in self.items(data, "complete") if (known := self.complete(each, ("complete", at)))
            ),
        )

    def keys(self, data: Any, path: Path, known: Iterable[str], needed: Iterable[str] = ()) -> bool:
        listed = tuple(known)
        if not isinstance(data, dict):
            self.say(
                path,
                "not_an_object",
                "an object with named values is expected here",
                "each value needs its name",
                "send {…} with these keys",
                listed,
            )
            return False
        for key in data:
            if key not in listed:
                self.say(
                    (*path, key[:60]),
                    "unknown_key",
                    f"{key:.60} is not a key we know here",
                    "what nobody reads would silently count for nothing",
                    "correct the spelling, or leave it out",
                    nearest(key[:60], listed),
                )
        for key in needed:
            if data.get(key) is None:
                self.say(
                    path, "missing_key", f"{key} is missing", "without it the entry says nothing", f"add {key}", [key]
                )
        return all(data.get(key) is not None for key in needed)

    def items(self, data: dict[str, Any], key: str) -> list[tuple[int, Any]]:
        listed = data.get(key)
        if listed is None:
            return []
        if not isinstance(listed, list):
            self.say((key,), "not_a_list", f"{key} is not a list", "there may be several", "send [ … ]")
            return []
        return list(enumerate(listed))

    def texts(self, data: dict[str, Any], key: str) -> list[str]:
        found = []
        for at, each in self.items(data, key):
            if isinstance(each, str):
                found.append(each)
            else:
                self.say((key, at), "not_text", "text is expected here", "it is compared with words", "send a text")
        return found

    def race_ethnicity(self, data: dict[str, Any]) -> tuple[str, ...] | None:
        """The words, when there are any; an empty list says nothing."""
        found = tuple(self.texts(data, "race_ethnicity"))
        if found and "race_ethnicity" in self.policy.facts:
            self.value(self.policy.facts["race_ethnicity"], list(found), ("race_ethnicity",))
        return found or None

    def name(self, data: dict[str, Any], path: Path, key: str) -> str | None:
        """What something is called: words or a number."""
        value = data.get(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.say((*path, key), "not_text", f"{key} is not text", "it is shown as it stands", "send a text")
        return None

    def day(self, data: dict[str, Any], path: Path, key: str) -> date | None:
        value = data.get(key)
        if value is None:
            return None
        day = as_day(value)
        if day is None:
            self.say(
                (*path, key),
                "not_a_day",
                f"{key} is not a day",
                "rules count in calendar days",
                "send YYYY-MM-DD, a day that exists",
                ["2026-11-21"],
            )
        return day

    def word(self, data: dict[str, Any], path: Path, key: str, known: Iterable[str]) -> str | None:
        value = data.get(key)
        if value is None:
            return None
        listed = list(known)
        if isinstance(value, str) and value in listed:
            return value
        self.say(
            (*path, key),
            f"unknown_{key}",
            f"{value!s:.60} is not a {key.replace('_', ' ')} we know",
            "another spelling would silently count for nothing",
            f"send a known {key.replace('_', ' ')}",
            nearest(str(value)[:60], listed),
        )
        return None

    def ends(self, data: dict[str, Any], path: Path, begins: date | None) -> date | None:
        if "until" in data and data["until"] is None:
            return OPEN
        ends = self.day(data, path, "until")
        if begins and ends and ends < begins:
            self.say(
                (*path, "until"),
                "ends_before_it_begins",
                f"it ends on {ends}, before it begins on {begins}",
                "no day would lie in it",
                "swap or correct the two days",
            )
        return ends

    def coverage(self, data: Any, path: Path) -> Coverage:
        if not self.keys(data, path, COVERAGE):
            return Coverage(None, None, None, None, None, None)
        begins = self.day(data, path, "from")
        return Coverage(
            self.word(data, path, "plan", [*self.policy.plans, OTHER_PLAN]),
            self.word(data, path, "county", self.policy.counties),
            self.name(data, path, "aid_code"),
            begins,
            self.ends(data, path, begins),
            self.word(data, path, "share_of_cost", SHARE_OF_COST),
        )

    def statement(self, data: Any, path: Path, at: int) -> Statement:
        nothing = Statement("", None, None, None, None, None, None)
        if not self.keys(data, path, FACT, ("fact",)):
            return nothing
        said = str(data["fact"])[:200]
        name = self.policy.aliases.get(said, said)
        fact = self.policy.facts.get(name)
        if fact is None:
            self.say(
                (*path, "fact"),
                "unknown_fact",
                f"{name:.60} is not a fact we know",
                "another spelling would silently count for nothing",
                "send a known fact; `policy facts` lists them",
                nearest(name[:60], [*self.policy.facts, *self.policy.aliases]),
            )
            return nothing
        begins = self.day(data, path, "from")
        ends = self.ends(data, path, begins)
        return Statement(
            name,
            self.value(fact, data.get("value"), (*path, "value")),
            begins,
            ends,
            day_of_moment(data.get("learnt")) or self.day(data, path, "learnt"),
            self.word(data, path, "source", SOURCES),
            self.name(data, path, "attested_by"),
            at,
        )

    def value(self, fact: Fact, value: Any, path: Path) -> Any:
        fits, read, example = fact_value(fact, value)
        if not fits:
            self.say(
                path,
                "wrong_type",
                f"the value does not fit {fact.name}",
                "it could not be compared",
                f"send {example}",
                [str(each) for each in fact.values],
            )
        return read

    def happening(self, data: Any, path: Path, at: int) -> Happening | None:
        name = data.get("event") if isinstance(data, dict) else None
        event = self.policy.events.get(name) if isinstance(name, str) else None
        if not isinstance(data, dict) or event is None or event.kind == "derived":
            known = [each.name for each in self.policy.events.values() if each.kind != "derived"]
            self.say(
                (*path, "event"),
                "unknown_event",
                f"{name!s:.60} is not an event we know",
                "another spelling would silently count for nothing",
                "send a known event; `policy events` lists them",
                nearest(str(name)[:60], known),
            )
            return None
        self.keys(data, path, ("event", "on", "from", "until", "source", "id", "learnt", *event.attributes))
        begins = self.day(data, path, "on") or self.day(data, path, "from")
        if begins is None:
            self.say(
                path,
                "no_day",
                "the event has neither on nor from",
                "an event counts on its day",
                "send on for one day, or from and until",
                ["on", "from"],
            )
            return None
        if data.get("on") is not None and data.keys() & {"from", "until"}:
            self.say(
                (*path, "on"),
                "on_and_from",
                "on stands beside from or until",
                "only one of them would be read",
                "send on for one day, or from and until",
                ["on", "from"],
            )
        ends = begins if data.get("on") is not None else self.ends(data, path, begins)
        return Happening(
            event.name,
            begins,
            ends,
            self.attributes(event, data, path),
            self.word(data, path, "source", SOURCES),
            self.name(data, path, "id"),
            day_of_moment(data.get("learnt")) or self.day(data, path, "learnt"),
            at,
        )

    def attributes(self, event: Event, data: dict[str, Any], path: Path) -> dict[str, Any]:
        found = {}
        for key, kind in event.attributes.items():
            value = data.get(key)
            if value is None:
                continue
            known = self._known(kind)
            fits = _attribute_fits(kind, value, known)
            if fits:
                found[key] = " ".join(value) if isinstance(value, list) else value
            else:
                self.say(
                    (*path, key),
                    "unknown_value",
                    f"{value!s:.60} is not a value of {key}",
                    "another spelling would silently count for nothing",
                    "send a known value, or null for not known",
                    [str(each).lower() if isinstance(each, bool) else str(each) for each in known],
                )
        return found

    def _known(self, kind: str) -> tuple[Any, ...]:
        if kind == "programme":
            return (*self.policy.programmes, *FORTHCOMING)
        return self.policy.attribute_types.get(kind, ())

    def complete(self, data: Any, path: Path) -> Complete | None:
        if not self.keys(data, path, COMPLETE, ("source", "from", "through")):
            return None
        source = self.word(data, path, "source", SOURCES)
        event = self.word(data, path, "event", self.policy.events)
        begins, through = self.day(data, path, "from"), self.day(data, path, "through")
        if begins and through and through < begins:
            self.say(
                (*path, "through"),
                "ends_before_it_begins",
                f"it ends on {through}, before it begins on {begins}",
                "no day would lie in it",
                "swap or correct the two days",
            )
        if source is None or begins is None or through is None or through < OLDEST:
            return None
        return Complete(source, event, begins, through)


def day_of_moment(value: Any) -> date | None:
    """The day in California of an instant with its offset; None for anything else."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
        return at.astimezone(california()).date() if at and at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _attribute_fits(kind: str, value: Any, known: tuple[Any, ...]) -> bool:
    """Whether a value is of the attribute's type; of words there may be several."""
    if kind == "int":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_NUMBER
    if kind == "words":
        return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))
    if kind in ("text", "date"):
        return isinstance(value, str) and (kind == "text" or as_day(value) is not None)
    return any(type(value) is type(each) and value == each for each in known)


def fact_value(fact: Fact, value: Any) -> tuple[bool, Any, str]:
    """Whether a value fits a fact, the value as we keep it, and what would fit. A date of null means *never*."""
    if fact.type == "bool":
        return isinstance(value, bool), value, "true or false"
    if fact.type == "int":
        return _is_number(fact, value), value, f"a whole number{'' if fact.least is None else f' from {fact.least} on'}"
    if fact.type == "date":
        return value is None or as_day(value) is not None, as_day(value), "a day, or null for never"
    if fact.type == "word":
        return isinstance(value, str) and value in fact.values, value, "one of the words listed"
    if fact.type == "list":
        fits = isinstance(value, list) and all(_is_word(fact, each) for each in value)
        return fits, tuple(value) if fits else (), "a list of words" + (" of those listed" if fact.values else "")
    return isinstance(value, str), value, "a text"


def _is_number(fact: Fact, value: Any) -> bool:
    least, most = fact.least, fact.most
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and abs(value) < LARGEST_NUMBER
        and (least is None or value >= least)
        and (most is None or value <= most)
    )


def _is_word(fact: Fact, value: Any) -> bool:
    return isinstance(value, str) and (not fact.values or value in fact.values)

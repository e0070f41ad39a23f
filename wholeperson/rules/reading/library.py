"""The policy, checked and ready: programmes, facts, events, open questions, plans and words."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from wholeperson.rules.calendar import as_day, span
from wholeperson.rules.language import Node
from wholeperson.rules.reading.files import PROGRAMME_FOLDERS, Documents
from wholeperson.rules.reading.make_nodes import NodeMaker, walk


@dataclass(slots=True, eq=False)
class Fact:
    """What may be known of a member: how it is asked, who proves it, what absence means, who may read it."""

    name: str
    type: str
    values: tuple[Any, ...]
    ask: str
    proof: tuple[str, ...]
    no_when_complete: tuple[str, ...]
    privacy: str
    aliases: tuple[str, ...]
    evidence: tuple[dict[str, Any], ...]
    governed_by: tuple[str, ...]
    least: int | None = None
    most: int | None = None

    @property
    def only_said(self) -> bool:
        """Whether nothing but somebody's word can make it known."""
        return not (self.evidence or self.no_when_complete or self.name in ("birth_date", "race_ethnicity"))


@dataclass(slots=True, eq=False)
class Event:
    """What may happen to a member, and what is derived from it."""

    name: str
    kind: str
    attributes: dict[str, str]
    sources: tuple[str, ...]
    complete_from: tuple[str, ...]
    privacy: str
    absorb_into: str | None
    merge_gap: int | None
    pool: dict[str, dict[str, Any]]
    complete_by: dict[str, tuple[str, ...]]


@dataclass(eq=False)
class Programme:
    """One population, support or service: when and where it lives, and its criteria, made when first asked for."""

    id: str
    name: str
    kind: str
    data: dict[str, Any]
    begins: date
    ends: date | None
    authority_until: date | None
    maker: NodeMaker

    @cached_property
    def root(self) -> Node:
        """Criteria and exclusions."""
        return self.maker.root(self.data)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The root and all below it."""
        return tuple(walk(self.root))

    @cached_property
    def conditions(self) -> tuple[tuple[str, str, Node], ...]:
        """What must be chosen between, come first, or not be paid twice."""
        return tuple(self.maker.conditions(self.data))

    @cached_property
    def mandatory(self) -> tuple[date, Node] | None:
        """From which day every plan must offer it, and to whom."""
        return self.maker.mandatory(self.data)


@dataclass(slots=True, eq=False)
class Policy:
    """Everything the policy says."""

    documents: Documents
    facts: dict[str, Fact]
    aliases: dict[str, str]
    events: dict[str, Event]
    attribute_types: dict[str, tuple[Any, ...]]
    programmes: dict[str, Programme]
    parameters: dict[str, Any]
    plans: dict[str, Any]
    counties: dict[str, Any]
    grades: dict[str, str]
    versions: dict[str, str] = field(default_factory=dict)
    version: str = ""
    _first_days: dict[str, tuple[date, date]] = field(default_factory=dict)

    def first_days(self, key: str) -> tuple[date, date]:
        """The first and the last of the days on which something began, county by county."""
        if key not in self._first_days:
            days = [as_day(county[key]["value"]) or date.max for county in self.counties.values()] or [date.min]
            self._first_days[key] = (min(days), max(days))
        return self._first_days[key]

    def codes(self, name: str, on: date) -> tuple[str, ...]:
        """The codes of a set in force on a day; a trailing * stands for all below it."""
        day = on.isoformat()
        return tuple(
            row["code"]
            for row in self.documents.codes.get(name, ())
            if (not row["from"] or row["from"] <= day) and (not row["to"] or day <= row["to"])
        )


def build(documents: Documents, plan: str | None = None, *, decides: bool = True) -> Policy:
    """Make the library from checked documents; ``plan`` lays that plan's settled questions over the State's.

    ``decides``: whether anybody will be decided about; without it the programmes are left out, and it is quicker.
    """
    by_name = documents.by_name
    facts = {name: _fact(name, data) for name, data in by_name["facts"]["facts"].items()}
    plans = {data["id"]: data for data in documents.inside("plans").values()}
    parameters = _parameters(by_name["parameters"]["parameters"], plans.get(plan or "", {}))
    policy = Policy(
        documents=documents,
        facts=facts,
        aliases={alias: fact.name for fact in facts.values() for alias in fact.aliases},
        events={name: _event(name, data) for name, data in by_name["events"]["events"].items()},
        attribute_types={name: tuple(values) for name, values in by_name["events"]["attribute_types"].items()},
        programmes={},
        parameters=parameters,
        plans=plans,
        counties=(by_name.get("counties") or {}).get("counties", {}),
        grades={key: source["grade"] for key, source in by_name["sources"]["sources"].items()},
    )
    maker = NodeMaker(documents, parameters, policy.grades)
    for folder in PROGRAMME_FOLDERS if decides else ():
        for data in documents.inside(folder).values():
            policy.programmes[data["id"]] = _programme(data, maker)
    return policy


def _programme(data: dict[str, Any], maker: NodeMaker) -> Programme:
    return Programme(
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        data=data,
        begins=as_day(data["from"]) or date.min,
        ends=as_day(data.get("to")),
        authority_until=as_day(data.get("authority", {}).get("until")),
        maker=maker,
    )


def _parameters(listed: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    """A plan that has settled an open question for itself leaves it with one reading."""
    settled = plan.get("parameters") or {}
    return {
        name: {**data, "default": settled[name], "readings": [settled[name]]} if name in settled else data
        for name, data in listed.items()
    }


def _fact(name: str, data: dict[str, Any]) -> Fact:
    absence = data["absence"]
    return Fact(
        name,
        data["type"],
        tuple(data.get("values", ())),
        data["ask"],
        tuple(data["proof"]),
        () if absence == "not_known" else tuple(absence["no_when_complete"]),
        data["privacy"],
        tuple(data.get("aliases", ())),
        tuple(data.get("evidence", ())),
        tuple(data.get("governed_by", ())),
        data.get("least"),
        data.get("most"),
    )


def _event(name: str, data: dict[str, Any]) -> Event:
    merge = data.get("merge")
    gap = span(merge["gap"]) if merge and merge["gap"] != "0 days" else None
    return Event(
        name,
        data["kind"],
        data.get("attributes", {}),
        tuple(data["sources"]),
        tuple(data["complete_from"]),
        data["privacy"],
        data.get("absorb", {}).get("into"),
        (gap.days if gap else 0) if merge else None,
        data.get("pool", {}),
        {program: tuple(sources) for program, sources in data.get("complete_by", {}).items()},
    )

"""The policy, checked and ready: programmes, facts, events, open questions, plans and words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wholeperson.rules.calendar import Span, as_day, span
from wholeperson.rules.language import Cite, Node, cite, confidence
from wholeperson.rules.reading.files import PROGRAMME_FOLDERS, Documents


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


@dataclass(slots=True, eq=False)
class Programme:
    """One population, support or service: its criteria, and when and where it lives."""

    id: str
    name: str
    kind: str
    data: dict[str, Any]
    root: Node
    conditions: tuple[tuple[str, str, Node], ...]
    begins: date
    ends: date | None
    authority_until: date | None
    nodes: tuple[Node, ...] = ()


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


def build(documents: Documents, plan: str | None = None) -> Policy:
    """Make the library from checked documents; ``plan`` lays that plan's settled questions over the State's."""
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
    maker = _Maker(policy)
    for folder in PROGRAMME_FOLDERS:
        for data in documents.inside(folder).values():
            policy.programmes[data["id"]] = maker.programme(data)
    return policy


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
    )


class _Maker:
    """Turns the plain criteria into nodes: blocks put in, truth inherited, readings laid out."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.blocks = {data["id"]: data for data in policy.documents.inside("shared").values()}

    def programme(self, data: dict[str, Any]) -> Programme:
        root = self.node(data["criteria"], _Above(data))
        exclusions = data.get("exclusions")
        if exclusions:
            root = _both(root, self.exclusions(exclusions, data))
        authority = data.get("authority", {}).get("until")
        made = Programme(
            data["id"],
            data["name"],
            data["kind"],
            data,
            root,
            tuple(self.conditions(data)),
            self.day(data["from"]) or date.min,
            self.day(data.get("to")),
            as_day(authority),
        )
        made.nodes = tuple(_walk(root))
        return made

    def exclusions(self, written: dict[str, Any], data: dict[str, Any]) -> Node:
        """What rules somebody out altogether: written out, or the rows of the overlap table that say no."""
        if "overlaps" not in written:
            return self.node({"none_of": [written]} if "none_of" not in written else written, _Above(data))
        rows = [self.row(row) for row in self.rows() if row["rule"] == "no"]
        group: dict[str, Any] = {
            "id": "exclusions",
            "none_of": rows,
            **{key: written[key] for key in ("says", "attested") if key in written},
        }
        return self.node(group, _Above(self.policy.documents.by_name["overlaps"]))

    def conditions(self, data: dict[str, Any]) -> Iterator[tuple[str, str, Node]]:
        """What must be chosen between, come first, or not be paid twice."""
        if "overlaps" in data.get("conditions", {}):
            kinds = {"either": "choose", "ecm_first": "ecm_first", "both": "no_double_payment"}
            table = _Above(self.policy.documents.by_name["overlaps"])
            for row in self.rows():
                if row["rule"] in kinds:
                    what = row.get("with") or row.get("program") or row["id"]
                    yield kinds[row["rule"]], what, self.node(self.row(row), table)

    def rows(self) -> list[dict[str, Any]]:
        table: list[dict[str, Any]] = self.policy.documents.by_name["overlaps"]["rows"]
        return table

    @staticmethod
    def row(row: dict[str, Any]) -> dict[str, Any]:
        leaf: dict[str, Any] = {
            key: row[key]
            for key in ("id", "says", "attested", "fact", "from", "to", "sheet", "cites", "mark")
            if key in row
        }
        return {**leaf, "enrolled_in": row["program"]} if "program" in row else leaf

    def node(self, written: dict[str, Any], above: "_Above") -> Node:
        here = above.below(written)
        if "use" in written:
            block = self.blocks[written["use"]]
            kept: dict[str, Any] = {
                key: written[key] for key in ("reading", "from", "to", "sheet", "cites", "mark") if key in written
            }
            return self.node({**block["block"], **kept}, above.below(block))
        word = next(key for key in (*_ORDER, "at_least") if key in written)
        children = self.children(written, word, here)
        base, *others = self.readings(written, word)
        return Node(
            mentions=_mentions(written, word, children),
            dated=any(child.begins or child.ends for child in children),
            key=f"{here.document}.{written['id']}" if "id" in written else None,
            id=written.get("id"),
            op=word,
            says=written.get("says"),
            children=children,
            args=base,
            alternatives=tuple(others),
            attested=written.get("attested"),
            open_list=bool(written.get("open_list")),
            wider=here.wider,
            helps=above.helps,
            confidence=confidence(here.mark, here.cites, self.policy.grades),
            cites=here.cites,
            begins=self.day(written.get("from")),
            ends=self.day(written.get("to")),
        )

    def children(self, written: dict[str, Any], word: str, here: "_Above") -> tuple[Node, ...]:
        if word not in ("all_of", "any_of", "none_of", "at_least"):
            return ()
        members = written["of" if word == "at_least" else word]
        below = here.turned() if word == "none_of" else here
        return tuple(self.node(member, below) for member in members)

    def readings(self, written: dict[str, Any], word: str) -> list[dict[str, Any]]:
        """What the word needs, once for each reading of the open question it depends on (the default first)."""
        raw = {key: value for key, value in written.items() if key in _ARGS or key == word}
        open_question = next((name for value in raw.values() for name in _asks(value)), None)
        if open_question is None:
            return [self.args(raw, word)]
        known = self.policy.parameters[open_question]
        values = [known["default"], *(each for each in known["readings"] if each != known["default"])]
        return [self.args(_put(raw, open_question, value), word) for value in values]

    def args(self, raw: dict[str, Any], word: str) -> dict[str, Any]:
        """The words' values in the form the evaluator wants them."""
        made = dict(raw)
        if "within" in made:
            made["within"] = span(made["within"])
        if word == "enrolled_in" and isinstance(made[word], str):
            made[word] = [made[word]]
        if word == "at_least":
            made.pop("of", None)
        elif word in ("all_of", "any_of", "none_of"):
            made.pop(word, None)
        return made

    def day(self, written: Any) -> date | None:
        if isinstance(written, dict):
            written = self.policy.parameters[written["parameter"]]["default"]
        return as_day(written)


_ORDER = (
    "all_of",
    "any_of",
    "none_of",
    "use",
    "fact",
    "count",
    "days",
    "during",
    "ended",
    "meets",
    "authorized_for",
    "enrolled_in",
    "age",
)
_ARGS = frozenset(
    {"is", "in", "at_least", "at_most", "where", "distinct", "kinds", "within", "ending", "continuous", "on"}
)


class _Above:
    """What a node inherits from where it stands: sources, mark, reading and polarity."""

    def __init__(
        self,
        data: dict[str, Any],
        *,
        cites: tuple[Cite, ...] = (),
        mark: str = "design",
        wider: str | None = None,
        helps: bool = True,
        document: str = "",
    ) -> None:
        self.document: str = data["id"] if data.keys() & {"criteria", "block", "rows"} else document
        self.cites = tuple(cite(text) for text in data["cites"]) if "cites" in data else cites
        self.mark: str = data.get("mark", mark)
        self.wider: str | None = data.get("reading", wider)
        self.helps = helps

    def below(self, data: dict[str, Any]) -> "_Above":
        return _Above(
            data, cites=self.cites, mark=self.mark, wider=self.wider, helps=self.helps, document=self.document
        )

    def turned(self) -> "_Above":
        return _Above(
            {}, cites=self.cites, mark=self.mark, wider=self.wider, helps=not self.helps, document=self.document
        )


def _both(criteria: Node, exclusions: Node) -> Node:
    """Criteria and exclusions under one roof."""
    return Node(
        None,
        None,
        "all_of",
        None,
        (criteria, exclusions),
        {},
        (),
        None,
        False,
        None,
        True,
        criteria.confidence,
        criteria.cites,
        None,
        None,
        criteria.mentions | exclusions.mentions,
    )


ANOTHER = "*"  # mentioned by whatever rests on another programme


def _mentions(written: dict[str, Any], word: str, children: tuple[Node, ...]) -> frozenset[str]:
    """The facts a node rests on; another programme counts as all it may mention."""
    own = {written[key] for key in ("attested", "fact") if key in written}
    if word in ("age", "during"):
        own.add("birth_date")
    if word == "meets":
        own.add(ANOTHER)
    return frozenset(own).union(*(child.mentions for child in children))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _asks(value: Any) -> Iterator[str]:
    """The open questions inside a value."""
    if isinstance(value, dict):
        if set(value) == {"parameter"}:
            yield value["parameter"]
        else:
            for each in value.values():
                yield from _asks(each)


def _put(value: Any, name: str, settled: Any) -> Any:
    """The value with one open question answered."""
    if isinstance(value, dict):
        if value == {"parameter": name}:
            return settled
        return {key: _put(each, name, settled) for key, each in value.items()}
    return value


__all__ = ["Event", "Fact", "Policy", "Programme", "Span", "build"]

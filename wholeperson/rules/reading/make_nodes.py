"""Turns plain criteria into nodes: shared blocks put in, truth inherited, open questions laid out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from wholeperson.rules.calendar import as_day, span
from wholeperson.rules.language import GROUPS, Cite, Node, cite, confidence
from wholeperson.rules.reading.files import Documents

ANOTHER = "*"  # mentioned by whatever rests on another programme
ORDER = ("all_of", "any_of", "none_of", "use", "fact", "count", "days", "during", "ended", "meets", "authorized_for",
         "enrolled_in", "age", "at_least")  # fmt: skip
ARGUMENTS = frozenset(
    {"is", "in", "at_least", "at_most", "where", "distinct", "kinds", "within", "ending", "continuous", "on"}
)
HANDED_ON = ("reading", "held", "from", "to", "sheet", "cites", "mark")
ROW = ("id", "says", "attested", "fact", "authorized_for", "during", "on", "from", "to", "sheet", "cites", "mark")
CONDITIONS = {"either": "choose", "ecm_first": "ecm_first", "both": "no_double_payment"}


INHERITED = frozenset({"criteria", "block", "rows", "cites", "mark", "reading", "records"})
NO_DAYS: tuple[date | None, ...] = (None,)


class Above(NamedTuple):
    """What a node inherits from where it stands."""

    document: str = ""
    cites: tuple[Cite, ...] = ()
    mark: str = "design"
    wider: str | None = None
    helps: bool = True
    records: tuple[str, ...] = ()

    def below(self, data: dict[str, Any]) -> "Above":
        """The same with what this mapping says for itself."""
        if INHERITED.isdisjoint(data):
            return self
        own_document = "criteria" in data or "block" in data or "rows" in data
        return Above(
            data["id"] if own_document else self.document,
            tuple(map(cite, data["cites"])) if "cites" in data else self.cites,
            data.get("mark", self.mark),
            data.get("reading", self.wider),
            self.helps,
            tuple(data["records"]) if "records" in data else self.records,
        )


class NodeMaker:
    """Makes the nodes of one policy."""

    def __init__(self, documents: Documents, parameters: dict[str, Any], grades: dict[str, str]) -> None:
        self.parameters, self.grades = parameters, grades
        self.overlaps: dict[str, Any] = documents.by_name["overlaps"]
        self.blocks = {data["id"]: data for data in documents.inside("shared").values()}
        self.used: dict[tuple[Any, ...], Node] = {}

    def root(self, data: dict[str, Any]) -> Node:
        """A programme's criteria and its exclusions under one roof."""
        above = Above().below(data)
        criteria = self.node(data["criteria"], above)
        if "exclusions" not in data:
            return criteria
        exclusions = self.exclusions(data["exclusions"], above)
        return self._made({}, "all_of", (criteria, exclusions), above, above)

    def exclusions(self, written: dict[str, Any], above: Above) -> Node:
        """What rules somebody out altogether: written out, or the rows of the overlap table that say no."""
        if "overlaps" not in written:
            return self.node(written if "none_of" in written else {"none_of": [written]}, above)
        rows = [row_leaf(row) for row in self.overlaps["rows"] if row["rule"] == "no"]
        group: dict[str, Any] = {"id": "exclusions", "none_of": rows}
        group |= {key: written[key] for key in ("says", "attested") if key in written}
        made = self.node(group, Above().below(self.overlaps))
        made.key = f"{above.document}.exclusions"  # its sentence is the programme's own, its rows are the table's
        return made

    def conditions(self, data: dict[str, Any]) -> Iterator[tuple[str, str, Node]]:
        """What must be chosen between, come first, or not be paid twice."""
        for row in data.get("combinations") or []:
            yield CONDITIONS[row["rule"]], condition_with(row), self.node(row_leaf(row), Above().below(data))
        if "overlaps" in data.get("conditions", {}):
            table = Above().below(self.overlaps)
            for row in self.overlaps["rows"]:
                if row["rule"] in CONDITIONS:
                    yield CONDITIONS[row["rule"]], condition_with(row), self.node(row_leaf(row), table)

    def mandatory(self, data: dict[str, Any]) -> tuple[date, Node] | None:
        """From which day every plan must offer it, and to whom."""
        written = data.get("mandatory")
        if not written:
            return None
        return as_day(written["from"]) or date.min, self.node(written["when"], Above().below(data).below(written))

    def node(self, written: dict[str, Any], above: Above) -> Node:
        """One criterion with all below it."""
        if "use" in written:
            return self.block(written, above)
        here = above.below(written)
        word = next(key for key in ORDER if key in written)
        members = written.get("of" if word == "at_least" else word) if word in GROUPS else ()
        below = here._replace(helps=not here.helps) if word == "none_of" else here
        return self._made(written, word, tuple(self.node(member, below) for member in members or ()), here, above)

    def block(self, written: dict[str, Any], above: Above) -> Node:
        """A shared block. Where it is used the same way it is the same node, made and decided once."""
        kept: dict[str, Any] = {key: written[key] for key in HANDED_ON if key in written}
        way = (written["use"], repr(kept), above.wider, above.helps, above.records)
        if way not in self.used:
            block = self.blocks[written["use"]]
            self.used[way] = self.node({**block["block"], **kept}, above.below(block))
        return self.used[way]

    def _made(self, written: dict[str, Any], word: str, children: tuple[Node, ...], here: Above, above: Above) -> Node:
        base, *others = self.readings(written, word)
        begins, *otherwise = self.days(written.get("from"))
        return Node(
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
            records=here.records,
            held=written.get("held"),
            helps=above.helps,
            confidence=confidence(here.mark, here.cites, self.grades),
            cites=here.cites,
            begins=begins,
            ends=self.days(written.get("to"))[0],
            perhaps_from=min((day for day in otherwise if day), default=None),
            mentions=mentioned(written, word, children),
            dated=any(child.begins or child.ends for child in children),
        )

    def readings(self, written: dict[str, Any], word: str) -> list[dict[str, Any]]:
        """What the word needs, once for each reading of the open question it depends on (the default first)."""
        raw = {key: value for key, value in written.items() if key in ARGUMENTS or key == word}
        open_question = next((name for value in raw.values() if isinstance(value, dict) for name in asks(value)), None)
        if open_question is None:
            return [arguments(raw, word)]
        return [arguments(put(raw, open_question, value), word) for value in self.values(open_question)]

    def values(self, open_question: str) -> list[Any]:
        """Every reading, the default first."""
        known = self.parameters[open_question]
        return [known["default"], *(each for each in known["readings"] if each != known["default"])]

    def days(self, written: Any) -> Sequence[date | None]:
        """The day, and those of the other readings."""
        if written is None:
            return NO_DAYS
        values = self.values(written["parameter"]) if isinstance(written, dict) else [written]
        return [as_day(value) for value in values]


def condition_with(row: dict[str, Any]) -> str:
    """What the condition is with: the name given, the program, the other programme, or the row itself."""
    return str(row.get("with") or row.get("program") or row.get("authorized_for") or row["id"])


def row_leaf(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the overlap table as a criterion."""
    leaf: dict[str, Any] = {key: row[key] for key in ROW if key in row}
    return {**leaf, "enrolled_in": row["program"]} if "program" in row else leaf


def arguments(raw: dict[str, Any], word: str) -> dict[str, Any]:
    """The words' values in the form the evaluator wants them."""
    made = {key: value for key, value in raw.items() if key != word or word not in ("all_of", "any_of", "none_of")}
    if "within" in made:
        made["within"] = span(made["within"])
    if word == "enrolled_in" and isinstance(made[word], str):
        made[word] = [made[word]]
    return made


def mentioned(written: dict[str, Any], word: str, children: tuple[Node, ...]) -> frozenset[str]:
    """The facts a node rests on; another programme counts as all it may mention."""
    own = {written[key] for key in ("attested", "fact") if key in written}
    if word in ("age", "during"):
        own.add("birth_date")
    if word == "meets":
        own.add(ANOTHER)
    return frozenset(own).union(*[child.mentions for child in children]) if children else frozenset(own)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in node.children:
        yield from walk(child)


def asks(value: Any) -> Iterator[str]:
    """The open questions inside a value."""
    if isinstance(value, dict):
        if set(value) == {"parameter"}:
            yield value["parameter"]
        else:
            for each in value.values():
                yield from asks(each)


def put(value: Any, name: str, settled: Any) -> Any:
    """The value with one open question answered."""
    if isinstance(value, dict):
        return (
            settled if value == {"parameter": name} else {key: put(each, name, settled) for key, each in value.items()}
        )
    return value

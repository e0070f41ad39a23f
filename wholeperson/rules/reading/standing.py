"""Every criterion where it stands, beside the lines it was made from: what a node has settled, the lines still ask."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.make_nodes import CONDITIONS, HANDED_ON, Above, NodeMaker, asks, row_leaf

Written = dict[str, Any]
OF_RECORDS = ("count", "days", "during", "ended")


class Standing(NamedTuple):
    """A node, its lines, and the programme it stands in."""

    programme: Programme
    node: Node
    written: Written
    children: tuple["Standing", ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it rests on itself."""
        born = "birth_date" if self.node.op == "age" else None
        return tuple(name for name in (self.node.args.get("fact"), self.node.attested, born) if name)

    @property
    def events(self) -> tuple[str, ...]:
        """The events it rests on itself."""
        if self.node.op in ("enrolled_in", "authorized_for"):
            return (self.node.op,)
        return tuple(self.node.args[op] for op in OF_RECORDS if self.node.op == op)

    @property
    def questions(self) -> tuple[str, ...]:
        """The open questions written in it."""
        named = [self.written["reading"]] if "reading" in self.written else []
        return tuple(dict.fromkeys([*named, *asks(self.written)]))


def walk(standing: Standing) -> Iterator[Standing]:
    """The node and all below it."""
    yield standing
    for child in standing.children:
        yield from walk(child)


def criteria(programme: Programme, policy: Policy) -> Standing:
    """The programme's criteria, without what rules somebody out."""
    root = programme.root.children[0] if "exclusions" in programme.data else programme.root
    return _beside(programme, root, programme.data["criteria"], policy)


def exclusions(programme: Programme, policy: Policy) -> Standing | None:
    """What rules somebody out altogether."""
    written = programme.data.get("exclusions")
    if written is None:
        return None
    if "overlaps" in written:
        rows = policy.documents.by_name["overlaps"]["rows"]
        written = {**written, "none_of": [row_leaf(row) for row in rows if row["rule"] == "no"]}
    elif "none_of" not in written:
        written = {"none_of": [written]}
    return _beside(programme, programme.root.children[1], written, policy)


def conditions(programme: Programme, policy: Policy) -> list[Standing]:
    """What must be chosen between, come first, or not be paid twice."""
    return [
        Standing(programme, node, row_leaf(row))
        for row, (_, _, node) in zip(condition_rows(programme, policy), programme.conditions, strict=True)
    ]


def condition_rows(programme: Programme, policy: Policy) -> list[Written]:
    """The lines they were made from: the programme's own combinations, then those of the overlap table."""
    rows = list(programme.data.get("combinations") or ())
    if "overlaps" in programme.data.get("conditions", {}):
        rows += policy.documents.by_name["overlaps"]["rows"]
    return [row for row in rows if row["rule"] in CONDITIONS]


def beside(programme: Programme, part: Written, key: str, policy: Policy) -> Standing:
    """Criteria written in a part of the file that is not the criteria."""
    maker = NodeMaker(policy.documents, policy.parameters, policy.grades)
    node = maker.node(part[key], Above().below(programme.data).below(part))
    return _beside(programme, node, part[key], policy)


def _beside(programme: Programme, node: Node, written: Written, policy: Policy) -> Standing:
    if "use" in written:
        kept = {key: written[key] for key in HANDED_ON if key in written}
        written = {**policy.documents.by_name[f"shared/{written['use']}"]["block"], **kept}
    members = written.get("of" if node.op == "at_least" else node.op) if node.is_group else ()
    below = zip(node.children, members or (), strict=True)
    return Standing(programme, node, written, tuple(_beside(programme, *each, policy) for each in below))


class Uses:
    """Which criteria rest on which fact, event and open question."""

    def __init__(self, policy: Policy) -> None:
        self.of_fact: dict[str, list[Standing]] = defaultdict(list)
        self.of_event: dict[str, list[Standing]] = defaultdict(list)
        self.of_question: dict[str, list[Standing]] = defaultdict(list)
        for programme in policy.programmes.values():
            for each in standings(programme, policy):
                self._note(each)

    def _note(self, standing: Standing) -> None:
        for name in standing.facts:
            self.of_fact[name].append(standing)
        for name in standing.events:
            self.of_event[name].append(standing)
        for name in standing.questions:
            self.of_question[name].append(standing)

    def programmes(self, fact: str) -> list[str]:
        """The programmes that rest on a fact, in the policy's order."""
        return list(dict.fromkeys(each.programme.id for each in self.of_fact[fact]))


def standings(programme: Programme, policy: Policy) -> Iterator[Standing]:
    """Everything that is decided for a programme: criteria, exclusions and conditions."""
    yield from walk(criteria(programme, policy))
    ruled_out = exclusions(programme, policy)
    if ruled_out:
        yield from walk(ruled_out)
    yield from conditions(programme, policy)

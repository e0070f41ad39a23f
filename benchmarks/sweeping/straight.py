"""The criteria of some programmes written out as one straight Python function, as somebody in a hurry would have it.

What each word of the policy means is written here a second time, answers only: 0 no, 1 not known, 2 yes. Facts come as
``F[name] = (value, other values, silent)``, what was looked up in events and dates as ``L[at]``.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

from wholeperson.rules.calendar import back
from wholeperson.rules.case import Case
from wholeperson.rules.language import Node
from wholeperson.rules.leaves import compare
from wholeperson.rules.reading.library import Policy

Answers = tuple[int, ...]
Written = Callable[[dict[str, Any], list[int]], Answers]


class Writer:
    """Writes the function, node by node; a node that several programmes share is written once."""

    def __init__(self, policy: Policy, on: date) -> None:
        self.policy, self.on = policy, on
        self.lines: list[str] = []
        self.named: dict[int, str] = {}
        self.looks: dict[str, tuple[int, str, dict[str, Any]]] = {}
        self.tests: list[dict[str, Any]] = []

    def written(self) -> Written:
        """The function: facts and looked-up answers in, an answer a programme out."""
        return self.function([self.programme(each) for each in self.policy.programmes.values()])

    def function(self, found: list[str]) -> Written:
        """A function that returns those of the names that were written."""
        source = "def decide(F, L):\n get = F.get\n " + "\n ".join([*self.lines, f"return ({', '.join(found)},)"])
        room: dict[str, Any] = {"compared": self.compared, "heard": heard, "said_of": said_of}
        exec(source, room)  # our own text, made above
        made: Written = room["decide"]
        return made

    def programme(self, programme: Any) -> str:
        root = self.node(programme.root)
        over = programme.authority_until and self.on > programme.authority_until
        return f"({root} or 1)" if over else root

    def put(self, expression: str) -> str:
        name = f"a{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        return name

    def node(self, node: Node) -> str:
        if id(node) not in self.named:
            self.named[id(node)] = self.group(node) if node.is_group else self.leaf(node)
            self.closed(node)
        return self.named[id(node)]

    def closed(self, node: Node) -> None:
        """What holds an answer back once it stands."""
        if node.records:
            raise LookupError("which record showed it is more than this peer keeps")
        if node.held:
            self.named[id(node)] = self.put(f"1 if {self.named[id(node)]} == 2 else {self.named[id(node)]}")
        if node.perhaps_from and node.only_perhaps(self.on):
            self.named[id(node)] = self.put(f"1 if {self.named[id(node)]} == 2 else 0")

    def group(self, node: Node) -> str:
        living = [self.node(each) for each in node.children if each.in_force(self.on)]
        name = self.put(_combined(node, living))
        said = None
        if node.attested:
            turned = (node.op == "none_of") == node.helps
            said, name = self.hear(node, name, None, hurts=2 if turned else 0)
        if node.op == "none_of":
            name = self.put(f"2 - {name}")
        if node.attested and node.unconfirmed:
            keeps = 2 if node.helps else 0
            # Somebody's word decided: it was heard, and says what the group says.
            own = f"2 - {name}" if node.op == "none_of" else name
            name = self.put(f"{name} if {said} != {own} or {name} == {keeps} else 1")
        return name

    def leaf(self, node: Node) -> str:
        if node.op == "meets":
            return self.put(self.programme(self.policy.programmes[node.args["meets"]]))
        name = self.read(node, node.args)
        hurts, others = 0 if node.helps else 2, [self.read(node, args) for args in node.alternatives]
        if others:
            agreed = " == ".join([name, *others])
            name = self.put(f"1 if {name} == {hurts} and not ({agreed}) else {name}")
        if node.unconfirmed:
            name = self.put(f"{name} if {name} == {2 - hurts} else 1")
        return name

    def read(self, node: Node, args: dict[str, Any]) -> str:
        hurts = 0 if node.helps else 2
        if node.op == "fact":
            test = self.test(args)
            return self.put(f"1 if (k := get({args['fact']!r})) is None else said_of(k, {test}, {hurts}, compared)")
        name = self.looked(node.op, args)
        return self.hear(node, name, args, hurts=hurts)[1] if node.attested else name

    def hear(self, node: Node, name: str, args: dict[str, Any] | None, *, hurts: int) -> tuple[str, str]:
        """Somebody's word beside the record: the word itself (-1: none was heard), and what stands."""
        fact = self.policy.facts[str(node.attested)]
        limits = {key: args[key] for key in ("at_least", "at_most") if key in args} if args else {}
        if args and fact.type == "date":
            limits = {"at_least": back(self.on, args["within"]), "at_most": self.on}
        elif node.op not in ("count", "days"):
            limits = {}
        how = (self.test(limits), hurts, node.op in ("count", "days"), node.is_group, node.op == "count")
        both = self.put(f"(-1, {name}) if (k := get({fact.name!r})) is None else heard(k, {name}, {how}, compared)")
        return f"{both}[0]", self.put(f"{both}[1]")

    def looked(self, op: str, args: dict[str, Any]) -> str:
        """What events or dates say."""
        return self.put(f"L[{self.look(op, args)}]")

    def look(self, op: str, args: dict[str, Any]) -> int:
        key = f"{op} {sorted(args.items(), key=str)}"
        return self.looks.setdefault(key, (len(self.looks), op, args))[0]

    def test(self, args: dict[str, Any]) -> int:
        plain = {key: args[key] for key in ("is", "in", "at_least", "at_most") if key in args}
        if plain not in self.tests:
            self.tests.append(plain)
        return self.tests.index(plain)

    def compared(self, value: Any, test: int) -> int:
        """A fact's value against what a criterion asks for."""
        args, case = self.tests[test], cast(Case, self)  # it has the policy and the day, and no more is asked of it
        return compare(value, args, case)


def _combined(node: Node, names: list[str]) -> str:
    listed = f"({', '.join(names)},)"
    if node.op == "at_least":
        needed = node.args["at_least"]
        return f"2 if {listed}.count(2) >= {needed} else 1 if {listed}.count(2) + {listed}.count(1) >= {needed} else 0"
    if node.op == "all_of":
        return f"0 if 0 in {listed} else 1 if 1 in {listed} else 2" if names else "2"
    nothing = 1 if node.open_list else 0
    return f"2 if 2 in {listed} else 1 if 1 in {listed} else {nothing}" if names else str(nothing)


def said_of(known: Any, test: int, hurts: int, compared: Callable[[Any, int], int]) -> int:
    """What is known of a fact, where others may say otherwise."""
    value, others, _ = known
    answer = compared(value, test)
    disputed = answer == hurts and any(compared(other, test) != answer for other in others)
    return 1 if disputed else answer


def heard(known: Any, observed: int, how: tuple[int, int, bool, bool, bool], compared: Any) -> tuple[int, int]:
    """Somebody's word beside the record."""
    value, others, silent = known
    test, hurts, counts, group, counted = how
    if silent and observed == 2:
        return -1, observed
    said = compared(value, test)
    if said == 0 and counted and isinstance(value, date):
        return -1, observed
    if not counts and any(compared(other, test) != said for other in others):
        answer = max(said, observed) if observed != 1 else said
        return said, 1 if answer == hurts else answer
    if observed == 1:
        return said, said
    if said > observed:
        return said, 1 if said == hurts else said
    if said < observed and not counts and not group:
        return said, 1 if observed == hurts else observed
    return said, observed


def looks_of(writer: Writer) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """What is to be looked up, in the order of ``L``."""
    yield from sorted(writer.looks.values(), key=lambda each: each[0])

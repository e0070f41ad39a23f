"""What a worklist says of a programme's patterns, in words and for one audience: each pattern once, never a member."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from wholeperson.rules.explain import AUDIENCES, name_is_a_reason, privacy
from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.words import Words

TOLD = pa.schema(
    [("programme", pa.string()), ("pattern", pa.int32()), ("mandatory", pa.bool_()), ("fits", pa.bool_()),
     ("why", pa.string()), ("away", pa.string())]
)  # fmt: skip


def offered(policy: Policy, audience: str) -> list[Programme]:
    """What one can offer somebody: no population, which is a way into care management; nor, to others, a name that
    tells a reason.
    """
    everything = [each for each in policy.programmes.values() if each.kind != "population_of_focus"]
    return [each for each in everything if audience != "others" or not name_is_a_reason(each)]


class Sentences:
    """Why somebody fits, in the policy's own sentences, as far as the audience may read them."""

    def __init__(self, words: Words, audience: str) -> None:
        self.words, self.may_read = words, AUDIENCES[audience]
        self.nodes: dict[str, dict[str, Node]] = {}
        self.made: dict[tuple[str, tuple[str, ...]], str] = {}

    def why(self, programme: Programme, because: tuple[str, ...]) -> str:
        """One text of all criteria that made a yes; what kept nobody out is no reason."""
        key = (programme.id, because)
        if key not in self.made:
            said = self.reasons(programme, because)
            name = self.words.name(programme.id, programme.name)
            self.made[key] = f"{name}: {', '.join(said)}." if said else f"{name}."
        return self.made[key]

    def reasons(self, programme: Programme, because: tuple[str, ...]) -> tuple[str, ...]:
        """The criteria that made a yes, each once."""
        nodes = self.nodes.setdefault(programme.id, dict(_positive(programme.root)))
        return tuple(dict.fromkeys(self._says(nodes[each]) for each in because if each in nodes))

    def _says(self, node: Node) -> str:
        if privacy(node, self.words.policy) - self.may_read:
            return self.words.phrase("health_reason")
        return self.words.says(node)

    def may_be_asked(self, facts: Iterable[str]) -> list[str]:
        """The facts this audience may know to be in question."""
        return [each for each in facts if self.words.policy.facts[each].privacy in self.may_read]


def _positive(node: Node) -> Iterator[tuple[str, Node]]:
    """The nodes that speak for somebody, by their ids."""
    if node.op == "none_of":
        return
    if node.id:
        yield node.id, node
    for child in node.children:
        yield from _positive(child)


def told(patterns: Iterable[dict[str, Any]], policy: Policy, words: Words, audience: str) -> pa.Table:
    """The patterns worth a line: those that fit, and those that one fact would settle."""
    sentences = Sentences(words, audience)
    wanted = {each.id: each for each in offered(policy, audience)}
    rows = []
    for each in patterns:
        if each["programme"] in wanted:
            fits = each["answer"] == "yes"
            away = ";".join(sentences.may_be_asked(each["settled_by"])) if each["answer"] == "not_known" else ""
            why = sentences.why(wanted[each["programme"]], tuple(each["because"])) if fits else ""
            if fits or away:
                rows.append({"programme": each["programme"], "pattern": each["pattern"], "fits": fits, "why": why,
                             "mandatory": each["mandatory"], "away": away or None})  # fmt: skip
    return pa.Table.from_pylist(rows, TOLD)

"""The answer as the contract's JSON: the whole tree in the policy's own words, and nothing an audience may not read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wholeperson.rules.answers import WORDS, every, some, word
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.language import Node
from wholeperson.rules.limits import Limit, limits
from wholeperson.rules.outcomes import Outcome
from wholeperson.rules.parts import Condition, available, conditions, enrolment
from wholeperson.rules.questions import next_questions, settled_by
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.words import Words

EVERYTHING = frozenset({"open", "identifies", "sensitive", "part2"})

# Who reads it → the privacy words they may read. Others read "a health reason".
AUDIENCES = {
    "care": EVERYTHING,
    "plan": EVERYTHING,
    "sensitive": EVERYTHING - {"part2"},  # everything but treatment for substance use
    "others": frozenset({"open", "identifies"}),
}


def check(
    case: Case, programmes: Iterable[str], words: Words, *, audience: str = "care", tree: bool = True
) -> dict[str, Any]:
    """Everything the contract's ``check`` says about one person, but for the file it came from."""
    court = Court(case)
    decisions = [court.decide(each) for each in programmes]
    told = _Teller(case, words, AUDIENCES[audience])
    return {
        "schema": "wholeperson/check@1",
        "on": case.on.isoformat(),
        "person": case.person.id,
        "plan": case.plan,
        "county": case.county,
        "policy_version": case.policy.version,
        "programmes": [_programme(each, court, told, tree=tree) for each in decisions],
        "next_questions": [
            {"fact": each.fact, "ask": words.ask(each.fact), "settles": list(each.settles)}
            for each in next_questions(court, decisions)
            if told.may_be_asked([each.fact])
        ],
        "not_mapped": [],
    }


def _programme(decision: Decision, court: Court, told: "_Teller", *, tree: bool) -> dict[str, Any]:
    programme = decision.programme
    can_be_had = available(programme, court.case, told.enrolled, court)
    made: dict[str, Any] = {
        "id": programme.id,
        "name": told.words.name(programme.id, programme.name),
        "answer": word(decision.answer),
        "available": word(can_be_had.answer),
        "available_because": list(can_be_had.because),
        "conditions": [told.condition(each) for each in conditions(decision, court) if told.may_read_of(each.node)],
        "limits": [_limit(each) for each in limits(programme, court.case) if told.may_read is EVERYTHING],
        "because": list(decision.because) if told.may_read is EVERYTHING else [],
        "missing": told.may_be_asked(decision.missing),
        "settled_by": told.may_be_asked(settled_by(decision, court)),
        "version": court.case.policy.versions.get(programme.id, ""),
    }
    if tree:
        made["tree"] = told.node(decision.tree)
    return made


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "id": limit.id,
        "unit": limit.unit,
        "allowed": limit.allowed,
        "used": limit.used,
        "left": limit.left,
        "exact": limit.exact,
        "from": _json(limit.begins),
        "until": _json(limit.ends),
        "review": limit.review,
    }


class _Teller:
    """Writes nodes for one audience in one language."""

    def __init__(self, case: Case, words: Words, may_read: frozenset[str]) -> None:
        self.case, self.words, self.may_read = case, words, may_read
        self.enrolled = enrolment(case)
        self.hidden = words.phrase("health_reason")

    def may_be_asked(self, facts: Iterable[str]) -> list[str]:
        """The facts this audience may know to be in question."""
        return [each for each in facts if self.case.policy.facts[each].privacy in self.may_read]

    def may_read_of(self, node: Node | None) -> bool:
        """Whether a condition names nothing this audience may not know."""
        return node is None or not privacy(node, self.case.policy) - self.may_read

    def condition(self, condition: Condition) -> dict[str, Any]:
        """A condition with the sentence that tells of it."""
        says = self.words.says(condition.node) if condition.node else None
        return {"kind": condition.kind, "with": condition.with_, "says": says}

    def node(self, outcome: Outcome) -> dict[str, Any]:
        made = self.said(outcome.node).copy()
        made["answer"] = WORDS[outcome.answer]
        if made["says"] is self.hidden:
            return made
        made["review"] = outcome.review
        if outcome.seen:
            made["seen"] = _plain(outcome.seen)
        if outcome.sources:
            made["sources"] = [_source(each) for each in outcome.sources]
        if outcome.children:
            made["children"] = [self.node(child) for child in outcome.children]
            if self.may_read is not EVERYTHING:
                made["children"] = self.gathered(outcome, made["children"])
        return made

    def gathered(self, outcome: Outcome, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Hidden members as one, so that not even their place in the list tells which of them it was."""
        hidden = [at for at, each in enumerate(told) if each["says"] is self.hidden]
        if len(hidden) < 2:
            return told
        answers = [outcome.children[at].answer for at in hidden]
        together = every(answers) if outcome.node.op == "all_of" else some(answers)
        one = {**told[hidden[0]], "answer": WORDS[together]}
        return [*(each for at, each in enumerate(told) if at not in hidden), one]

    def said(self, node: Node) -> dict[str, Any]:
        """What is said of the node whoever is asked about; made once."""
        key = (id(node), self.may_read)
        if key not in self.words.told:
            self.words.told[key] = self._say(node)
        return self.words.told[key]

    def is_hidden(self, node: Node) -> bool:
        """A private node, or a group of nothing else: its name would tell as much."""
        if privacy(node, self.case.policy) - self.may_read:
            return True
        return bool(node.children) and all(self.is_hidden(child) for child in node.children)

    def _say(self, node: Node) -> dict[str, Any]:
        hidden = self.may_read is not EVERYTHING and self.is_hidden(node)
        kind, name = about(node)
        return {
            "id": None if hidden else node.id,
            "op": node.op,
            "says": self.hidden if hidden else self.words.says(node),
            "answer": None,
            kind: None if hidden else name,
            "seen": None,
            "needed": None if hidden else needed(node),
            "sources": [],
            "cites": [] if hidden else [{"source": each.source, "where": each.where} for each in node.cites],
            "confidence": node.confidence,
            "review": None,
            "children": [],
        }


def about(node: Node) -> tuple[str, str | None]:
    """Whether the node is about a fact or an event, and which."""
    for op in ("count", "days", "during", "ended"):
        if node.op == op:
            return ("event", node.args[op])
    if node.op in ("enrolled_in", "authorized_for"):
        return ("event", node.op)
    return ("fact", node.args.get("fact") or ("birth_date" if node.op == "age" else node.attested))


def privacy(node: Node, policy: Policy) -> set[str]:
    """The privacy words of what the node is about; of another programme, those of all it rests on."""
    if node.op == "meets":
        return {word for each in policy.programmes[node.args["meets"]].nodes for word in privacy(each, policy)}
    found = {policy.facts[name].privacy for name in (node.attested, node.args.get("fact")) if name}
    kind, name = about(node)
    return found | ({policy.events[name].privacy} if kind == "event" and name else set())


def name_is_a_reason(programme: Programme) -> bool:
    """Whether to be found fit for it tells why: a population, custody, having been drunk."""
    return programme.kind in ("population_of_focus", "pre_release") or bool(programme.data.get("name_is_a_reason"))


def needed(node: Node) -> Any:
    """What the criterion asks for, as data."""
    if node.op == "age":
        return node.args["age"]
    if node.op == "meets":
        return node.args["meets"]
    asked = {key: node.args[key] for key in ("is", "in", "at_least", "at_most") if key in node.args}
    return asked or (True if node.op == "fact" else None)


def _plain(seen: dict[str, Any] | None) -> dict[str, Any] | None:
    return {key: _json(value) for key, value in seen.items()} if seen else None


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_json(each) for each in value] if isinstance(value, list | tuple) else value


def _source(source: tuple[str | None, str | None, date | None]) -> dict[str, Any]:
    kind, name, on = source
    return {"kind": kind, "id": name, "on": on.isoformat() if on else None}

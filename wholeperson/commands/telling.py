"""An answer as text: a tree a person can read, in colour on a terminal."""

from typing import Any

from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.words import Words

OPPOSITE = {"yes": "no", "no": "yes", "not_known": "not_known"}
SIGNS = {"yes": "✓", "no": "✗", "not_known": "?"}
COLOURS = {"yes": "\033[32m", "no": "\033[31m", "not_known": "\033[33m"}
PLAIN, BOLD, DIM = "\033[0m", "\033[1m", "\033[2m"


ORDER = ("yes", "not_known", "no")


def tell_check(report: dict[str, Any], words: Words, *, colour: bool, full: bool = False) -> str:
    """The whole report: who fits first. Unless ``full``, only what makes each answer."""
    pen = _Pen(words, colour, full)
    places = "".join(f", {pen.named(report[key])}" for key in ("plan", "county") if report[key])
    ranked = sorted(report["programmes"], key=lambda programme: ORDER.index(programme["answer"]))
    parts = [line for programme in ranked for line in pen.programme(programme)]
    tail = pen.questions(report["next_questions"])
    left_out = [] if full else ["", pen.paint(f"({words.phrase('nothing_else_shown')})", DIM)]
    return "\n".join([f"{report['person']}, {report['on']}{places}", "", *parts, *tail, *left_out])


class _Pen:
    """Writes lines in one language, with or without colour."""

    def __init__(self, words: Words, colour: bool, full: bool) -> None:
        self.words, self.colour, self.full = words, colour, full

    def paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{PLAIN}" if self.colour else text

    def named(self, name: str) -> str:
        plan = self.words.policy.plans.get(name) or self.words.policy.counties.get(name)
        return str(plan["name"]) if plan else name.replace("_", " ")

    def programme(self, programme: dict[str, Any]) -> list[str]:
        answer = programme["answer"]
        title = self.paint(f"{SIGNS[answer]} {programme['name']}: {self.words.phrase(answer)}", COLOURS[answer] + BOLD)
        notes = [
            f"    {self.words.phrase(each['with'])}"
            if each["kind"] == "review"
            else f"    {each['says']}: {self.words.phrase(each['kind'])}"
            for each in programme["conditions"]
        ]
        if programme["available"] != "yes":
            head = self.words.phrase("not_available" if programme["available"] == "no" else "availability_not_known")
            notes.append(f"    {head}: {'; '.join(self.words.phrase(each) for each in programme['available_because'])}")
        tree = programme.get("tree")
        return [title, *notes, *(self.top(tree) if tree else []), ""]

    def top(self, tree: dict[str, Any]) -> list[str]:
        """The tree without a root that says nothing of its own."""
        silent = tree["id"] is None and tree["op"] == "all_of"
        return [line for node in (self.shown(tree) if silent else [tree]) for line in self.node(node, 1)]

    def shown(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        """The members worth showing: those that made the answer, or leave it open."""
        children: list[dict[str, Any]] = node["children"]
        wanted = OPPOSITE[node["answer"]] if node["op"] == "none_of" else node["answer"]
        made = [child for child in children if child["answer"] == wanted]
        return children if self.full else made

    def node(self, node: dict[str, Any], depth: int) -> list[str]:
        """A node and what is below it."""
        sign = self.paint(SIGNS[node["answer"]], COLOURS[node["answer"]])
        lines = [f"{'  ' * depth}{sign} {node['says']}{self.evidence(node)}"]
        if node["review"]:
            lines.append(f"{'  ' * (depth + 1)}  {self.paint(self.words.phrase(node['review']), DIM)}")
        return lines + [line for child in self.shown(node) for line in self.node(child, depth + 1)]

    def evidence(self, node: dict[str, Any]) -> str:
        """What was seen, who told it, and where the rule stands."""
        parts = [
            *self.seen(node),
            *self.sources(node),
            *(f"{each['source']} {each['where']}".strip() for each in node["cites"][:1]),
        ]
        return self.paint(f"  ({'; '.join(parts)})", DIM) if parts and not node["children"] else ""

    def seen(self, node: dict[str, Any]) -> list[str]:
        seen = node["seen"] or {}
        if "lo" in seen:
            word = "seen" if seen["hi"] == seen["lo"] else "seen_at_least"
            return [f"{self.words.phrase(word)}: {seen['lo']}, {seen['window'][0]} – {seen['window'][1]}"]
        value = seen.get("value")
        return [str(value)] if isinstance(value, int | str) and not isinstance(value, bool) else []

    def sources(self, node: dict[str, Any]) -> list[str]:
        kinds = dict.fromkeys(each["kind"] for each in node["sources"] if each["kind"])
        return (
            [f"{self.words.phrase('told_by')} {', '.join(self.words.phrase(kind) for kind in kinds)}"] if kinds else []
        )

    def questions(self, questions: list[dict[str, Any]]) -> list[str]:
        if not questions:
            return []
        return [
            self.paint(f"{self.words.phrase('ask_next')}:", BOLD),
            *(f"  {at}. {each['ask']}" for at, each in enumerate(questions, 1)),
        ]


def tell_programme(programme: Programme, words: Words) -> list[str]:
    """One programme's criteria as an indented list."""
    data = programme.data
    return [
        words.name(programme.id, programme.name),
        f"  {data['describes']}",
        "",
        *_criteria(programme.root, words, 0),
    ]


def _criteria(node: Node, words: Words, depth: int) -> list[str]:
    own = f"{'  ' * depth}- {words.says(node)}" + (f"  ({node.confidence})" if not node.children else "")
    return [own, *(line for child in node.children for line in _criteria(child, words, depth + 1))]

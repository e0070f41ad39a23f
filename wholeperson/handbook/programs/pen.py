"""Writes what the policy says as lines of a page: the sentence, its language, how sure it is, from where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from wholeperson.handbook.programs import labels
from wholeperson.handbook.programs.asked import Asked
from wholeperson.rules.calendar import as_day
from wholeperson.rules.language import Cite, Node, cite, confidence
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.words import Words, digest

Written = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One sentence of the policy. ``key``: where in the policy it stands. ``lang``: only where it is not the page's."""

    key: str
    says: str
    lang: str = ""
    confidence: str = "verified"
    places: tuple[Cite, ...] = ()
    note: str = ""  # ours: what the policy says of it in one of its own short words
    href: str = ""

    @property
    def is_sure(self) -> bool:
        return self.confidence == "verified"

    @property
    def sure(self) -> str:
        return str(labels.SURE[self.confidence])


class Source(NamedTuple):
    """A source that the page leans on, and the places in it."""

    key: str
    title: str
    grade: str
    places: tuple[str, ...]

    @property
    def how_good(self) -> str:
        return str(labels.GRADES[self.grade])


class Pen:
    """Seen from one page: one policy, one language, one day. It remembers which sources it has named."""

    def __init__(self, policy: Policy, words: Words, asked: Asked) -> None:
        self.policy, self.words, self.asked = policy, words, asked
        self._named: dict[str, dict[str, None]] = defaultdict(dict)

    def sentence(self, key: str, english: str) -> tuple[str, str]:
        """The sentence, and its language where it is not the page's own."""
        entry = self.words.own.get(key)
        own = self.words.language == "en" or (entry and entry["of"] == digest(english))
        return self.words.sentence(key, english), "" if own else "en"

    def line(self, key: str, english: str, above: Written, item: Written, note: str = "", href: str = "") -> Line:
        """A sentence with the truth of its own line, or of what it stands in."""
        text, lang = self.sentence(key, english)
        told = {"cites": (), "mark": "design", **above, **item}
        cites, mark = tuple(map(cite, told["cites"])), told["mark"]
        return Line(key, text, lang, confidence(mark, cites, self.policy.grades), self.named(cites), note, href)

    def lines(self, programme: Programme, items: Iterable[Written], above: Written | None = None) -> list[Line]:
        """Those of a programme's sentences that hold on the day."""
        over = {**programme.data, **(above or {})}
        return [
            self.line(f"{programme.id}.{each['id']}", each["says"], over, each)
            for each in items
            if in_force(each, self.asked.on)
        ]

    def of_node(self, node: Node, href: str = "") -> Line:
        """What a criterion says; a group speaks through its members too, so they carry the sources."""
        if node.says is None:
            return Line("", "")
        text, lang = self.sentence(node.key or "", node.says)
        if node.is_group:
            return Line(node.key or "", text, lang)
        return Line(node.key or "", text, lang, node.confidence, self.named(node.cites), "", href)

    def named(self, cites: Iterable[Cite]) -> tuple[Cite, ...]:
        """The same places, remembered for the list of sources."""
        kept = tuple(cites)
        for each in kept:
            self._named[each.source][each.where] = None
        return kept

    def sources(self) -> list[Source]:
        """What the page leans on, the best first."""
        known = self.policy.documents.by_name["sources"]["sources"]
        return [
            Source(key, known[key]["title"], self.policy.grades[key], tuple(filter(None, where)))
            for key, where in sorted(self._named.items(), key=lambda each: (self.policy.grades[each[0]], each[0]))
        ]

    def name(self, programme: str) -> str:
        known = self.policy.programmes.get(programme)
        return self.words.name(programme, known.name) if known else programme

    def settled(self, value: Any) -> Any:
        """The value, or our reading where it hangs on an open question."""
        if isinstance(value, dict) and set(value) == {"parameter"}:
            return self.policy.parameters[value["parameter"]]["default"]
        return value


def in_force(item: Written, on: date) -> bool:
    """Whether what carries its own days holds on this one."""
    return (as_day(item.get("from")) or date.min) <= on <= (as_day(item.get("to")) or date.max)

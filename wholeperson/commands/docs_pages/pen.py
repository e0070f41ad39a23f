"""Writes names as links, values as words and citations with their source, seen from one page."""

from collections.abc import Iterable
from typing import Any

from wholeperson.commands.docs_pages.markdown import anchor, code, listed
from wholeperson.commands.docs_pages.phrases import spelled
from wholeperson.rules.language import Cite, cite, confidence
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words


class Pen:
    """``up``: the way from the page to docs/."""

    def __init__(self, policy: Policy, up: str = "") -> None:
        self.policy, self.up = policy, up
        self.words = Words(policy)

    def source(self, name: str) -> str:
        """Whose word it is, in words."""
        return self.words.phrase(name)

    def sources(self, names: Iterable[str], last: str = "or") -> str:
        """The same of several."""
        return listed(map(self.source, names), last)

    def fact(self, name: str) -> str:
        """A link to the fact's page."""
        return f"[{code(name)}]({self.up}facts/{name}.md)"

    def event(self, name: str) -> str:
        """A link to the event's place."""
        return f"[{code(name)}]({self.up}events.md#{anchor(name)})"

    def programme(self, name: str) -> str:
        """A link to the programme's page; one that is not written yet goes by its id."""
        if name not in self.policy.programmes:
            return code(name)
        return f"[{self.policy.programmes[name].name}]({self.up}programmes/{name}.md)"

    def question(self, name: str) -> str:
        """A link to an open question."""
        return f"[{code(name)}]({self.up}questions.md#{anchor(name)})"

    def codes(self, name: str) -> str:
        """A link to a code set."""
        return f"[{code(name)}]({self.up}../wholeperson/policy/codes/{name}.csv)"

    def language(self, place: str, text: str) -> str:
        """A link into the page on the policy's language."""
        return f"[{text}]({self.up}language.md#{place})"

    def cites(self, cites: Iterable[Cite]) -> str:
        """Where it is written: the source's key and the place in it."""
        return ", ".join(
            f"[{each.source}]({self.up}sources.md#{anchor(each.source)}) {each.where}".strip() for each in cites
        )

    def truth(self, data: dict[str, Any]) -> str:
        """How far something may be trusted that carries its own mark and citations, and where it is written."""
        cites = tuple(cite(each) for each in data.get("cites", ()))
        badge = code(confidence(data.get("mark", "design"), cites, self.policy.grades))
        return f"{badge} · {self.cites(cites)}" if cites else f"{badge}, no source"

    def value(self, value: Any, spell: Any = spelled) -> str:
        """A value; where it hangs on an open question, our reading and the others."""
        if not isinstance(value, dict) or set(value) != {"parameter"}:
            return listed(map(spell, value)) if isinstance(value, list) else spell(value)
        known = self.policy.parameters[value["parameter"]]
        others = [spell(each) for each in known["readings"] if each != known["default"]]
        other = f", could be {listed(others)}" if others else ""
        return f"{spell(known['default'])} (open question {self.question(value['parameter'])}{other})"

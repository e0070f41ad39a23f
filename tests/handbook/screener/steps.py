"""Somebody at the screener, without a browser: reads the page, presses a button, carries the hidden field on."""

import re
from html import unescape
from typing import Any

from django.test import Client


class Visitor:
    """One person with the page they look at."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answer: Any = client.get("/screener/")

    @property
    def html(self) -> str:
        return unescape(self.answer.content.decode())

    @property
    def heading(self) -> str:
        return self._first(r"<h1[^>]*>(.*?)</h1>")

    @property
    def state(self) -> str:
        return self._first(r'name="state" value="([^"]*)"')

    @property
    def fact(self) -> str:
        """The question that stands on the page; nothing where none does."""
        return self._first(r'name="fact" value="([^"]*)"')

    def _first(self, pattern: str) -> str:
        found = re.search(pattern, self.html, re.DOTALL)
        return found[1] if found else ""

    def press(self, **fields: Any) -> "Visitor":
        """Send the form of this page with one of its buttons."""
        self.answer = self.client.post("/screener/", {"state": self.state, **fields})
        return self

    def begin(self, *ticked: str, who: str = "me") -> "Visitor":
        return self.press(who=who, ticked=list(ticked))

    def say(self, said: Any) -> "Visitor":
        """Answer the question: yes, no, not_known, unsaid, or a number."""
        field = "value" if isinstance(said, int) else "answer"
        return self.press(fact=self.fact, **{field: said})

    def until_results(self, said: dict[str, Any], otherwise: str = "not_known") -> list[str]:
        """Answer what is known, the rest with one word, until no question is left. The questions that were put."""
        asked = []
        while self.fact:
            asked.append(self.fact)
            self.say(said.get(self.fact, otherwise))
            assert len(asked) < 60, asked
        return asked

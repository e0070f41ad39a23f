"""What the search page shows of a result: what it is, its title and an excerpt, with what was looked for marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wholeperson.handbook.search import signs
from wholeperson.handbook.search.looking import Answer
from wholeperson.handbook.search.models import Entry
from wholeperson.handbook.search.sources import KINDS

EXCERPT = 260  # characters


@dataclass(frozen=True)
class Result:
    """One entry, for the page."""

    entry: Entry
    answer: Answer

    @property
    def kind(self) -> "str | Promise":
        return KINDS[self.entry.kind]

    @property
    def title(self) -> SafeString:
        return marked(self.entry.title, self.answer)

    @property
    def excerpt(self) -> SafeString:
        return marked(cut(self.entry.text, self.answer), self.answer)


def marked(text: str, answer: Answer) -> SafeString:
    """The text with what was looked for in <mark>."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if hit else part,) for part, hit in _parts(text, answer))
    )


def _parts(text: str, answer: Answer) -> Iterator[tuple[str, bool]]:
    """The text in pieces: each, and whether it was looked for."""
    end = 0
    for start, stop in spans(text, answer):
        yield text[end:start], False
        yield text[start:stop], True
        end = stop
    yield text[end:], False


def spans(text: str, answer: Answer) -> list[tuple[int, int]]:
    """Where what was looked for stands; neighbors in Chinese are one."""
    found: list[tuple[int, int]] = []
    for match in signs.RUN.finditer(text):
        found += [(match.start() + a, match.start() + b) for a, b in _hits(match[0], answer)]
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _hits(run: str, answer: Answer) -> Iterator[tuple[int, int]]:
    if not signs.is_han(run):
        tokens = signs.words(run)
        if any(token in answer.words or (answer.begins and token.startswith(answer.begins)) for token in tokens):
            yield 0, len(run)
        return
    for length in (1, 2):
        for place in range(len(run) - length + 1):
            if signs.asked(run[place : place + length])[0] in answer.words:
                yield place, place + length


def cut(text: str, answer: Answer) -> str:
    """As much of the text as an excerpt holds, from a little before the first thing that was looked for."""
    if len(text) <= EXCERPT:
        return text
    hits = spans(text, answer)
    start = max(0, hits[0][0] - EXCERPT // 3) if hits else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    part = text[start : start + EXCERPT]
    return ("… " if start else "") + part + (" …" if start + EXCERPT < len(text) else "")

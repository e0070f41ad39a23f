"""What the search page shows of a result: what it is, its title and an excerpt, with what was looked for marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wholeperson.handbook.search import signs
from wholeperson.handbook.search.looking import Answer
from wholeperson.handbook.search.models import Entry
from wholeperson.handbook.search.sources import KINDS

EXCERPT = 260  # characters
Span = tuple[int, int]


@dataclass(frozen=True)
class Result:
    """One entry, for the page."""

    entry: Entry
    marker: "Marker"

    @property
    def kind(self) -> "str | Promise":
        return KINDS[self.entry.kind]

    @property
    def title(self) -> SafeString:
        return self.marker.marked(self.entry.title)

    @property
    def excerpt(self) -> SafeString:
        return self.marker.excerpt(self.entry.text)


@dataclass(frozen=True)
class Marker:
    """Finds in a text what was looked for. It remembers each word it has judged: a page says the same words often."""

    answer: Answer
    judged: dict[str, list[Span]] = field(default_factory=dict)

    def marked(self, text: str) -> SafeString:
        """The text with what was looked for in <mark>."""
        return _html(text, self.spans(text))

    def excerpt(self, text: str) -> SafeString:
        """As much as an excerpt holds, from a little before the first thing that was looked for; marked."""
        spans = self.spans(text)
        if len(text) <= EXCERPT:
            return _html(text, spans)
        start = max(0, spans[0][0] - EXCERPT // 3) if spans else 0
        start = text.rfind(" ", 0, start) + 1 if start else 0
        stop = min(len(text), start + EXCERPT)
        inside = [(max(a, start) - start, min(b, stop) - start) for a, b in spans if a < stop and b > start]
        before, after = "… " if start else "", " …" if stop < len(text) else ""
        return format_html("{}{}{}", before, _html(text[start:stop], inside), after)

    def spans(self, text: str) -> list[Span]:
        """Where what was looked for stands; neighbors in Chinese are one."""
        joined: list[Span] = []
        for match in signs.RUN.finditer(text):
            run, at = match[0], match.start()
            if run not in self.judged:
                self.judged[run] = sorted(_hits(run, self.answer))
            for start, stop in self.judged[run]:
                if joined and at + start <= joined[-1][1]:
                    joined[-1] = (joined[-1][0], max(at + stop, joined[-1][1]))
                else:
                    joined.append((at + start, at + stop))
        return joined


def _html(text: str, spans: list[Span]) -> SafeString:
    starts = [0, *(stop for _, stop in spans)]
    marked = [(text[end:start], text[start:stop]) for end, (start, stop) in zip(starts, spans, strict=False)]
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", marked), text[starts[-1] :])


def _hits(run: str, answer: Answer) -> Iterator[Span]:
    if not signs.is_han(run):
        word = signs.token(signs.folded(run)) or ""
        if word in answer.words or (answer.begins and word.startswith(answer.begins)):
            yield 0, len(run)
        return
    for length in (1, 2):
        for place in range(len(run) - length + 1):
            if signs.asked(run[place : place + length])[0] in answer.words:
                yield place, place + length

"""What the search page shows of a result: what it is, its title and an excerpt, with what was looked for marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wholeperson.handbook.search import signs
from wholeperson.handbook.search.fulltext import Shown
from wholeperson.handbook.search.looking import Answer
from wholeperson.handbook.search.sources import KINDS
from wholeperson.handbook.shelf.words import PROVIDER_TYPES

EXCERPT = 260  # characters
Span = tuple[int, int]
NOTHING, MARK, MARK_ENDS = escape(""), format_html("<{}>", "mark"), format_html("</{}>", "mark")


# Made here and not in the template: ten of these are half the time that the page takes.
HIT = (
    '<li class="wp-hits__one"{}><h3><a class="usa-link" href="{}">{}</a></h3>'
    '<p class="wp-note">{}</p><p>{}</p></li>'
)  # fmt: skip


def hits(found: list[Shown], answer: Answer) -> SafeString:
    """The list of what was found, with what was looked for marked."""
    marker, own = Marker(answer), get_language()
    each = ((one, "" if one.shown_in == own else format_html(' lang="{}"', one.shown_in)) for one in found)
    return format_html_join(
        "\n",
        HIT,
        ((lang, one.url, marker.marked(one.title), KINDS[one.kind], marker.excerpt(one.text)) for one, lang in each),
    )


def narrow(chosen: dict[str, str]) -> SafeString:
    """The lists that narrow a search, as they are chosen, in the language of the page."""
    return _narrow(tuple(chosen.items()), get_language())


@lru_cache(maxsize=200)
def _narrow(chosen: tuple[tuple[str, str], ...], language: str | None) -> SafeString:
    """Made once: every reader is shown the same."""
    told = {"chosen": dict(chosen), "kinds": KINDS, "types": PROVIDER_TYPES}
    return render_to_string("search/narrow.html", told)


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
        if len(text) <= EXCERPT:
            return _html(text, self.spans(text))
        spans = self.spans(text)
        start = max(0, spans[0][0] - EXCERPT // 3) if spans else 0
        start = text.rfind(" ", 0, start) + 1 if start else 0
        stop = min(len(text), start + EXCERPT)
        inside = [(max(a, start) - start, min(b, stop) - start) for a, b in spans if a < stop and b > start]
        before, after = "… " if start else "", " …" if stop < len(text) else ""
        return escape(before) + _html(text[start:stop], inside) + escape(after)

    def spans(self, text: str) -> list[Span]:
        """Where what was looked for stands; neighbors in Chinese are one."""
        joined: list[Span] = []
        for start, stop in self._plain(text) if text.isascii() else self._each_word(text):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
            else:
                joined.append((start, stop))
        return joined

    def _plain(self, text: str) -> list[Span]:
        """Looks only at the words of the text that begin as one that was looked for."""
        small, found = text.lower(), set()
        for sought in (*self.answer.words, self.answer.begins):
            at = small.find(sought) if sought else -1
            while at >= 0:
                run = signs.RUN.match(text, at)
                if run and not (at and small[at - 1].isalnum()) and [*_hits(run[0], self.answer)]:
                    found.add(run.span())
                at = small.find(sought, at + 1)
        return sorted(found)

    def _each_word(self, text: str) -> Iterator[Span]:
        for match in signs.RUN.finditer(text):
            run, at = match[0], match.start()
            if run not in self.judged:
                self.judged[run] = sorted(_hits(run, self.answer))
            yield from ((at + start, at + stop) for start, stop in self.judged[run])


def _html(text: str, spans: list[Span]) -> SafeString:
    """Safe texts put together stay safe, and this is quicker than a format for each."""
    made, last = NOTHING, 0
    for start, stop in spans:
        made += escape(text[last:start]) + MARK + escape(text[start:stop]) + MARK_ENDS
        last = stop
    return made + escape(text[last:])


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

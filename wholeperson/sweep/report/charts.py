"""Bars as inline SVG. Every bar says its number, so that a reader of the page's source finds what the table has."""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

WIDTH: Final = 340  # drawn as wide as a small phone shows it, so that its words stay readable there
ROW, BAR, LINE = 38, 12, 14
LONGEST_LABEL: Final = 46


class Part(NamedTuple):
    """A piece of a bar: what it is, how many, and how it is drawn. None: hidden."""

    name: str
    value: int | None
    look: str


class Bar(NamedTuple):
    """One bar with its label; ``of`` is what its whole width stands for."""

    label: str
    parts: tuple[Part, ...]
    of: int


def bars(title: str, listed: Sequence[Bar], name: str) -> str:
    """All bars as one picture with a name of its own."""
    height = ROW * len(listed) + 4
    drawn = "".join(_bar(each, at) for at, each in enumerate(listed))
    return (
        f'<svg class="bars" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-t">'
        f'<title id="{name}-t">{escape(title)}. The table beside it has the numbers.</title>{drawn}</svg>'
    )


def _bar(bar: Bar, at: int) -> str:
    top = at * ROW
    label = bar.label if len(bar.label) <= LONGEST_LABEL else f"{bar.label[: LONGEST_LABEL - 1].rstrip()}…"
    made = [f'<text x="0" y="{top + LINE}">{escape(label)}</text>',
            f'<rect class="ground" x="0" y="{top + LINE + 6}" width="{WIDTH}" height="{BAR}"/>']  # fmt: skip
    left = 0.0
    for part in bar.parts:
        if part.value:
            wide = WIDTH * part.value / max(bar.of, 1)
            made.append(
                f'<rect class="{part.look}" x="{left:.2f}" y="{top + LINE + 6}" width="{max(wide, 1):.2f}" '
                f'height="{BAR}" data-row="{escape(bar.label)}" data-part="{escape(part.name)}" '
                f'data-value="{part.value}"><title>{escape(part.name)}: {part.value:,}</title></rect>'
            )
            left += wide
    return "".join(made)


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that a narrow screen can slide; the first cell of a row is its head."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(each)}</td>" for each in row[1:]) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="slide" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def number(value: int | None) -> str:
    """A number as a table shows it; what is hidden says so."""
    return "hidden" if value is None else f"{value:,}"

"""Small pieces of Markdown, and the line that tells a made page from one written by hand."""

from collections.abc import Iterable, Sequence

MADE = "<!-- made by `make docs` from the policy; change the policy instead -->"
BREAK = "\\\n"  # the next line stands below this one, in the same paragraph


def page(title: str, *parts: str) -> str:
    """A whole page; empty parts leave no gap."""
    return "\n\n".join([MADE, f"# {title}", *(each.strip("\n") for each in parts if each)]) + "\n"


def section(title: str, *parts: str) -> str:
    """A heading and what stands below it; nothing when nothing does."""
    kept = [each for each in parts if each]
    return "\n\n".join([f"## {title}", *kept]) if kept else ""


def bullets(lines: Iterable[str]) -> str:
    """One point a line."""
    return "\n".join(f"- {line}" for line in lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing when it would have no rows."""
    made = [_row(row) for row in rows]
    return "\n".join([_row(head), _row(["---"] * len(head)), *made]) if made else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(each.replace('|', chr(92) + '|').replace(chr(10), ' ') for each in cells)} |"


def code(text: object) -> str:
    """A name as it is written in the policy."""
    return f"`{text}`"


def anchor(name: str) -> str:
    """What a link to a place inside a page may aim at."""
    return name.lower()


def listed(parts: Iterable[str], last: str = "or") -> str:
    """``a, b or c``."""
    found = list(parts)
    return ", ".join(found[:-1]) + f" {last} {found[-1]}" if len(found) > 1 else "".join(found)

"""The page of sources: what each citation points to, and how far it may be trusted."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.phrases import GRADES, titled
from wholeperson.rules.language import cite
from wholeperson.rules.reading.library import Policy


def sources_page(policy: Policy) -> str:
    """The page."""
    used = Counter(cite(text).source for text in _citations(policy.documents.by_name))
    groups: dict[str, list[list[str]]] = {}
    for key, source in policy.documents.by_name["sources"]["sources"].items():
        groups.setdefault(source.get("sheet", ""), []).append(_row(key, source, used[key]))
    grades = markdown.bullets(f"**{grade}**: {what}" for grade, what in GRADES.items())
    head = ["key", "source", "grade", "where, or how it was read", "cited"]
    return markdown.page(
        "Sources",
        "What a citation points to. The grade says how good the source is; only A and B can make a rule `verified`.",
        grades,
        *(markdown.section(titled(name), markdown.table(head, rows)) for name, rows in groups.items()),
    )


def _row(key: str, source: dict[str, Any], used: int) -> list[str]:
    target = f'<a id="{markdown.anchor(key)}"></a>'
    return [
        target + markdown.code(key),
        source["title"],
        source["grade"],
        str(source.get("where", "")),
        str(used or ""),
    ]


def _citations(value: Any) -> Iterator[str]:
    """Every citation below a value."""
    if isinstance(value, dict):
        yield from value.get("cites") or ()
        for each in value.values():
            yield from _citations(each)
    elif isinstance(value, list):
        for each in value:
            yield from _citations(each)

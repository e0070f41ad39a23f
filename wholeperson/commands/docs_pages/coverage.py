"""The page of coverage: how much of each document we work from is in the policy, and why the rest is not."""

from collections import Counter
from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.commands.docs_pages.phrases import spaced
from wholeperson.rules.calendar import counted as count
from wholeperson.rules.proving.coverage import counted

HEAD = (
    "Each line or paragraph of the documents we work from is either in the policy or left out for a reason. "
    "`wholeperson policy coverage` counts them too; `wholeperson/policy/coverage.yaml` says it place by place."
)


def coverage_page(coverage: dict[str, Any]) -> str:
    """The page."""
    rows = [
        [code(each["document"]), str(each["places"]), str(each["encoded"]), str(each["not_encoded"])]
        for each in counted(coverage)
    ]
    whole = markdown.table(["document", "places", "in the policy", "left out"], rows)
    documents = coverage.get("documents") or {}
    return markdown.page("What the policy covers", HEAD, whole, *(_document(name, coverage) for name in documents))


def _document(name: str, coverage: dict[str, Any]) -> str:
    places = coverage["documents"][name]
    rest = sum(1 for each in places if "rest" in each)
    partly = f"In the policy but for a part: {count(rest, 'place')}." if rest else ""
    return markdown.section(
        code(name), _sections(places), _reasons(places, coverage.get("reasons") or {}), partly, _rules(places)
    )


def _sections(places: list[dict[str, Any]]) -> str:
    """Where a document has sections: how much of each."""
    found: dict[str, Counter[str]] = {}
    for each in places:
        if "section" in each:
            found.setdefault(each["section"], Counter())["encoded" if each.get("encoded") else "left_out"] += 1
    rows = [[name, str(count["encoded"]), str(count["left_out"])] for name, count in found.items()]
    return markdown.table(["section", "in the policy", "left out"], rows)


def _reasons(places: list[dict[str, Any]], reasons: dict[str, str]) -> str:
    whole = Counter(each["left_out"] for each in places if "left_out" in each)
    part = Counter(each["rest"] for each in places if "rest" in each)
    rows = [
        [spaced(name), reasons[name], str(whole[name]), str(part[name] or "")]
        for name in sorted(whole.keys() | part.keys(), key=lambda name: (-whole[name], name))
    ]
    return markdown.table(["left out", "because", "places", "parts of places"], rows)


def _rules(places: list[dict[str, Any]]) -> str:
    """What is built into deciding, rather than written in a file."""
    rules = dict.fromkeys(each["rule"] for each in places if "rule" in each)
    return f"Built into how the policy is read and decided:\n\n{markdown.bullets(rules)}" if rules else ""

"""The page of open questions: what the sources leave open, what we take until it is settled, and where it matters."""

from collections.abc import Iterator
from typing import Any

from wholeperson.commands.docs_pages import markdown, programme_parts
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.commands.docs_pages.needs import DISTINCT, KINDS
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import spelled
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.make_nodes import asks
from wholeperson.rules.reading.standing import Uses

GAP = "tolerated_coverage_gap"  # no criterion names it: every complete window rests on it
HEAD = (
    "Where a source can be read in more than one way, we take the reading that is safe for the member, and keep the "
    "others. A *yes* that rests on our reading alone is marked for review; a *no* needs every reading to say no."
)


def questions_page(policy: Policy, uses: Uses) -> str:
    """The page."""
    pen = Pen(policy)
    parts = [_question(name, data, policy, uses, pen) for name, data in policy.parameters.items()]
    return markdown.page(
        "Open questions", HEAD, *parts, markdown.section("Criteria to confirm", _unconfirmed(policy, pen))
    )


def _question(name: str, data: dict[str, Any], policy: Policy, uses: Uses, pen: Pen) -> str:
    others = [_reading(each) for each in data["readings"] if each != data["default"]]
    lines = [
        f"We take: {_reading(data['default'])}.",
        f"It could also be: {markdown.listed(others) or 'nothing else that we know of'}.",
        f"Settled by: {data['settled_by']}.",
        *_plans(name, policy),
        f"Written in: {pen.truth(data)}.",
    ]
    where = markdown.bullets(_places(name, policy, uses, pen)) or "- nowhere yet"
    return markdown.section(
        code(name), f"**{data['question']}**", markdown.bullets(lines), f"Where it matters:\n\n{where}"
    )


def _reading(value: Any) -> str:
    """A reading, and what it means where it is one of the vocabulary's own words."""
    meaning = {**DISTINCT, **KINDS}.get(value) if isinstance(value, str) else None
    return f"**{spelled(value)}**" + (f" ({meaning})" if meaning else "")


def _plans(name: str, policy: Policy) -> Iterator[str]:
    for plan in policy.plans.values():
        if name in (plan.get("parameters") or {}):
            yield f"{plan['name']} has settled it for itself: {spelled(plan['parameters'][name])}."


def _places(name: str, policy: Policy, uses: Uses, pen: Pen) -> Iterator[str]:
    for each in uses.of_question[name]:
        yield f"{pen.programme(each.programme.id)}: {each.node.says or code(each.node.id or each.node.op)}"
    for programme in policy.programmes.values():
        if name in programme_parts.questions(programme):
            yield f"{pen.programme(programme.id)}: beside the criteria"
    for fact, data in policy.documents.by_name["facts"]["facts"].items():
        if any(name in asks(rule) for rule in data.get("evidence", ())):
            yield f"the codes that speak for {pen.fact(fact)}"
    if name == GAP:
        yield f"every {pen.language('windows', 'window')} in which events or days are counted"


def _unconfirmed(policy: Policy, pen: Pen) -> str:
    """Criteria nobody has read in a good source: they help and never hurt."""
    rows = [
        [pen.programme(programme.id), str(node.says), code(node.confidence), pen.cites(node.cites)]
        for programme in policy.programmes.values()
        for node in programme.nodes
        if not node.is_group and node.unconfirmed
    ]
    head = ["programme", "criterion", "so far", "written in"]
    return markdown.table(head, rows) or "None: every criterion in force was read in a good source."

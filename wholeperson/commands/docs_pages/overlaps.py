"""Which other programs may be had at the same time: what rules out, and what asks for a choice or an order."""

from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.criteria import dates
from wholeperson.commands.docs_pages.needs import needs
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import OVERLAPS, spaced
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.standing import Standing, condition_rows, conditions, exclusions

HEAD = ["somebody who …", "may have both?", "told by", "written in"]


def overlaps(programme: Programme, policy: Policy, pen: Pen) -> str:
    """The table, where the programme has one."""
    table = policy.documents.by_name["overlaps"]
    ruled_out = exclusions(programme, policy)
    points = "overlaps" in programme.data.get("exclusions", {})
    rows = [_row("no", each, pen) for each in (ruled_out.children if ruled_out and points else ())]
    rows += [
        _row(row["rule"], each, pen)
        for row, each in zip(condition_rows(programme, policy), conditions(programme, policy), strict=True)
    ]
    return markdown.section(
        "Other programs at the same time", markdown.table(HEAD, rows), _beside(table, pen) if points else ""
    )


def _row(rule: str, standing: Standing, pen: Pen) -> list[str]:
    node = standing.node
    told = [needs(standing, pen), *([f"or {pen.fact(node.attested)}"] if node.attested else [])]
    when = dates(standing, pen)
    says = f"{node.says}" + (f" ({', '.join(when)})" if when else "")
    return [says, OVERLAPS[rule], "; ".join(told), f"`{node.confidence}` {pen.cites(node.cites)}".strip()]


def _beside(table: dict[str, Any], pen: Pen) -> str:
    """Rows that change no answer."""
    also = ", ".join(map(spaced, table.get("also_both", ())))
    lines = [f"These change nothing, both may be had: {also}."] if also else []
    waiting = table.get("waiting_list")
    if waiting:
        lines.append(f"On a waiting list ({pen.fact(waiting['fact'])}): {OVERLAPS[waiting['rule']]}.")
    return markdown.bullets(lines)

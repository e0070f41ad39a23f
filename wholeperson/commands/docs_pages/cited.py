"""The sources of a programme's page: what was cited, how good it is, and the places in it."""

from collections.abc import Iterator

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import GRADES
from wholeperson.rules.language import Cite, cite
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.standing import standings


def sources(programme: Programme, policy: Policy, pen: Pen) -> str:
    """The best first."""
    places: dict[str, dict[str, None]] = {}
    for each in _cited(programme, policy):
        places.setdefault(each.source, {})[each.where] = None
    known = policy.documents.by_name["sources"]["sources"]
    rows = [
        [pen.cites([Cite(key, "")]), known[key]["title"], _grade(key, policy), ", ".join(filter(None, where))]
        for key, where in sorted(places.items(), key=lambda each: (policy.grades[each[0]], each[0]))
    ]
    return markdown.table(["", "source", "grade", "places"], rows)


def _grade(key: str, policy: Policy) -> str:
    return f"{policy.grades[key]}: {GRADES[policy.grades[key]]}"


def _cited(programme: Programme, policy: Policy) -> Iterator[Cite]:
    """Of the programme itself, of its criteria and of what stands beside them, in that order."""
    yield from map(cite, programme.data.get("cites", ()))
    for each in standings(programme, policy):
        yield from each.node.cites
    for key, part in programme.data.items():
        for one in part if isinstance(part, list) else [part]:
            if isinstance(one, dict) and key != "criteria":
                yield from map(cite, one.get("cites", ()))

"""One page for a programme: what it is, since when and where, what it asks, and what stands beside the criteria."""

from wholeperson.commands.docs_pages import markdown, programme_parts
from wholeperson.commands.docs_pages.cited import sources
from wholeperson.commands.docs_pages.criteria import nested
from wholeperson.commands.docs_pages.diagram import diagram
from wholeperson.commands.docs_pages.overlaps import overlaps
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import CONFIDENCE, KINDS, spaced
from wholeperson.commands.docs_pages.since_when import times
from wholeperson.commands.docs_pages.translations import translated
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.standing import Uses, criteria, exclusions, standings

UP = "../"
MOST = 5  # programmes named in one cell; the page of the fact names all


def programme_page(programme: Programme, policy: Policy, uses: Uses) -> str:
    """The page."""
    pen = Pen(policy, UP)
    tree = criteria(programme, policy)
    return markdown.page(
        programme.name,
        _head(programme, pen),
        str(programme.data["describes"]),
        _other_languages(programme, policy),
        markdown.section("Since when and where", markdown.bullets(times(programme, pen))),
        markdown.section("What it asks", diagram(tree), nested(tree, pen), _legend(pen)),
        _exclusions(programme, policy, pen),
        overlaps(programme, policy, pen),
        programme_parts.parts(programme, pen),
        programme_parts.begin_at_once(programme, policy, pen),
        markdown.section("What else asks the same", _shared(programme, policy, uses, pen)),
        markdown.section("Open questions here", markdown.bullets(_questions(programme, policy, pen))),
        markdown.section("Sources", sources(programme, policy, pen)),
    )


def _head(programme: Programme, pen: Pen) -> str:
    data = programme.data
    parts = [markdown.code(programme.id), " ".join([KINDS[programme.kind], str(data.get("number", ""))]).strip()]
    parts += [f"group {spaced(data['group'])}"] if "group" in data else []
    parts += [f"part of {pen.programme(data['part_of'])}"] if "part_of" in data else []
    names = [("in short", data.get("abbreviations")), ("formerly", data.get("former_names"))]
    parts += [f"{word}: {', '.join(each)}" for word, each in names if each]
    return " · ".join(parts)


def _other_languages(programme: Programme, policy: Policy) -> str:
    names = translated(f"{programme.id}.name", policy)
    rows = [
        [language, name, text, note]
        for (language, name, _), (_, text, note) in zip(
            names, translated(f"{programme.id}.describes", policy), strict=True
        )
    ]
    return markdown.table(["in", "name", "what it is", ""], rows)


def _legend(pen: Pen) -> str:
    told = "; ".join(f"{markdown.code(word)}: {what}" for word, what in CONFIDENCE.items())
    more = pen.language("marks-and-confidence", "more on marks")
    return (
        f"How sure a line is: {told}. A line that is not `verified` may help, and never leads to a no; where a "
        f"question is open, a no needs every reading ({more})."
    )


def _exclusions(programme: Programme, policy: Policy, pen: Pen) -> str:
    found = exclusions(programme, policy)
    if found is None:
        return ""
    records = found.node.records
    note = "Decided on the plan's own records: what somebody says of these can help, and by itself rules nobody out."
    return markdown.section("Who cannot have it", nested(found, pen), note if records else "")


def _shared(programme: Programme, policy: Policy, uses: Uses, pen: Pen) -> str:
    facts = dict.fromkeys(name for each in standings(programme, policy) for name in each.facts)
    rows = []
    for name in facts:
        others = [each for each in uses.programmes(name) if each != programme.id]
        if others:
            named = "; ".join(map(pen.programme, others)) if len(others) <= MOST else f"{len(others)} programmes"
            rows.append([pen.fact(name), named])
    return markdown.table(["fact", "asked by"], rows)


def _questions(programme: Programme, policy: Policy, pen: Pen) -> list[str]:
    names = dict.fromkeys(name for each in standings(programme, policy) for name in each.questions)
    names |= dict.fromkeys(programme_parts.questions(programme))
    return [f"{policy.parameters[name]['question']} {pen.question(name)}" for name in names]

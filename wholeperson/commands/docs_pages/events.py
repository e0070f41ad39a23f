"""The page of events: what may happen to a member, what is made of it, and when an empty window says no."""

from collections.abc import Iterator
from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import PRIVACY, spaced, spelled
from wholeperson.rules.calendar import counted
from wholeperson.rules.reading.library import Event, Policy
from wholeperson.rules.reading.standing import Uses

KINDS = {
    "event": "It happens on one day.",
    "spell": "It lasts: from a day, until a day or still.",
    "derived": "It is never reported: it is made of other events.",
}
WAYS = {
    "claim": "one for each claim",
    "line": "one for each line with a code",
    "diagnosis": "one for each diagnosis, in any position",
    "pregnancy": "one for each pregnancy",
}
PLAIN = {
    "int": "a whole number",
    "date": "a day",
    "text": "words",
    "words": "several words",
    "programme": "a programme's id",
    "bool": "yes or no",
}


def events_page(policy: Policy, uses: Uses) -> str:
    """The page."""
    pen = Pen(policy)
    head = (
        "An event is something that happens to a member, a spell something that lasts. Criteria count them, or ask "
        f"whether one lasts on a day; {pen.language('windows', 'how windows work')}. An attribute that nobody gave is "
        "*not known*, so the event may count or may not."
    )
    index = markdown.table(["event", "kind", "used by"], [_row(each, uses, pen) for each in policy.events.values()])
    return markdown.page(
        "Events and spells", head, index, *(_event(each, policy, pen) for each in policy.events.values())
    )


def _row(event: Event, uses: Uses, pen: Pen) -> list[str]:
    programmes = dict.fromkeys(each.programme.id for each in uses.of_event[event.name])
    return [pen.event(event.name), event.kind, "; ".join(map(pen.programme, programmes))]


def _event(event: Event, policy: Policy, pen: Pen) -> str:
    data = policy.documents.by_name["events"]["events"][event.name]
    attributes = [[code(name), _values(kind, policy)] for name, kind in event.attributes.items()]
    return markdown.section(
        code(event.name),
        KINDS[event.kind],
        markdown.table(["attribute", "may be"], attributes),
        markdown.bullets([*_derived(event), *_classified(data), *_told(event, pen), *_about(event, data, pen)]),
    )


def _values(kind: str, policy: Policy) -> str:
    if kind in policy.attribute_types and kind not in PLAIN:
        return ", ".join(map(code, policy.attribute_types[kind]))
    return PLAIN.get(kind, kind)


def _derived(event: Event) -> Iterator[str]:
    """What is made of what was reported, before anything is counted."""
    if event.absorb_into:
        stay = spaced(event.absorb_into)
        yield f"Absorbed: one on a day of a {stay} is the way into it, and is not counted by itself."
    if event.merge_gap is not None:
        gap = f"with a gap of up to {counted(event.merge_gap, 'day')}" if event.merge_gap else "that touch or overlap"
        yield f"Merged: two {gap} are one."
    for kind, where in event.pool.items():
        told = ", ".join(f"{spaced(key)} {spelled(value)}" for key, value in where.items())
        yield f"Pooled: every {spaced(kind)}{f' with {told}' if told else ''}."


def _classified(data: dict[str, Any]) -> Iterator[str]:
    """How claims become it."""
    rules = data.get("classify")
    if not rules:
        return
    yield f"From claims ({rules['mark']}): {WAYS[rules['one_for']]}{_by_codes(rules)}."
    for key, how in (("lines", "A line makes one"), ("else_one_for_day", "On a day that has none, a line makes one")):
        for each in rules.get(key, ()):
            yield f"{how}: {_condition(each)}."
    for each in rules.get("attributes", ()):
        yield f"{spaced(each['attribute'])} is {spelled(each['is'])}: {_condition(each['when'])}."


def _by_codes(rules: dict[str, Any]) -> str:
    words = {"codes": "of", "begins_by": "begun by", "ends_by": "ended by", "gathers": "all within"}
    told = [f"{words[key]} {code(rules[key]) if key != 'gathers' else rules[key]}" for key in words if key in rules]
    return f", {', '.join(told)}" if told else ""


def _condition(asked: dict[str, Any]) -> str:
    return ", ".join(
        f"{spaced(key)} {code(value) if isinstance(value, str) else ', '.join(value)}" for key, value in asked.items()
    )


def _told(event: Event, pen: Pen) -> Iterator[str]:
    yield f"Told by: {pen.sources(event.sources)}."
    if event.complete_from:
        yield f"An empty window says no only where all of this covers it: {pen.sources(event.complete_from)}."
    for programs, sources in _by_sources(event).items():
        yield f"For {', '.join(map(code, programs))} the list is whole by {pen.sources(sources)}."
    if event.complete_by:
        yield "For any other program nobody holds the whole list, so silence is *not known*."
    elif not event.complete_from:
        yield "Nobody holds the whole list, so an empty window is *not known*."


def _by_sources(event: Event) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Programs whose list is whole by the same sources, together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for program, sources in event.complete_by.items():
        found.setdefault(sources, []).append(program)
    return {tuple(programs): sources for sources, programs in found.items()}


def _about(event: Event, data: dict[str, Any], pen: Pen) -> Iterator[str]:
    yield f"Privacy: `{event.privacy}`: {PRIVACY[event.privacy]}."
    yield f"Written in: {pen.truth(data)}."

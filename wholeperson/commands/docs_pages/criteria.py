"""The criteria of a programme as a nested list: each sentence, how sure it is, what it needs, where it is written."""

from collections.abc import Iterator

from wholeperson.commands.docs_pages.markdown import BREAK, code
from wholeperson.commands.docs_pages.needs import needs
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import JOINED
from wholeperson.rules.reading.standing import Standing


def nested(standing: Standing, pen: Pen) -> str:
    """The whole tree."""
    return "\n".join(_lines(standing, pen, 0))


def joined(standing: Standing) -> str:
    """How a group's members are joined."""
    node = standing.node
    return f"at least {node.args['at_least']} of" if node.op == "at_least" else JOINED[node.op]


def _lines(standing: Standing, pen: Pen, depth: int) -> Iterator[str]:
    indent = "  " * depth
    told = _group(standing, pen) if standing.node.is_group else _leaf(standing, pen)
    yield indent + "- " + (BREAK + indent + "  ").join(told)
    for child in standing.children:
        yield from _lines(child, pen, depth + 1)


def _group(standing: Standing, pen: Pen) -> list[str]:
    says, how = standing.node.says, f"**{joined(standing)}**"
    notes = [*dates(standing, pen), *_open(standing, pen), *_said(standing, pen)]
    return [f"{says}: {how}" if says else how, *([" · ".join(notes)] if notes else [])]


def _leaf(standing: Standing, pen: Pen) -> list[str]:
    node = standing.node
    notes = [*badges(standing, pen), *dates(standing, pen), pen.cites(node.cites)]
    rests = [needs(standing, pen), *_said(standing, pen)]
    return [str(node.says), " · ".join(each for each in notes if each), " · ".join(each for each in rests if each)]


def badges(standing: Standing, pen: Pen) -> list[str]:
    """How sure the leaf is: a question that is open says more than the mark of a place that was read."""
    opened = _open(standing, pen)
    confidence = standing.node.confidence
    return opened if opened and confidence == "verified" else [code(confidence), *opened]


def _open(standing: Standing, pen: Pen) -> list[str]:
    names = dict.fromkeys([*standing.questions, *([standing.node.wider] if standing.node.wider else [])])
    kept = names if not standing.node.is_group else standing.questions
    return [f"`open question`: {pen.question(name)}" for name in kept]


def dates(standing: Standing, pen: Pen) -> list[str]:
    """The days on which it is part of the rules."""
    written = standing.written
    return [f"{word} {pen.value(written[key])}" for key, word in (("from", "from"), ("to", "until")) if key in written]


def _said(standing: Standing, pen: Pen) -> list[str]:
    """Whose plain answer may stand for it."""
    node = standing.node
    if not node.attested:
        return []
    if node.open_list:
        return [f"these are examples: only an answer to {pen.fact(node.attested)} can be a no for the whole"]
    if node.is_group:
        return [f"one answer for the whole: {pen.fact(node.attested)}"]
    how = "or the number somebody tells" if node.op in ("count", "days") else "or somebody says so"
    return [f"{how}: {pen.fact(node.attested)}"]

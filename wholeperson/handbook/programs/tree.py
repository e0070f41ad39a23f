"""The criteria of a programme as branches of a page: what each says, how they are joined, which hold on the day."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wholeperson.handbook.programs.pen import Line, Pen
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.reading.standing import Standing, beside, criteria

OPEN = 2  # so many levels are unfolded when the page opens


@dataclass(frozen=True)
class Branch:
    """A criterion or a group of them. ``how``: how a group's members are joined, in words."""

    line: Line
    how: str
    children: tuple["Branch", ...]
    is_open: bool
    how_key: str


def who(programme: Programme, pen: Pen) -> Branch:
    """The whole tree of the day."""
    return _branch(criteria(programme, pen.policy), pen, 0)


def whom(programme: Programme, part: dict[str, object], key: str, pen: Pen) -> Branch:
    """A tree that stands beside the criteria: to whom every plan must offer it."""
    return _branch(beside(programme, part, key, pen.policy), pen, 1)


def _branch(standing: Standing, pen: Pen, depth: int) -> Branch:
    node = standing.node
    children = tuple(_branch(each, pen, depth + 1) for each in standing.children if each.node.in_force(pen.asked.on))
    return Branch(
        pen.of_node(node, _leads_to(standing, pen)),
        _joined(standing, pen),
        children,
        depth < OPEN,
        f"phrases.{node.op}",
    )


def _joined(standing: Standing, pen: Pen) -> str:
    node = standing.node
    if node.op == "at_least":
        return _("at least %(count)d of these hold") % {"count": node.args["at_least"]}
    return pen.words.phrase(node.op) if node.is_group else ""


def _leads_to(standing: Standing, pen: Pen) -> str:
    """A criterion that is another programme's own leads to its page."""
    named = standing.written.get("meets", "")
    return reverse("program", args=[named]) + pen.asked.query if named in pen.policy.programmes else ""

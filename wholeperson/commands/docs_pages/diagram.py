"""A small picture of a programme's criteria. Where all of it would be too much to see, only the upper levels."""

import textwrap
from collections.abc import Iterator

from wholeperson.commands.docs_pages.criteria import joined
from wholeperson.rules.reading.standing import Standing

MOST = 20  # boxes
WIDTH = 34  # characters of a line in a box


def diagram(standing: Standing) -> str:
    """A Mermaid flowchart; GitHub draws it."""
    lines = [f"  {line}" for line in _boxes(standing, _levels(standing))]
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```"])


def _levels(standing: Standing) -> int:
    """How many levels fit."""
    boxes, level, depth = 1, [standing], 0
    while level:
        level = [child for each in level for child in each.children]
        boxes += len(level)
        if boxes > MOST:
            return depth
        depth += 1
    return depth


def _boxes(standing: Standing, levels: int) -> Iterator[str]:
    todo, number = [(standing, "n0", levels)], 0
    while todo:
        each, name, left = todo.pop(0)
        yield name + _box(each, closed=not left)
        for child in each.children if left else ():
            number += 1
            yield f"{name} --> n{number}"
            todo.append((child, f"n{number}", left - 1))


def _box(standing: Standing, *, closed: bool) -> str:
    node = standing.node
    if not node.is_group:
        return f'["{_label(str(node.says))}"]'
    how = f"{joined(standing)}{' …' if closed else ''}"
    return f'(["{_label(node.says) + ":<br/>" if node.says else ""}{how}"])'


def _label(text: str) -> str:
    return "<br/>".join(textwrap.wrap(_plain(text), WIDTH))


def _plain(text: str) -> str:
    return text.replace('"', "'")

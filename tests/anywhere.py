"""Where a tree of JSON can be changed, and how: for tests that send anything anywhere."""

from collections.abc import Iterator
from typing import Any

Place = tuple[Any, ...]


def places(tree: Any, path: Place = ()) -> Iterator[Place]:
    """The place of every value below it."""
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from places(tree[key], (*path, key))


def put(tree: Any, place: Place, value: Any) -> None:
    """An earlier change may have taken the place away; then there is nothing to do."""
    *way, last = place
    for key in way:
        if not (isinstance(tree, dict) and key in tree) and not (isinstance(tree, list) and key in range(len(tree))):
            return
        tree = tree[key]
    if isinstance(tree, dict) or (isinstance(tree, list) and last in range(len(tree))):
        tree[last] = value

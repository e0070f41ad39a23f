"""Only actions write: so every change has somebody who did it, a moment, and a row in the trail."""

import ast
from pathlib import Path

from tests.house.tree import PACKAGE, parse, python_files, shown

WRITES = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave", "adelete"}
ROOMS = [PACKAGE / room for room in ("access", "casework", "desk", "exchange", "handbook", "site")]
# where a write is the room's own work, with the reason
ALLOWED = {
    "wholeperson/site/demo/seed.py": "marks the database as a demo's",
    "wholeperson/access/sign_in/factors.py": "draws a picture into memory",
}


def writes(path: Path) -> list[str]:
    return [
        f"{shown(path)}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in WRITES or (node.func.attr == "create" and "objects" in ast.unparse(node.func.value))
    ]


def test_only_actions_write() -> None:
    """A view that saves leaves no row in the trail, and half of its work when it breaks."""
    offenders = [
        found
        for path in python_files(*ROOMS)
        if path.name != "actions.py" and "actions" not in path.parts and "migrations" not in path.parts
        if shown(path) not in ALLOWED
        for found in writes(path)
    ]
    assert not offenders, "\n".join(["Move these into the actions.py of the app that owns the thing:", *offenders])

"""Nothing is silenced, swallowed or left for later: what is unfinished is absent, what is wrong is said.

The words are put together from parts, so that this file does not find itself.
"""

import ast
import re
from pathlib import Path

from tests.house.tree import parse, python_files, shown

SOFTENED = re.compile(
    "|".join(
        [
            r"#\s*no" + "qa",
            r"#\s*type:\s*ig" + "nore",
            r"#\s*(?:mypy|ruff|pylint|pyright):\s*(?:ig" + "nore|dis" + "able|no" + "qa)",
            r"#\s*pragma:\s*no " + "cover",
            r"\b" + "TO" + r"DO\b",
            r"\b" + "FIX" + r"ME\b",
            r"\b" + "NotImpl" + r"ementedError\b",
        ]
    )
)
EVERYTHING = {"Exception", "BaseException"}


def test_nothing_is_silenced_or_left_for_later() -> None:
    """A silenced check hides the next mistake too; a note for later is read by nobody. Mend it, or take it out."""
    offenders = [
        f"{shown(path)}:{number} {line.strip()[:100]}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SOFTENED.search(line)
    ]
    assert not offenders, "\n".join(
        [
            "Mend the cause. A rule that is wrong for a whole folder is changed in pyproject.toml with its reason;",
            "what is not built yet is absent, and what is owed is an issue:",
            *offenders,
        ]
    )


def test_no_error_is_caught_without_a_name() -> None:
    """Catching everything turns a mistake of ours into somebody's wrong answer. Catch what can happen, by name."""
    offenders = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    ]
    assert not offenders, "\n".join(["Name the errors this line expects, and let the others be seen:", *offenders])


def test_python_says_what_its_room_is_for() -> None:
    """A reader who opens a file learns in one line what it is for, and whether to read on."""
    offenders = [shown(path) for path in python_files() if not _is_empty(path) and not ast.get_docstring(parse(path))]
    assert not offenders, "\n".join(["Begin these with a docstring that says what the room is for:", *offenders])


def _catches_everything(node: ast.ExceptHandler) -> bool:
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(one is None or (isinstance(one, ast.Name) and one.id in EVERYTHING) for one in caught)


def _is_empty(path: Path) -> bool:
    return not parse(path).body

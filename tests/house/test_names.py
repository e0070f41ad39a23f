"""A thing has the name of what it is; a name that says only that it is useful hides a second subject."""

import ast
import re

from tests.house.tree import PACKAGE, parse, python_files, shown

EMPTY_WORDS = {"base", "common", "handler", "handlers", "helper", "helpers", "manager", "managers", "util", "utils"}


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_modules_and_classes_say_what_they_are() -> None:
    """`utils` and `Manager` gather whatever has no home; in two years nobody can hold them. Name the thing instead."""
    named = [
        (name, f"{shown(path)} ({name})")
        for path in python_files()
        for name in [path.stem, *_folders(path), *_classes(path)]
    ]
    offenders = sorted({where for name, where in named if words(name) & EMPTY_WORDS})
    assert not offenders, "\n".join(
        [
            "These say only that something is useful. A piece lives with what it serves, or is named after it:",
            *offenders,
        ]
    )


def test_the_words_of_a_name_are_found() -> None:
    """A check that cannot see its word protects nobody: it sees the word in either spelling, and not inside another."""
    assert words("FileHandler") == {"file", "handler"}
    assert words("date_utils") == {"date", "utils"}
    assert not words("database_unhelpful") & EMPTY_WORDS


def _classes(path) -> list[str]:
    return [node.name for node in ast.walk(parse(path)) if isinstance(node, ast.ClassDef)]


def _folders(path) -> list[str]:
    return list(path.relative_to(PACKAGE).parts[:-1]) if path.is_relative_to(PACKAGE) else []

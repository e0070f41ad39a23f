"""One broken file for each mistake a policy author can make, with the words it must be told in."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.reading.ladder import Expected, broken_files, expected, good, told
from wholeperson.rules import reading
from wholeperson.rules.problems import Problem
from wholeperson.rules.reading.check_documents import check
from wholeperson.rules.reading.mistakes import MISTAKES

READING = Path(reading.__file__).parent
# Mistakes of files and folders, which need a disk: test_files.py makes them.
OF_FILES = {
    "cannot_read",
    "missing_document",
    "no_policy_folder",
    "no_policy_in_it",
    "not_text",
    "overlay_replaces",
    "stray_file",
}
# Whatever YAML comes in, policy or person.
OF_YAML = {"alias", "key_not_text", "key_twice", "not_text", "not_yaml", "number_too_long", "tag", "too_deep"}
# the person document and an uploaded overlay have mistakes of their own: tests/commands, tests/casework/eligibility
NOT_OF_A_POLICY = {"person_json.py", "overlays.py"}


def test_the_good_policy_is_good() -> None:
    assert check(good()) == []


@pytest.mark.parametrize("name", broken_files())
def test_a_broken_file_is_told_as_it_must_be(name: str) -> None:
    wanted, found = expected(name), told(name)
    assert wanted, "mark the line with #! code: words"
    assert sorted(map(place, found)) == sorted(map(wanted_place, wanted)), "\n".join(map(str, found))
    for each in wanted:
        assert any(fits(problem, each) for problem in found), f"{each}\n" + "\n".join(map(str, found))


def place(problem: Problem) -> tuple[str, int, str]:
    return (problem.where.file or "", problem.where.line or 0, problem.code)


def wanted_place(each: Expected) -> tuple[str, int, str]:
    return (each.file, each.line or 0, each.code)


def fits(problem: Problem, wanted: Expected) -> bool:
    """The place, the words, and the whole ladder of help."""
    return (
        place(problem) == wanted_place(wanted)
        and wanted.words in problem.problem
        and all(part.strip() for part in (problem.problem, problem.why, problem.do))
        and (wanted.allowed is None or wanted.allowed in problem.allowed)
    )


@pytest.mark.parametrize("name", broken_files())
def test_a_broken_file_is_named_after_its_mistake(name: str) -> None:
    assert {re.split(r"[-.]", name)[0]} <= {each.code for each in expected(name)}


def test_every_mistake_has_a_broken_file() -> None:
    missing = (
        (codes_in_the_checks() | MISTAKES.keys())
        - {each.code for name in broken_files() for each in expected(name)}
        - OF_FILES
    )
    assert not missing, f"add tests/rules/reading/broken/CODE.yaml for {sorted(missing)}"


def test_every_mistake_is_in_the_table_and_can_be_made() -> None:
    said = codes_in_the_checks()
    assert said <= MISTAKES.keys() | OF_YAML
    unsaid = {code for code in MISTAKES.keys() - said if not code.startswith("unknown_")}
    assert not unsaid, f"no check says these: {sorted(unsaid)}"


def codes_in_the_checks() -> set[str]:
    """Every code that the files which read the policy can say."""
    paths = [path for path in READING.glob("*.py") if path.name not in NOT_OF_A_POLICY]
    return {code for path in paths for code in _said_in(ast.parse(path.read_text("utf-8")))}


def _said_in(tree: ast.Module) -> Iterator[str]:
    """The code is what is said second of a path, first of a problem, fourth of a closed list."""
    place = {"say": 1, "mistake": 0, "Problem": 0, "_refused": 0, "one_of": 3, "each_of": 3}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in place and len(call.args) > place[name]:
            code = call.args[place[name]]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield f"unknown_{code.value.replace(' ', '_')}" if name.endswith("of") else code.value

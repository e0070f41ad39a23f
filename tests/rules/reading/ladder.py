"""Lays a broken file over the good policy, and finds in the file itself what must be said about it.

A broken file begins with ``# over PATH`` (its keys replace those of the good file of that name; names are added to
the good file's names) or ``# instead of PATH``. A folder holds several such files by their paths; there PATH is left
out, and a file that does not say ``# over`` replaces the good one. The mistake is marked where it must be found:
``#! code: words of the problem · allowed: one of what is allowed``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson.rules.problems import Problem, Refused
from wholeperson.rules.reading.check_documents import check
from wholeperson.rules.reading.files import Documents, policy_paths, read_codes, read_documents
from wholeperson.rules.reading.yaml_lines import read_yaml

HERE = Path(__file__).parent
GOOD = HERE / "good"
BROKEN = HERE / "broken"
MARK = re.compile(r"#! (\(no line\) )?([a-z_]+): (.*?)(?: · allowed: (.*?))?(?:,[a-z-]*,[A-Z]*)?(?=\s+#!|$)")
NAMES = {"facts", "events", "parameters", "sources", "counties", "words"}


class Expected(NamedTuple):
    """One mistake that must be told: where, and in which words."""

    file: str
    line: int | None
    code: str
    words: str
    allowed: str | None


def broken_files() -> list[str]:
    return sorted(path.name for path in BROKEN.iterdir())


def pieces(name: str) -> Iterator[tuple[str, str, bool]]:
    """(path in the policy, text, whether it is laid over the good file)."""
    path = BROKEN / name
    if path.is_dir():
        for each in sorted(path.rglob("*.*")):
            text = each.read_text("utf-8")
            yield each.relative_to(path).as_posix(), text, text.startswith("# over")
    else:
        text = path.read_text("utf-8")
        how, at = re.match(r"# (over|instead of) (\S+)\n", text).groups()
        yield at, text, how == "over"


def expected(name: str) -> list[Expected]:
    return [
        Expected(at, None if nowhere else number, code, words, allowed or None)
        for at, text, _ in pieces(name)
        for number, line in enumerate(text.splitlines(), start=1)
        for nowhere, code, words, allowed in MARK.findall(line)
    ]


def good() -> Documents:
    return read_documents(policy_paths([GOOD]))


def told(name: str) -> list[Problem]:
    """What is said when the broken file stands in the good policy."""
    documents = good()
    try:
        for at, text, over in pieces(name):
            lay(documents, at, text, over)
    except Refused as refused:
        return list(refused.problems)
    return check(documents)


def lay(documents: Documents, at: str, text: str, over: bool) -> None:
    name, _, suffix = at.rpartition(".")
    if suffix == "csv":
        documents.codes[name.removeprefix("codes/")], documents.lines[name] = read_codes(text, at)
        return
    data, lines = read_yaml(text, at)
    if over:
        before = documents.by_name[name]
        data = {**before, **{key: merged(key, before.get(key), value) for key, value in data.items()}}
        kept = {path: line for path, line in documents.lines[name].items() if not replaced(path, lines)}
        lines = {**kept, **lines}
    documents.by_name[name], documents.lines[name] = data, lines


def merged(key: str, before: Any, value: Any) -> Any:
    return {**before, **value} if key in NAMES and isinstance(before, dict) and isinstance(value, dict) else value


def replaced(path: tuple[str | int, ...], lines: Any) -> bool:
    """Whether the broken file says something else there: the same key, or the same name of a list of names."""
    return path[: 2 if path[:1] and path[0] in NAMES else 1] in lines

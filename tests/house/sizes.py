"""How large our functions and files are. `make check` prints the measures; `test_sizes.py` holds us to the bounds.

Small is how a newcomer reads one thing at a time. The medians are what a reader meets, the tail is what they dread.
A table is not counted: a display of values at the top level of a module is data that happens to be written in Python.
"""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import PACKAGE, parse, python_files, shown

DISPLAYS = (ast.Dict, ast.List, ast.Set, ast.Tuple)


class Size(NamedTuple):
    lines: int
    where: str


def functions(*under: Path) -> list[Size]:
    return [size for path in python_files(*under) for size in _functions_in(path)]


def _functions_in(path: Path) -> Iterator[Size]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Size(_lines(node), f"{shown(path)}:{node.lineno} {node.name}")


def files(*under: Path) -> list[Size]:
    return [Size(_lines_without_tables(path), shown(path)) for path in python_files(*under)]


def _lines_without_tables(path: Path) -> int:
    tables = sum(_lines(node) for node in parse(path).body if _is_table(node))
    return len(path.read_text(encoding="utf-8").splitlines()) - tables


def _is_table(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    value = node.value
    if isinstance(value, ast.Call) and len(value.args) == 1:  # frozenset({...}), MappingProxyType({...})
        value = value.args[0]
    return isinstance(value, DISPLAYS)


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def p90(sizes: list[Size]) -> float:
    lines = [size.lines for size in sizes]
    return statistics.quantiles(lines, n=10, method="inclusive")[8] if len(lines) > 1 else max(lines, default=0)


def measure(what: str, sizes: list[Size]) -> str:
    if not sizes:
        return f"  {what}: none yet"
    longest = max(sizes)
    median = statistics.median(size.lines for size in sizes)
    return f"  {what}: {len(sizes)}, median {median:g}, p90 {p90(sizes):g}, longest {longest.lines} ({longest.where})"


if __name__ == "__main__":
    print(measure("functions", functions(PACKAGE)))
    print(measure("files", files(PACKAGE)))

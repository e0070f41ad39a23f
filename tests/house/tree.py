"""What is in the repository, and what a piece of Python names: the house tests read the tree through this."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wholeperson"

# No Django below the line: these run in a notebook, a batch engine or a county's own system as they are.
BELOW_THE_LINE = ("policy", "rules", "sweep", "formats")
# No clock below the doors: these are told the day.
BELOW_THE_DOORS = (*BELOW_THE_LINE, "record", "access", "casework")


@cache
def our_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return tuple(path for name in sorted(set(listed)) if name and (path := ROOT / name).is_file())


def python_files(*under: Path) -> Iterator[Path]:
    """Our Python files, in these folders or everywhere."""
    for path in our_files():
        if path.suffix == ".py" and (not under or any(path.is_relative_to(folder) for folder in under)):
            yield path


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def imports(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """(name it goes by here, what it is in full, line) of every absolute import, at whatever depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]  # `import a.b` binds only a
                yield alias.asname or top, alias.name if alias.asname else top, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}", node.lineno


def names_used(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """(full dotted name, the function it stands in or "(module)", line): aliases and from-imports undone."""
    known = {here: full for here, full, _ in imports(tree)}
    yield from _names_in(tree, "(module)", known)


def _names_in(node: ast.AST, inside: str, known: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        inside = node.name if inside == "(module)" else f"{inside}.{node.name}"
    elif isinstance(node, ast.Attribute | ast.Name) and (name := _dotted(node, known)):
        yield name, inside, node.lineno
        return
    for child in ast.iter_child_nodes(node):
        yield from _names_in(child, inside, known)


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value, known)):
        return f"{before}.{node.attr}"
    return ""

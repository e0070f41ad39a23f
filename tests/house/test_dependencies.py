"""What we build on is chosen, locked by hash, and the same wherever it is installed from."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT

PROJECT = ROOT / "pyproject.toml"
RUNTIME = ("sweep", "postgres", "site")
LOCKS = {"requirements.lock": RUNTIME, "requirements-dev.lock": (*RUNTIME, "dev")}


def declared(*extras: str) -> list[str]:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    more = project.get("optional-dependencies", {})
    named = [one for extra in extras for one in more[extra] if not one.startswith("wholeperson[")]
    return [*project["dependencies"], *named]


def entries(lock: str) -> Iterator[str]:
    """Each requirement of a lock with the lines that belong to it."""
    text = "\n".join(line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "# via" not in line)
    yield from re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)


def plain(requirement: str) -> str:
    """The name as an index spells it, without extras, version and marker."""
    return re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_dependency_says_why_it_is_here() -> None:
    """What nobody can give a reason for is not needed; what has a reason can be taken out when the reason goes."""
    lines = PROJECT.read_text(encoding="utf-8").splitlines()
    build = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["build-system"]["requires"]
    silent = [
        one
        for one in [*build, *declared(*RUNTIME, "spark", "dev")]
        if not any(f'"{one}"' in line and _has_reason(line) for line in lines)
    ]
    assert not silent, "\n".join(
        ["Add its reason as a comment on the dependency's own line in pyproject.toml:", *silent]
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_hashes_and_no_addresses(lock: str) -> None:
    """A hash says exactly which file; a host or an option belongs to one machine and fails on the next."""
    unhashed = [one.splitlines()[0] for one in entries(lock) if "--hash=sha256:" not in one]
    text = (ROOT / lock).read_text(encoding="utf-8")
    addressed = [line for line in text.splitlines() if "://" in line or re.match(r"\s*-(?!-hash)", line)]
    assert not [*unhashed, *addressed], "\n".join(["Write it anew with `make lock`:", *unhashed, *addressed])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_is_declared(lock: str) -> None:
    """A dependency that is declared and not locked is installed nowhere: set-up installs from the lock alone."""
    locked = {plain(one) for one in entries(lock)}
    missing = [one for one in declared(*LOCKS[lock]) if plain(one) not in locked]
    assert not missing, "\n".join([f"Not in {lock}; run `make lock`:", *missing])


def _has_reason(line: str) -> bool:
    return len(line.partition("#")[2].split()) >= 3

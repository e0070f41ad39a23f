"""Calls the command line as a shell would, in this process, over the tiny policy of tests/rules/reading/good."""

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson.commands.main import main

TESTS = Path(__file__).resolve().parents[1]
GOOD = TESTS / "rules" / "reading" / "good"
# A cache of our own: the policy of the tests must not push out the one somebody works with.
_CACHE = tempfile.TemporaryDirectory(prefix="wholeperson-tests-")
CACHE = _CACHE.name
ERROR = {"code", "where", "problem", "why", "do", "allowed"}
WHERE = {"file", "line", "column", "path"}


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        made = json.loads(self.out)
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return made

    @property
    def error(self) -> dict[str, Any]:
        """The error of a refusal in the contract's form."""
        assert self.code == 2, self
        made = self.json
        assert made["schema"] == "wholeperson/error@1"
        for each in (made["error"], *made.get("others", ())):
            assert set(each) == ERROR
            assert set(each["where"]) == WHERE
            assert all(isinstance(each[key], str) and each[key].strip() for key in ("code", "problem", "why", "do"))
            assert isinstance(each["allowed"], list)
            assert all(isinstance(word, str) for word in each["allowed"])
        return made["error"]


def run(*arguments: str, stdin: bytes | str = b"", policy: Path | None = GOOD) -> Ran:
    """Run one command to its end."""
    raw = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = io.StringIO(), io.StringIO()
    with _streams(raw, out, err), _environment(policy):
        code = main(arguments)
    return Ran(code, out.getvalue(), err.getvalue())


@contextmanager
def _streams(raw: bytes, out: io.StringIO, err: io.StringIO) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"), out, err
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


@contextmanager
def _environment(policy: Path | None) -> Iterator[None]:
    wanted = {"XDG_CACHE_HOME": CACHE, **({"WHOLEPERSON_POLICY": str(policy)} if policy else {})}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def refused(*arguments: str, stdin: bytes | str = b"", **more: Any) -> dict[str, Any]:
    """The refusal, which must stand on stdout as JSON with --json, and on stderr as text without it."""
    plain = run(*arguments, stdin=stdin, **more)
    assert (plain.code, plain.out) == (2, ""), plain
    assert "Traceback" not in plain.err
    as_json = run(*arguments, "--json", stdin=stdin, **more)
    assert as_json.err == ""
    error = as_json.error
    assert error["problem"] in plain.err
    assert error["do"] in plain.err
    return error

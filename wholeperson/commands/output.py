"""What a command prints, and how it ends: results on stdout, the rest on stderr, never a traceback."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where

ERROR = "wholeperson/error@1"
UNUSABLE = (FileNotFoundError, PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError)
ANSWERED, WRONG, REFUSED, STOPPED, PART_MISSING = 0, 1, 2, 3, 4


def coloured() -> bool:
    """Whether stdout is somebody's terminal and they want colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def print_json(document: dict[str, Any]) -> None:
    """Exactly one document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


def print_text(text: str) -> None:
    """The result for a person."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def tell(text: str) -> None:
    """Progress and messages."""
    sys.stderr.write(text + "\n")


def refuse(refused: Refused, *, as_json: bool) -> int:
    """Say what is wrong in the contract's form."""
    if as_json:
        first = refused.problems[0]
        document: dict[str, Any] = {"schema": ERROR, "error": first.as_json()}
        if len(refused.problems) > 1:
            document["others"] = [each.as_json() for each in refused.problems[1:]]
        print_json(document)
    else:
        tell("\n".join(f"{each}" for each in refused.problems[:10]))
        if len(refused.problems) > 10:
            tell(f"… and {len(refused.problems) - 10} more")
    return PART_MISSING if refused.problems[0].code == PART_IS_MISSING else REFUSED


def guarded(command: Callable[[], int], *, as_json: bool) -> int:
    """Run a command; what it refuses is told, a closed pipe ends it quietly, Ctrl-C and a full disk stop it."""
    try:
        try:
            code = command()
        except Refused as refused:
            code = refuse(refused, as_json=as_json)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _let_go()
        return ANSWERED
    except OSError as failed:
        return _failed(failed, as_json=_let_go() and as_json)
    except KeyboardInterrupt:
        return _stopped("stopped; the same command starts again", as_json=as_json)


def _failed(failed: OSError, *, as_json: bool) -> int:
    """A place that cannot be used is refused; a disk or a memory that is full stops us."""
    if failed.filename is None or not isinstance(failed, UNUSABLE):
        return _stopped(f"stopped by the system: {failed.strerror or failed}", as_json=as_json)
    problem, why = f"it cannot be used: {failed.strerror}", "nothing can be read or written there"
    found = Problem("cannot_use", problem, why, "name a place that is there and that you may use",
                    Where(os.fsdecode(failed.filename)))  # fmt: skip
    return refuse(Refused(found), as_json=as_json)


def _stopped(why: str, *, as_json: bool) -> int:
    with contextlib.suppress(OSError):
        tell(why)
        if as_json:
            stopped = Problem("stopped", why, "it did not come to its end", "start the same command again")
            print_json({"schema": ERROR, "error": stopped.as_json()})
            sys.stdout.flush()
    return STOPPED


def prepare_streams() -> None:
    """One encoding for every terminal and pipe; a stream that is closed swallows what it is given."""
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    if sys.stderr is None:
        sys.stderr = io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go() -> bool:
    """Whether both streams still take what they are given. A broken one is let go: else the interpreter would complain
    once more when it closes them at its end."""
    are_well, nowhere = True, os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
            are_well = False
    return are_well

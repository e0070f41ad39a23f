"""What a command prints, and how it ends: results on stdout, the rest on stderr, never a traceback."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from wholeperson.rules.problems import Refused

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
        document: dict[str, Any] = {"schema": "wholeperson/error@1", "error": first.as_json()}
        if len(refused.problems) > 1:
            document["others"] = [each.as_json() for each in refused.problems[1:]]
        print_json(document)
    else:
        tell("\n".join(f"{each}" for each in refused.problems[:10]))
        if len(refused.problems) > 10:
            tell(f"… and {len(refused.problems) - 10} more")
    return REFUSED


def guarded(command: Callable[[], int], *, as_json: bool) -> int:
    """Run a command; what it refuses is told, a closed pipe ends it quietly, Ctrl-C stops it."""
    try:
        return command()
    except Refused as refused:
        return refuse(refused, as_json=as_json)
    except BrokenPipeError:
        # Else the interpreter would complain once more when it closes stdout at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except KeyboardInterrupt:
        tell("stopped; the same command starts again")
        return STOPPED

"""A measurement in a process of its own, on a PostgreSQL of its own that is thrown away."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def sizes(variable: str, usual: tuple[int, ...]) -> list[int]:
    """How much there is to be of each thing: the usual, or what the variable says instead, for a try."""
    return [int(one) for one in os.environ.get(variable, "").split(",") if one] or list(usual)


def measured(module: str, much: list[int]) -> dict[str, float]:
    """What the module prints as its last line, as JSON."""
    command = [str(ROOT / "tests" / "on_postgres"), sys.executable, "-m", module, *map(str, much)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the measurement ended with {done.returncode}; it needs PostgreSQL")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def pages_of(found: dict[str, float]) -> list[str]:
    """The pages that were measured, beside the empty one."""
    return [name.removesuffix("_p95_ms") for name in found if name.endswith("_p95_ms") and name != "empty_p95_ms"]

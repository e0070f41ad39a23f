"""``make bench [NAME=x]``: run one measurement, or all, and keep the result with its commit and machine."""

import importlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import NotRequired, TypedDict

HERE = Path(__file__).parent
NAMES = ("check", "files", "month", "page", "referrals", "screener", "search", "sweep")
WHEN_ASKED = ("cluster", "lighthouse")  # needs what few have installed, or a browser


class Measured(TypedDict):
    """What a measurement returns: figures with their unit in the name, ratios, and the bar each ratio must keep to.
    ``tried``: it only tried itself out on less than what the bars are for; that is told, and not kept. ``failed``: the
    steps that did not come to their end; the others were measured, and the whole is not met.
    """

    figures: dict[str, float]
    ratios: dict[str, float]
    bars: dict[str, float]
    tried: NotRequired[bool]
    failed: NotRequired[list[str]]


def main(names: list[str]) -> int:
    """Measure, print, keep; exit 1 when a bar is not met."""
    met = True
    for name in names or NAMES:
        if name not in (*NAMES, *WHEN_ASKED):
            known = ", ".join((*NAMES, *WHEN_ASKED))
            sys.stderr.write(f"there is no measurement called {name}; there are: {known}\n")
            return 2
        measured: Measured = importlib.import_module(f"benchmarks.{name}").measure()
        met = keep(name, measured) and met
    return 0 if met else 1


def keep(name: str, measured: Measured) -> bool:
    """Write the result and tell it; returns whether every bar was met."""
    values = {**measured["figures"], **measured["ratios"]}
    failed = measured.get("failed", [])
    met = all(values[key] <= bar for key, bar in measured["bars"].items()) and not failed
    result = {"schema": "wholeperson/bench@1", "name": name, "commit": commit(), "machine": machine(),
              "cores": os.cpu_count(), **measured, "met": met}  # fmt: skip
    if not measured.get("tried"):
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n")
    for key, value in values.items():
        bar = measured["bars"].get(key)
        sys.stdout.write(
            f"{key:<46} {value:>11.5g}"
            + (f"   bar {bar:g} {'met' if value <= bar else 'NOT MET'}\n" if bar is not None else "\n")
        )
    if failed:
        sys.stdout.write(f"NOT MET: these steps failed: {', '.join(failed)}\n")
    return met


def commit() -> str:
    """The commit measured, with a plus when the tree had changes."""
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], capture_output=True, text=True, cwd=HERE, check=False
    )
    return found.stdout.strip() or "unknown"


def machine() -> str:
    """Enough to compare like with like."""
    return f"{platform.machine()} {platform.system()} Python {platform.python_version()}"


def rounded(value: float) -> float:
    """Three digits say enough."""
    return float(f"{value:.3g}")


if __name__ == "__main__":
    sys.exit(main([each for each in sys.argv[1:] if each]))

"""Writes everything that people read of a run, into the run's own folder."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.report.availability import write_availability
from wholeperson.sweep.report.one_fact import write_one_fact_away
from wholeperson.sweep.run.result import Result

Told = Callable[[str], None]


def write_outputs(
    folder: Path,
    policy: Policy,
    *,
    memory: str | None = None,
    threads: int | None = None,
    tell: Told = lambda _: None,
) -> None:
    """Beside the determinations in the folder: availability and one_fact_away."""
    with Result(folder, memory=memory, threads=threads) as result:
        on = date.fromisoformat(result.told["on"])
        tell("asking what can be had where")
        write_availability(result, policy, on)
        tell("looking for whom one fact would settle")
        write_one_fact_away(result, folder / "one_fact_away.csv")

"""Writes everything that people read of a run, into the run's own folder."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.availability import write_availability
from wholeperson.sweep.report.one_fact import write_one_fact_away
from wholeperson.sweep.report.summary import count_groups, write_summary
from wholeperson.sweep.report.worklist import Wish, write_worklist
from wholeperson.sweep.run.result import Result

Told = Callable[[str], None]


def write_outputs(
    folder: Path,
    policy: Policy,
    *,
    memory: str | None = None,
    threads: int | None = None,
    wish: Wish | None = None,
    tell: Told = lambda _: None,
) -> None:
    """Beside the determinations in the folder: availability, one_fact_away, summary, worklist."""
    with Result(folder, memory=memory, threads=threads) as result:
        on = date.fromisoformat(result.told["on"])
        tell("asking what can be had where")
        write_availability(result, policy, on)
        tell("looking for whom one fact would settle")
        write_one_fact_away(result, folder / "one_fact_away.csv")
        tell("counting groups")
        write_summary(count_groups(result, on), folder / "summary.csv")
        tell("writing the worklist")
        write_worklist(result, policy, on, folder / "worklist.csv", wish or Wish(), Words(policy, "en"))

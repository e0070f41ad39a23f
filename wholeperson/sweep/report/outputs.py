"""Writes everything that people read of a run, into the run's own folder."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.availability import write_availability
from wholeperson.sweep.report.changes import write_changes, write_no_changes
from wholeperson.sweep.report.left_out import read_left_out, read_places
from wholeperson.sweep.report.one_fact import write_one_fact_away
from wholeperson.sweep.report.page import Told, facts_that_settle, write_page
from wholeperson.sweep.report.summary import count_groups, write_summary
from wholeperson.sweep.report.traces import write_traces
from wholeperson.sweep.report.worklist import Wish, write_worklist
from wholeperson.sweep.run.result import Result, read_run

Tell = Callable[[str], None]


def refuse_unreadable(wish: Wish, since: Path | None, policy: Policy, on: date) -> None:
    """Refuse now what could not be read after a long run."""
    read_left_out(wish.leave_out, policy, on)
    read_places(wish.places, policy)
    if since is not None:
        read_run(since)


def write_outputs(
    folder: Path,
    policy: Policy,
    wish: Wish,
    *,
    since: Path | None = None,
    memory: str | None = None,
    threads: int | None = None,
    tell: Tell = lambda _: None,
) -> None:
    """Beside the determinations in the folder: availability, and the files of the contract."""
    with Result(folder, memory=memory, threads=threads) as result:
        on = date.fromisoformat(result.told["on"])
        tell("asking what can be had where")
        write_availability(result, policy, on)
        tell("looking for whom one fact would settle")
        write_one_fact_away(result, folder / "one_fact_away.csv")
        tell("counting groups")
        counts = count_groups(result, on)
        write_summary(counts, folder / "summary.csv")
        write_traces(result)
        changes = None
        if since is None:
            write_no_changes(folder / "changes.csv")
        else:
            tell("looking for what changed")
            changes = write_changes(result, since, folder / "changes.csv")
        tell("writing the worklist")
        words = Words(policy, "en")
        offers = write_worklist(result, policy, on, folder / "worklist.csv", wish, words)
        told = Told(counts, facts_that_settle(result), offers, changes)
        write_page(result, policy, words, told, wish.audience, folder / "report.html")

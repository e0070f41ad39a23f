"""A sweep of the county's membership, in a process of its own: who may fit a program and is not served."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wholeperson.rules.reading.cache import load_policy
from wholeperson.site.demo.county.drawn import Drawn, write
from wholeperson.sweep.input.whole import Setting as Reading
from wholeperson.sweep.input.whole import import_tables
from wholeperson.sweep.report.found import Found, fingerprint, read_found
from wholeperson.sweep.run.result import read_run
from wholeperson.sweep.run.whole import Setting as Sweeping
from wholeperson.sweep.run.whole import run


@dataclass(frozen=True)
class Swept:
    """What it found, by CIN, and of which run."""

    found: list[Found]
    policy_version: str
    digest: str


def sweep(drawn: Drawn, on: date) -> Swept:
    """Run it in a folder that is gone afterwards. Nothing here asks the database."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(drawn, folder / "in")
        policy = load_policy()
        import_tables(folder / "in", folder / "store", policy, Reading(threads=1))
        run(policy, folder / "store", on, folder / "out", Sweeping(threads=1))
        told = read_run(folder / "out")
        found = list(_by_cin(read_found(folder / "out", policy), drawn))
        return Swept(found, told["policy_version"], fingerprint(folder / "out"))


def _by_cin(found: Iterator[Found], drawn: Drawn) -> Iterator[Found]:
    """A plan's own number for a member is not ours; their CIN is both's."""
    cins = {one.number: one.cin for one in drawn.neighbors if one.plan == "plan"}
    return (one._replace(member_id=cins[one.member_id]) for one in found if one.member_id in cins)

"""How far each source is complete: for everybody, and for the one member in ten who lacks a source (`complete.csv`)."""

from collections.abc import Iterator

import numpy as np

from wholeperson.sweep.synth.draws import Draws
from wholeperson.sweep.synth.people import People
from wholeperson.sweep.synth.times import Times, as_date

HEADER = "source,from,through,event,member_id\n"
MISSING = 0.10  # of the members lack a source
LACKED = ("claims", "claims", "claims", "hmis", "corrections", "child_welfare", "authorizations", "enrolment")
LATER = (5, 11, 17)  # months after the first: from when claims of some members go back
UNTIL_TODAY = ("enrolment", "authorizations", "hmis", "corrections", "child_welfare", "ihss", "waiver")


def for_all(days: Times) -> str:
    """The rows that hold for every member without rows of their own."""
    begins, on, through = as_date(days.begins), as_date(days.on), as_date(days.through)
    rows = [f"claims,{begins},{through},,\n"]
    return "".join([*rows, *(f"{source},2018-01-01,{on},,\n" for source in UNTIL_TODAY)])


def for_some(people: People, draws: Draws) -> Iterator[str]:
    """The rows of the members who lack a source, or whose claims begin later or end sooner."""
    begins, through = as_date(people.times.begins), as_date(people.times.through)
    members = np.flatnonzero(draws.chance(MISSING, len(people)))
    kinds = draws.between(0, len(LACKED) + len(LATER) - 1, len(members))
    texts = [f"{source},,,," for source in LACKED]
    for months in LATER:
        month = begins.year * 12 + begins.month - 1 + months
        texts.append(f"claims,{begins.replace(year=month // 12, month=month % 12 + 1)},{through},,")
    for member, kind in zip(members.tolist(), kinds.tolist(), strict=True):
        yield f"{texts[kind]}S{people.first + member + 1:08d}\n"

"""Whatever stands in the clocks: it is told what is wrong, or each can be counted. Never an error of Python's."""

import contextlib
import copy
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from tests.rules.reading.test_any_policy import CHANGES, GOOD, ODD, PLACES, changed
from wholeperson.rules.clocks import Given, Pause, due, read_clock, read_holidays, read_moment
from wholeperson.rules.clocks.moments import instant
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.check_documents import check
from wholeperson.rules.reading.files import Documents

OURS = ("clocks", "holidays")
HERE = [place for place in PLACES if place[0] in OURS]
ONE = some.tuples(some.sampled_from(HERE), some.sampled_from(CHANGES), some.sampled_from(ODD))


def moment(text: str) -> Any:
    return read_moment(text, "here")


CASES = (
    Given(instant(datetime(2026, 7, 2, 20, tzinfo=UTC))),
    Given(moment("2026-07-02"), complete=moment("2026-07-03"), extended=moment("2026-07-04")),
    Given(moment("2026-07-02"), pauses=(Pause(moment("2026-07-03"), moment("2026-07-09")),)),
    Given(instant(datetime(2026, 7, 2, 20, tzinfo=UTC)), expedited=True),
)


@given(some.lists(ONE, min_size=1, max_size=2))
def test_it_is_told_or_counted(changes: list[tuple[Any, str, Any]]) -> None:
    documents = copy.deepcopy(GOOD)
    for place, change, value in changes:
        changed(documents, place, change, value)
    ours = [each for each in check(documents) if each.where.file in {f"{name}.yaml" for name in OURS}]
    assert all(each.problem and each.why and each.do for each in ours)
    if not ours:
        counted(documents)


def counted(documents: Documents) -> None:
    parameters = documents.by_name["parameters"]["parameters"]
    grades = {key: each["grade"] for key, each in documents.by_name["sources"]["sources"].items()}
    holidays = read_holidays(documents.by_name["holidays"])
    for name in documents.by_name["clocks"]["clocks"]:
        clock = read_clock(name, documents.by_name["clocks"], parameters, grades)
        for rules, case in ((rules, case) for rules in clock.sets for case in CASES):
            with contextlib.suppress(Refused):
                assert due(clock, rules, case, holidays=holidays, cutoff_hour=12).candidates

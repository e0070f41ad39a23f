"""What a screening's answer says: (question, answer) to facts, by the table screenings.csv.

An answer is a fact of its day, and its state goes on changing, so nothing here is for ever. A yes is taken to hold for
a year: that errs towards asking somebody in. A no is taken to hold for a month, for a stale no would shut somebody out.
A later answer to the same question ends the earlier one the day before. A row without a fact is an answer that was
understood, proves nothing we ask, and still ends an earlier one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from wholeperson.formats.fhir.chart import Chart
from wholeperson.formats.fhir.elements import Row, days_after
from wholeperson.formats.fhir.tables import rows

VALUES = {"true": True, "false": False}


class Said(NamedTuple):
    fact: str
    value: object
    days: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: what was asked, on which day, and the facts that follow, perhaps none."""

    question: str
    on: str
    facts: tuple[Row, ...] = ()


@cache
def _table() -> dict[tuple[str, str], tuple[Said, ...]]:
    table: dict[tuple[str, str], tuple[Said, ...]] = {}
    for row in rows("screenings.csv"):
        asked = (row["question"], row["answer"])
        said = (Said(row["fact"], VALUES[row["value"]], int(row["days"])),) if row["fact"] else ()
        table[asked] = table.get(asked, ()) + said
    return table


@cache
def questions() -> frozenset[str]:
    return frozenset(question for question, _ in _table())


def stated(question: str, answers: list[str], *, path: str, on: str, learnt: str, chart: Chart) -> Answered | None:
    """The facts that follow from these answers; None, and a note, where the table has none of them."""
    found = [_table()[question, answer] for answer in answers if (question, answer) in _table()]
    if not found:
        chart.unmapped.note(path, "an answer to a screening question that our table does not have")
        return None
    said = {one.fact: one for rows_said in reversed(found) for one in reversed(rows_said)}
    if not said:
        chart.unmapped.note(path, "an answer to a screening question that settles none of our facts")
    kept = [one for one in reversed(said.values()) if chart.takes(one.fact, one.value, path)]
    return Answered(
        question,
        on,
        tuple(fact(one.fact, one.value, since=on, days=one.days, learnt=learnt, source="screening") for one in kept),
    )


def fact(name: str, value: object, *, since: str, days: int | None, learnt: str, source: str) -> Row:
    until = None if days is None else days_after(since, days)
    return {"fact": name, "value": value, "from": since, "until": until, "learnt": learnt, "source": source}


def facts_of(answers: Iterable[Answered]) -> Iterator[Row]:
    """All facts, each ended the day before the same question was answered anew."""
    by_question: defaultdict[str, list[Answered]] = defaultdict(list)
    for answer in answers:
        by_question[answer.question].append(answer)
    for asked in by_question.values():
        days = sorted({answer.on for answer in asked})
        followed_by = dict(pairwise(days))
        for answer in asked:
            yield from (_ended(row, followed_by.get(answer.on)) for row in answer.facts)


def _ended(row: Row, asked_again: str | None) -> Row:
    if asked_again is None:
        return row
    last = days_after(asked_again, -1)
    until = row["until"]
    return row | {"until": min(until, last) if isinstance(until, str) else last}

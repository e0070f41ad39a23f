"""The rows of `facts`: sayings about the members they are true of, some of them contradicted by somebody else."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from wholeperson.sweep.synth.columns import WORD, days, member_ids, of_members, words
from wholeperson.sweep.synth.draws import Draws, Flags, Numbers, shares
from wholeperson.sweep.synth.people import NEVER, People
from wholeperson.sweep.synth.rows import FALSE, FIRST_DAY, FIRST_WORD, NOTHING, TRUE, Rows, Vocabulary, as_words
from wholeperson.sweep.synth.sayings import SAYINGS, WORDS, Saying, Value
from wholeperson.sweep.synth.traits import Traits

FACTS = pa.schema(
    [
        ("member_id", WORD),
        ("fact", WORD),
        ("value", WORD),
        ("from", pa.date32()),
        ("until", pa.date32()),
        ("learnt", pa.date32()),
        ("source", WORD),
        ("attested_by", WORD),
    ]
)
LONGEST_AGO = 300  # days since somebody learnt it
ENDED, CONTRADICTED, TOLD_TWICE = 0.03, 0.02, 0.002
HEARD = ("referrer", "member", "clinician", "screening")  # sources whose words have a person behind them
NAMES = tuple(sorted({saying.fact for saying in SAYINGS}))
SOURCES = tuple(sorted({source for saying in SAYINGS for source in saying.sources.split()} | {*HEARD}))


def facts_table(people: People, traits: Traits, draws: Draws) -> pa.Table:
    """The block's rows of ``facts``."""
    vocabulary = Vocabulary()
    rows = Rows({"fact": 0, "value": TRUE, "begins": NEVER, "ends": NEVER, "learnt": NEVER, "source": 0, "by": NOTHING})
    for saying in SAYINGS:
        _tell(saying, traits[saying.trait], people, draws, rows, vocabulary)
    told = rows.in_order()
    value, listed = as_words(told["value"], vocabulary.words)
    return pa.table(
        [
            of_members(member_ids(people.first, len(people)), told["member"]),
            words(told["fact"], NAMES),
            words(value, listed),
            days(told["begins"]),
            days(told["ends"]),
            days(told["learnt"]),
            words(told["source"], SOURCES),
            words(told["by"], WORDS),
        ],
        schema=FACTS,
    )


def _tell(saying: Saying, of: Flags, people: People, draws: Draws, rows: Rows, vocabulary: Vocabulary) -> None:
    members = np.flatnonzero(of & draws.chance(saying.share, len(people)))
    size, on = len(members), people.times.on
    learnt = np.maximum(on - draws.between(0, LONGEST_AGO, size), people.born[members])
    begins = np.where(draws.chance(0.7, size), learnt - draws.between(0, 30, size), NEVER)
    begins = np.where(begins < NEVER, np.maximum(begins, people.born[members]), NEVER)
    ends = np.where(draws.chance(ENDED, size) & (saying.value is True), np.minimum(learnt + 60, on + 30), NEVER)
    source = draws.pick(shares(_weights(saying.sources.split())), size)
    by = np.where(np.isin(source, [SOURCES.index(each) for each in HEARD]), draws.between(0, len(WORDS) - 1, size), -1)
    value = _values(saying.value, size, on, draws, vocabulary)
    said = {"fact": NAMES.index(saying.fact), "begins": begins, "ends": ends, "learnt": learnt, "by": by}
    rows.add(members, value=value, source=source, **said)
    again = np.flatnonzero(draws.chance(TOLD_TWICE, size))
    rows.add(members[again], value=value[again], source=source[again], **_at(again, said))
    if isinstance(saying.value, bool):
        _contradict(saying, members, draws, rows, people, value)


def _contradict(saying: Saying, members: Numbers, draws: Draws, rows: Rows, people: People, value: Numbers) -> None:
    """Somebody else says the opposite, now and then."""
    other = _other_source(saying.sources)
    some = np.flatnonzero(draws.chance(CONTRADICTED, len(members)))
    rows.add(
        members[some],
        fact=NAMES.index(saying.fact),
        value=np.where(value[some] == TRUE, FALSE, TRUE),
        learnt=np.maximum(people.times.on - draws.between(0, 90, len(some)), people.born[members[some]]),
        source=SOURCES.index(other),
        by=WORDS.index("the member") if other == "member" else NOTHING,
    )


def _other_source(sources: str) -> str:
    return next(each for each in ("member", "referrer", "clinician", "screening") if each not in sources.split())


def _at(places: Numbers, columns: dict[str, object]) -> dict[str, object]:
    return {name: each[places] if isinstance(each, np.ndarray) else each for name, each in columns.items()}


def _weights(sources: Iterable[str]) -> list[float]:
    """The first source tells it most often."""
    listed = list(sources)
    return [1.0 / (1 + listed.index(each)) if each in listed else 0.0 for each in SOURCES]


def _values(value: Value, size: int, on: int, draws: Draws, vocabulary: Vocabulary) -> Numbers:
    if isinstance(value, bool):
        return np.full(size, TRUE if value else FALSE, dtype=np.int32)
    if isinstance(value, str):
        return np.full(size, FIRST_WORD + vocabulary.number(value), dtype=np.int32)
    if len(value) == 2:
        return draws.between(value[0], value[1], size)
    return FIRST_DAY + on - draws.between(value[1], value[2], size)

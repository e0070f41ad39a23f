"""Rows gathered piece by piece, each piece one kind of row for some members, then put in member order."""

from dataclasses import dataclass, field

import numpy as np

from wholeperson.sweep.synth.draws import Numbers
from wholeperson.sweep.synth.people import NEVER
from wholeperson.sweep.synth.times import as_date

TRUE, FALSE, NOTHING = -2, -3, -1  # values that are no number
FIRST_DAY = 1 << 24  # values from here on are days since 1970; those below are whole numbers
FIRST_WORD = 1 << 25  # and these are words


@dataclass
class Vocabulary:
    """Words by number, for a column that says different things."""

    known: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        """The word's number, the same whenever it is asked for again."""
        return self.known.setdefault(word, len(self.known))

    @property
    def words(self) -> list[str]:
        """All of them, in the order of their numbers."""
        return list(self.known)


class Rows:
    """Columns of whole numbers that grow together; ``columns`` names them and what they hold where nothing is said."""

    def __init__(self, columns: dict[str, int]) -> None:
        self._empty = columns
        self._pieces: dict[str, list[Numbers]] = {name: [] for name in ("member", *columns)}

    def add(self, members: Numbers, **said: object) -> None:
        """One row for each member; a column is one number for all or one for each."""
        size = len(members)
        self._pieces["member"].append(members.astype(np.int32))
        for name, empty in self._empty.items():
            value = np.asarray(said.get(name, empty), dtype=np.int32)
            self._pieces[name].append(np.broadcast_to(value, (size,)))

    def in_order(self) -> dict[str, Numbers]:
        """Every column, by member; rows of a member stay in the order in which they were added."""
        joined = {name: np.concatenate(pieces) for name, pieces in self._pieces.items()}
        order = np.argsort(joined["member"], kind="stable")
        return {name: column[order] for name, column in joined.items()}


def written(value: int, vocabulary: list[str]) -> str:
    """A value as a cell says it."""
    if value in (TRUE, FALSE):
        return "true" if value == TRUE else "false"
    if value >= FIRST_WORD:
        return vocabulary[value - FIRST_WORD]
    return str(value) if value < FIRST_DAY else as_date(value - FIRST_DAY).isoformat()


def as_words(values: Numbers, vocabulary: list[str]) -> tuple[Numbers, list[str]]:
    """Mixed values as places in a list of words; NOTHING is below zero."""
    distinct, places = np.unique(values, return_inverse=True)
    listed = [written(int(each), vocabulary) for each in distinct if each != NOTHING]
    at = np.cumsum(distinct != NOTHING) - 1
    return np.where(values == NOTHING, -1, at[places]), listed


__all__ = ["FALSE", "FIRST_DAY", "FIRST_WORD", "NEVER", "NOTHING", "TRUE", "Rows", "Vocabulary", "as_words", "written"]

"""How what is known of one atom becomes a small number, and back into what the rules would have seen.

A leaf is its answer (two bits), and where it matters which record showed it, the group of that source. A fact is the
class of the value believed (0: not known), the classes that somebody else said, the groups of those who said it, and
whether it rests on codes nobody confirmed, or on the silence of a complete source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from wholeperson.rules.known import Known
from wholeperson.rules.language import SOURCES
from wholeperson.rules.leaves import Seen
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.leaves.atoms import every_node
from wholeperson.sweep.leaves.values import Classes

NOBODY: Final = "nobody"  # stands for a source that no list of records names


class FactBits(NamedTuple):
    """How many bits each part of a fact's state has, from the lowest."""

    first: int
    others: int
    groups: int
    tentative: int
    silent: int

    @property
    def width(self) -> int:
        """All parts together."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class Groups:
    """Sources that the same lists of records name are one group; group 0 is named by none."""

    of: dict[str | None, int]
    kinds: tuple[str | None, ...]

    @property
    def count(self) -> int:
        """Groups that some list names."""
        return len(self.kinds) - 1


def groups_of(policy: Policy) -> Groups:
    """The groups of all sources, and of nobody named (which every list accepts)."""
    lists = sorted({node.records for node in every_node(policy) if node.records})
    signatures: dict[tuple[bool, ...], int] = {tuple(False for _ in lists): 0}
    of: dict[str | None, int] = {}
    kinds: list[str | None] = [NOBODY]
    for source in (*SOURCES, None):
        signature = tuple(source is None or source in each for each in lists)
        if signature not in signatures:
            signatures[signature] = len(kinds)
            kinds.append(source)
        of[source] = signatures[signature]
    return Groups(of, tuple(kinds))


def fact_bits(classes: Classes, *, groups: int, tentative: bool, silent: bool) -> FactBits:
    """The parts of a fact with that many classes."""
    count = len(classes.stands_for)
    others = count if count > 2 else count - 1  # of two classes the other one is enough
    return FactBits(count.bit_length(), others, groups, int(tentative), int(silent))


def encode(bits: FactBits, first: int, others: Iterable[int] = (), groups: int = 0, tentative: bool = False) -> int:
    """The state of a fact whose believed value is of class ``first``; ``groups`` has one bit a group, 1 the lowest."""
    state = first + 1
    for each in set(others) - {first}:
        state |= 1 << (bits.first + (each if bits.others > 1 else 0))
    if bits.groups:
        state |= groups << (bits.first + bits.others)
    return state | int(tentative) << (bits.first + bits.others + bits.groups) if bits.tentative else state


def encode_silence(bits: FactBits, first: int, groups: int) -> int:
    """The state of a fact that nobody said, and that a complete source would hold."""
    return encode(bits, first, groups=groups) | 1 << (bits.width - 1)


def decode(state: int, bits: FactBits, classes: Classes, groups: Groups) -> Known | None:
    """What the rules would know of the fact."""
    first = state & ((1 << bits.first) - 1)
    if not first:
        return None
    value = classes.stands_for[first - 1]
    state >>= bits.first
    others = _others(state, first - 1, bits, classes)
    state >>= bits.others
    kinds = [groups.kinds[at + 1] for at in range(bits.groups) if state >> at & 1] or [groups.kinds[0]]
    state >>= bits.groups
    tentative, silent = bool(bits.tentative and state & 1), bool(bits.silent and state >> bits.tentative & 1)
    return Known(value, tuple((kind, None, None) for kind in kinds), others, tentative, silent)


def _others(state: int, first: int, bits: FactBits, classes: Classes) -> tuple[Any, ...]:
    if bits.others == 1:
        return (classes.stands_for[1 - first],) if state & 1 else ()
    return tuple(classes.stands_for[at] for at in range(bits.others) if state >> at & 1)


def leaf_width(groups: Groups, *, shown: bool) -> int:
    """Two bits for the answer; the group of the source that showed it where that matters."""
    return 2 + (groups.count.bit_length() if shown else 0)


def decode_leaf(state: int, groups: Groups) -> Seen:
    """What the rules would have seen of the leaf."""
    answer = state & 3
    if answer != 2:
        return Seen(answer)
    return Seen(answer, {"value": True}, ((groups.kinds[state >> 2], None, None),))

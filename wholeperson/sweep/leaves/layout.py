"""Where each atom lies in a member's packed state: words of 62 bits, no atom across two of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

WORD_BITS: Final = 62


class Bits(NamedTuple):
    """An atom's place: the word, the first bit in it, and how many."""

    word: int
    shift: int
    width: int

    @property
    def factor(self) -> int:
        """What a state is multiplied with to lie here."""
        return 1 << self.shift

    @property
    def mask(self) -> int:
        """Its bits within the word."""
        return ((1 << self.width) - 1) << self.shift


@dataclass(slots=True)
class Layout:
    """The places of all atoms, in the order they were given."""

    bits: dict[str, Bits] = field(default_factory=dict)
    words: int = 0
    used: int = WORD_BITS

    def place(self, atoms: Iterable[tuple[str, int]]) -> None:
        """Give each atom, named with its width, the next place that holds it."""
        for name, width in atoms:
            if self.used + width > WORD_BITS:
                self.words, self.used = self.words + 1, 0
            self.bits[name] = Bits(self.words - 1, self.used, width)
            self.used += width

    def mask(self, atoms: Iterable[str]) -> int:
        """The bits of these atoms in the whole state, taken as one number."""
        found = 0
        for name in atoms:
            place = self.bits[name]
            found |= place.mask << (place.word * WORD_BITS)
        return found

    def read(self, name: str, state: int) -> int:
        """One atom out of a whole state."""
        place = self.bits[name]
        return state >> (place.word * WORD_BITS + place.shift) & ((1 << place.width) - 1)

    def written(self, name: str, state: int, value: int) -> int:
        """The whole state with one atom set anew."""
        place = self.bits[name]
        return state & ~self.mask([name]) | value << (place.word * WORD_BITS + place.shift)

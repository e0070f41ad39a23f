"""Fifty thousand invented entries and a thousand questions, the same each time."""

import random
from collections.abc import Iterator

from wholeperson.handbook.search.sources import Found

SYLLABLES = (
    "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru".split()
)
KINDS = ("bulletin", "question", "learning", "contact")
WORDS = 6_000


class Drawn:
    """Words as common as words are: the n-th is n times rarer than the first."""

    def __init__(self, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < WORDS:
            made["".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 5))) + self.dice.choice("tnrl")] = None
        self.words = list(made)
        self.weights = [1 / rank for rank in range(1, WORDS + 1)]

    def some(self, count: int) -> list[str]:
        return self.dice.choices(self.words, self.weights, k=count)

    def entries(self, count: int) -> Iterator[Found]:
        """Each with a title of three to seven words, a text of forty, and a number of its own."""
        for number in range(count):
            title = " ".join(self.some(self.dice.randint(3, 7)))
            yield Found(
                kind=KINDS[number % len(KINDS)], key=f"drawn {number}", language="en", url=f"/drawn/{number}/",
                title=title, text=" ".join(self.some(40)), names=(title, number_of(number)), order=1000 + number,
            )  # fmt: skip

    def questions(self, found: list[Found], count: int) -> list[str]:
        """In ten: four of two words of a title, two with a slip, two numbers, one common word, one unknown."""
        return [self._question(self.dice.choice(found), place % 10) for place in range(count)]

    def _question(self, one: Found, kind: int) -> str:
        if kind < 6:
            words = self.dice.sample(one.title.split(), 2)
            text = " ".join(self._slip(word) if kind > 3 else word for word in words)[:60]
        else:
            common = self.dice.choice(self.words[:20])
            text = {6: one.names[1], 7: one.names[1], 8: common}.get(kind, "qzxj wvqk zzxq")
        return text if len(text) > 3 else f"{text} {common if kind > 5 else one.title}"[:60]

    def _slip(self, word: str) -> str:
        place = self.dice.randrange(1, len(word))
        return word[:place] + self.dice.choice("xqz") + word[place + 1 :]


def number_of(number: int) -> str:
    """A material number: 10-0000 to 59-9999."""
    return f"{10 + number // 10_000:02}-{number % 10_000:04}"

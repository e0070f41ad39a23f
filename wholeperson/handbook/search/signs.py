"""How text becomes the words that are looked for: one way for what is kept and for what is asked, on every database.

Words are folded (small letters, no accents, no plural s); Chinese becomes single signs and pairs of neighbors. A token
holds nothing but the letters a to z and digits, so that no database's own idea of a word, and nothing that somebody
types, means anything to the full text it goes into.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
ONE_HAN = re.compile(f"[{HAN}]")
NUMBER = re.compile(r"\b\d{2}-\d{3,4}[a-z]?\b")  # of a material
PLAIN = re.compile(r"[a-z0-9]+")
LONGEST = 40  # signs of one word; what is longer is no word
LONG_ENOUGH = 4  # letters, without a plural s, from which on a slip of the finger is forgiven


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The tokens of a text, in its order; behind them those of its material numbers."""
    return [*_words(text), *map(whole, NUMBER.findall(folded(text)))]


def _words(text: str) -> Iterator[str]:
    for run in RUN.findall(folded(text)):
        if ONE_HAN.match(run):
            yield from _han(run)
        elif (one := token(run)) is not None:
            yield one


def token(run: str) -> str | None:
    """One folded word without its plural s; of a word in another script, its signs by number."""
    if not PLAIN.fullmatch(run):
        run = "".join(sign if PLAIN.match(sign) else f"x{ord(sign):x}" for sign in run)
    if len(run) > LONGEST:
        return None
    plural = len(run) > 4 and run.endswith("s") and not run.endswith("ss") and run.isalpha()
    return run[:-1] if plural else run


def _han(run: str) -> Iterator[str]:
    signs = [f"u{ord(sign):x}" for sign in run]
    yield from signs
    yield from (one + other for one, other in pairwise(signs))


def asked(text: str) -> list[str]:
    """The tokens that somebody asks for: of Chinese the pairs, where there is a pair; a material number is one."""
    found = [whole(number) for number in NUMBER.findall(folded(text))]
    for run in RUN.findall(NUMBER.sub(" ", folded(text))):
        if ONE_HAN.match(run):
            signs = [f"u{ord(sign):x}" for sign in run]
            found += [one + other for one, other in pairwise(signs)] or signs
        elif (one := token(run)) is not None:
            found.append(one)
    return list(dict.fromkeys(found))


def is_han(text: str) -> bool:
    return ONE_HAN.search(text) is not None


def whole(text: str) -> str:
    """A number, an abbreviation or a whole name as one token, for who types exactly that: ``25-521`` is ``xq25521``."""
    return "xq" + "".join(words(text) if is_han(text) else (token(run) or "" for run in RUN.findall(folded(text))))


def mark(kind: str, value: str) -> str:
    """A token for what a result is narrowed by; nobody can type it."""
    return f"xm{kind}{''.join(PLAIN.findall(value.lower()))}"


def own(token: str) -> str:
    """A word of the name that a program has today, told apart from one that only a former name holds."""
    return f"xt{token}"


def is_spelled(token: str) -> bool:
    """Whether it is a word that somebody may misspell: letters, long enough, and no mark of ours."""
    return len(token) >= LONG_ENOUGH and token.isalpha() and not token.startswith(("xq", "xm", "xt"))


def missing_one(word: str) -> set[str]:
    """The word, and the word without any one of its letters. Two words that are one edit apart share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two neighbors changed places make one word of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped

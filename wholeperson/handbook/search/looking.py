"""From what somebody typed to what is found: how long it may be, how it is spelled, in which language."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

from wholeperson.handbook.search import fulltext, signs
from wholeperson.handbook.search.fulltext import Asked, Shown
from wholeperson.handbook.search.sources import LANGUAGES

SHORTEST, LONGEST = 4, 60  # characters, as the page says that the search this one replaces has it
MOST_WORDS = 12
LONG_ENOUGH = 4  # letters of a word that is taken as it is typed
ENOUGH = 3  # with fewer results than these, other spellings are looked for too
NOT_ASKED, TOO_SHORT, TOO_LONG, NONE, SOME = "not_asked", "too_short", "too_long", "none", "some"


@dataclass
class Answer:
    """`state` is one of the words above. `words` are what was looked for, `instead` how it is spelled here."""

    text: str
    state: str
    places: list[int] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    begins: str = ""
    instead: dict[str, list[str]] = field(default_factory=dict)
    language: str = "en"

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def is_more(self) -> bool:
        return self.count >= fulltext.MOST


def look(typed: str, *, language: str, marks: tuple[str, ...] = (), shown: int = fulltext.MOST) -> Answer:
    """Everything that anyone may read and that fits, so many of it in order. Whatever is typed, there is an answer."""
    text = cleaned(typed[: LONGEST * 4])
    state = judged(text, typed)
    if state in (NOT_ASKED, TOO_LONG):
        return Answer(text[:LONGEST], state, language=language)
    spoken = [language, *(one for one in LANGUAGES if one != language)] if language in LANGUAGES else list(LANGUAGES)
    ask = _exactly if state == TOO_SHORT else _all_ways
    for one in spoken:
        answer = ask(text, one, marks, shown)
        if answer.places:
            return answer
    return Answer(text, state if state == TOO_SHORT else NONE, language=language)


def cleaned(typed: str) -> str:
    """One line, without control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]", " ", typed).split())


def judged(text: str, typed: str) -> str:
    """Chinese says in one sign what takes a word elsewhere: the least length does not hold for it."""
    if not text:
        return NOT_ASKED
    if len(text) > LONGEST or len(typed) > LONGEST * 4:
        return TOO_LONG
    return TOO_SHORT if len(text) < SHORTEST and not signs.is_han(text) else SOME


def _exactly(text: str, language: str, marks: tuple[str, ...], shown: int) -> Answer:
    """What is too short to be looked for may still be exactly an abbreviation or a number."""
    whole = signs.whole(text)
    found = fulltext.places(Asked(whole, (), language, marks, shown=shown)) if whole != "xq" else []
    return Answer(text, TOO_SHORT, found, {*signs.asked(text)}, language=language)


def _all_ways(text: str, language: str, marks: tuple[str, ...], shown: int) -> Answer:
    """As it is typed; where that is next to nothing, as words that begin so, and with a slip forgiven."""
    typed = signs.asked(text)[:MOST_WORDS]
    near = spelled(text, language)
    last = typed[-1] if typed and len(typed[-1]) >= SHORTEST else ""
    begins = "" if last in near.get(last, ()) else last
    unknown = {word: others for word, others in near.items() if word not in others}
    answer = Answer(text, SOME, [], set(typed), begins, {}, language)
    ask = partial(Asked, signs.whole(text), language=language, marks=marks, shown=shown)
    strict = ask(groups=tuple((word, *unknown.get(word, ())) for word in typed), begins=begins)
    loose = ask(groups=tuple((word, *_others(word, near)) for word in typed), begins=last)
    nowhere = {word for word, others in unknown.items() if not others and word != last}
    if typed and not nowhere:
        answer.places = fulltext.places(strict)
    answer.instead = {word: others for word, others in unknown.items() if answer.places}
    if len(answer.places) < ENOUGH and loose != strict and not nowhere:
        answer.begins = last
        answer.places = list(dict.fromkeys([*answer.places, *fulltext.places(loose)]))
    if not answer.places and len(typed) > 1:
        each = [replace(loose, groups=(group,)) for group in loose.groups if group[0] not in nowhere]
        answer.places = _any_word(each)
    answer.words |= {other for others in near.values() for other in others}
    return answer


def _others(word: str, near: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(other for other in near.get(word, ()) if other != word)


def spelled(text: str, language: str) -> dict[str, list[str]]:
    """For each word that may be misspelled: the words here that are one edit away from it, or the word itself.

    Words of five letters forgive one edit; one of four may be one of five that lost a letter.
    """
    words = {token: len(run) for run in signs.RUN.findall(signs.folded(text)) for token in signs.words(run)}
    asked = {token: length for token, length in words.items() if signs.is_spelled(token)}
    variants = {variant for token in asked for variant in signs.missing_one(token)}
    known = fulltext.spelled(language, variants)
    return {
        token: sorted(
            other
            for other in known
            if other == token or (signs.one_edit_apart(token, other) and max(length, len(other)) > LONG_ENOUGH)
        )
        for token, length in asked.items()
    }


def _any_word(each: list[Asked]) -> list[int]:
    """No entry has every word: those that have the most of them."""
    counted = Counter(place for one in each for place in fulltext.anywhere(one))
    return sorted(counted, key=lambda place: (-counted[place], place))


def entries(places: list[int]) -> list[Shown]:
    """The entries at these places, in that order."""
    found = {one.place: one for one in fulltext.shown(places)}
    return [found[place] for place in places if place in found]

"""From what somebody typed to what is found: how long it may be, how it is spelled, in which language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from wholeperson.handbook.search import fulltext, signs
from wholeperson.handbook.search.fulltext import Asked
from wholeperson.handbook.search.models import Entry, Spelling
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


def look(typed: str, *, language: str, marks: tuple[str, ...] = ()) -> Answer:
    """Everything that anyone may read and that fits. Whatever is typed, there is an answer."""
    text = cleaned(typed[: LONGEST * 4])
    state = judged(text, typed)
    if state in (NOT_ASKED, TOO_LONG):
        return Answer(text[:LONGEST], state, language=language)
    spoken = [language, *(one for one in LANGUAGES if one != language)] if language in LANGUAGES else list(LANGUAGES)
    ask = _exactly if state == TOO_SHORT else _all_ways
    for one in spoken:
        answer = ask(text, one, (signs.mark("l", one), *marks))
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


def _exactly(text: str, language: str, marks: tuple[str, ...]) -> Answer:
    """What is too short to be looked for may still be exactly an abbreviation or a number."""
    whole = signs.whole(text)
    found = fulltext.places(Asked(whole, (), marks)) if whole != "xq" else []
    return Answer(text, TOO_SHORT, found, {*signs.asked(text)}, language=language)


def _all_ways(text: str, language: str, marks: tuple[str, ...]) -> Answer:
    typed = signs.asked(text)[:MOST_WORDS]
    near = spelled(text, language)
    begins = typed[-1] if typed and len(typed[-1]) >= SHORTEST else ""
    unknown = {word: others for word, others in near.items() if word not in others}
    answer = Answer(text, SOME, [], set(typed), begins, {}, language)

    def tried(groups: tuple[tuple[str, ...], ...]) -> list[int]:
        return fulltext.places(Asked(signs.whole(text), groups, marks, begins)) if typed else []

    answer.places = tried(tuple((word, *unknown.get(word, ())) for word in typed))
    answer.instead = {word: others for word, others in unknown.items() if answer.places}
    if len(answer.places) < ENOUGH and near.keys() - unknown.keys():
        more = tried(tuple((word, *near.get(word, ())) for word in typed))
        answer.places = list(dict.fromkeys([*answer.places, *more]))
    if not answer.places and len(typed) > 1:
        answer.places = _any_word(typed, near, tried)
    answer.words |= {other for others in near.values() for other in others}
    return answer


def spelled(text: str, language: str) -> dict[str, list[str]]:
    """For each word that may be misspelled: the words here that are one edit away from it, or the word itself.

    Words of five letters forgive one edit; one of four may be one of five that lost a letter.
    """
    words = {token: len(run) for run in signs.RUN.findall(signs.folded(text)) for token in signs.words(run)}
    asked = {token: length for token, length in words.items() if signs.is_spelled(token)}
    variants = {variant for token in asked for variant in signs.missing_one(token)}
    known = set(Spelling.objects.filter(language=language, variant__in=variants).values_list("word", flat=True))
    return {
        token: sorted(
            other
            for other in known
            if other == token or (signs.one_edit_apart(token, other) and max(length, len(other)) > LONG_ENOUGH)
        )
        for token, length in asked.items()
    }


def _any_word(
    typed: list[str], near: dict[str, list[str]], tried: Callable[[tuple[tuple[str, ...], ...]], list[int]]
) -> list[int]:
    """No entry has every word: those that have the most of them."""
    counted: dict[int, int] = {}
    for word in typed:
        for place in tried(((word, *near.get(word, ())),)):
            counted[place] = counted.get(place, 0) + 1
    return sorted(counted, key=lambda place: (-counted[place], place))


def entries(places: list[int]) -> list[Entry]:
    """The entries at these places, in that order."""
    found = {entry.place: entry for entry in Entry.objects.filter(place__in=places).defer("named", "said")}
    return [found[place] for place in places if place in found]

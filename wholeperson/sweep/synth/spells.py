"""The rows of `spells`: what happened, as feeds other than claims tell it."""

import numpy as np
import pyarrow as pa

from wholeperson.sweep.synth.columns import WORD, days, member_ids, numbered, of_members, words
from wholeperson.sweep.synth.draws import Draws, Ints, Numbers
from wholeperson.sweep.synth.people import NEVER, People
from wholeperson.sweep.synth.rows import NOTHING, Rows
from wholeperson.sweep.synth.stories import STORIES, Story
from wholeperson.sweep.synth.traits import Traits

ATTRIBUTES = ("avoidable", "unplanned", "about", "term", "facility_type", "adjudication", "program")
SPELLS = pa.schema(
    [
        ("member_id", WORD),
        ("event", WORD),
        ("from", pa.date32()),
        ("until", pa.date32()),
        ("until_known", WORD),
        ("id", pa.string()),
        ("source", WORD),
        ("learnt", pa.date32()),
        *((name, WORD) for name in ATTRIBUTES),
        ("expected_release", pa.date32()),
    ]
)
NOT_TOLD = 0.02  # of the spells that are over, nobody told when they ended
EVENTS = tuple(sorted({story.event for story in STORIES}))
SOURCES = tuple(sorted({story.source for story in STORIES}))
WORDS = {name: sorted({word for story in STORIES for word in story.said.get(name, "").split()}) for name in ATTRIBUTES}
YOUTH = "youth_facility"
WORDS["facility_type"].append(YOUTH)


def spells_table(people: People, traits: Traits, draws: Draws) -> pa.Table:
    """The block's rows of ``spells``."""
    attributes = dict.fromkeys(ATTRIBUTES, NOTHING)
    rows = Rows({"event": 0, "begins": 0, "ends": NEVER, "known": 0, "source": 0, "release": NEVER, **attributes})
    for story in STORIES:
        members = np.flatnonzero(traits[story.trait] & draws.chance(story.share, len(people)))
        rows.add(members, **_told(story, members, people, draws))
    told = rows.in_order()
    kept = told["begins"] < NEVER
    return _table({name: column[kept] for name, column in told.items()}, people)


def _told(story: Story, members: Numbers, people: People, draws: Draws) -> dict[str, object]:
    size, on = len(members), people.times.on
    begins = on - draws.between(*story.begun, size)
    begins = np.where(begins > people.born[members], begins, NEVER).astype(np.int32)  # nothing before birth
    begins = np.where(begins <= people.died[members], begins, NEVER).astype(np.int32)
    ends = np.full(size, NEVER, dtype=np.int32)
    if story.lasts is not None:
        ends = np.where(begins < NEVER, begins + draws.between(*story.lasts, size), NEVER).astype(np.int32)
    over = (ends < on) & (story.lasts != (0, 0))
    hidden = over & draws.chance(NOT_TOLD, size)
    said = {name: _one_of(name, story.said.get(name, ""), size, draws) for name in ATTRIBUTES}
    if story.event == "custody":
        minor = people.age[members] < 18
        said["facility_type"] = np.where(minor, WORDS["facility_type"].index(YOUTH), said["facility_type"])
    return {
        "event": EVENTS.index(story.event),
        "source": SOURCES.index(story.source),
        "begins": begins,
        "ends": np.where(hidden, NEVER, np.minimum(ends, people.died[members])),
        "known": np.where(hidden, 1, 0),
        "release": _release(story, size, on, draws),
        **said,
    }


def _release(story: Story, size: int, on: int, draws: Draws) -> Ints:
    """For half of those in custody, the day on which they are expected to leave."""
    if story.event != "custody" or story.lasts is not None:
        return np.full(size, NEVER, dtype=np.int32)
    return np.where(draws.chance(0.5, size), on + draws.between(3, 150, size), NEVER).astype(np.int32)


def _one_of(name: str, choices: str, size: int, draws: Draws) -> Numbers:
    places = [WORDS[name].index(word) for word in choices.split()]
    if not places:
        return np.full(size, NOTHING, dtype=np.int32)
    return np.array(places, dtype=np.int32)[draws.between(0, len(places) - 1, size)]


def _table(told: dict[str, Numbers], people: People) -> pa.Table:
    size = len(told["member"])
    return pa.table(
        [
            of_members(member_ids(people.first, len(people)), told["member"]),
            words(told["event"], EVENTS),
            days(told["begins"]),
            days(told["ends"]),
            words(told["known"], ("true", "false")),
            _ids(people, told["member"], size),
            words(told["source"], SOURCES),
            days(told["begins"] + 1),
            *(words(told[name], WORDS[name] or [""]) for name in ATTRIBUTES),
            days(told["release"]),
        ],
        schema=SPELLS,
    )


def _ids(people: People, members: Numbers, size: int) -> pa.Array:
    """A number of its own for each spell: the member's, then the place among the member's."""
    first = np.searchsorted(members, members, side="left")
    return numbered("E", (people.first + 1 + members.astype(np.int64)) * 100 + (np.arange(size) - first), 12)

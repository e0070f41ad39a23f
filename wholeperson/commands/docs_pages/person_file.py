"""The person file: the keys that the reader knows, and what leaving one out means."""

from typing import Final

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.rules.language import SOURCES
from wholeperson.rules.reading.person_json import COMPLETE, COVERAGE, FACT, KEYS, SCHEMA, SHARE_OF_COST

EVENT: Final = ("event", "on", "from", "until", "learnt", "source", "id")
PARTS: Final = (
    ("the person", KEYS, "who they are, and what is known of them"),
    ("`coverage`", COVERAGE, "each period in a plan"),
    ("`facts`", FACT, "what somebody said, who said it, and when it is true; [the facts](facts/README.md)"),
    (
        "`events`",
        EVENT,
        "what happened, with the attributes of [the event](events.md); `on` for one day, `from` to last",
    ),
    ("`complete`", COMPLETE, "from when through when a source has told us everything (of one event, or of all)"),
)
MEANINGS: Final = (
    "What is left out is not known. It is never a no.",
    "`until: null` means still; without `until` nobody told us when it ended.",
    "A day as a fact's value may be `null`: it never came.",
    "An attribute of an event may be `null`: not known. `about: none` means neither.",
    "`learnt` is the day, or the instant with an offset, when we were told; `--known-at` leaves out what came later.",
    "Days are `YYYY-MM-DD`. A fact may go by any of its other names.",
)


def person_file() -> str:
    """The section."""
    rows = [[name, ", ".join(map(code, keys)), what] for name, keys, what in PARTS]
    return markdown.section(
        "The person file",
        f"JSON or YAML, schema `{SCHEMA}`; [an example](../examples/rosa.yaml).",
        markdown.table(["part", "keys", "what it holds"], rows),
        markdown.bullets([*MEANINGS, *_words()]),
    )


def _words() -> list[str]:
    return [
        f"`source` is one of {', '.join(map(code, SOURCES))}.",
        f"`share_of_cost` is one of {', '.join(map(code, SHARE_OF_COST))}.",
    ]

"""The page of what leads to what: after this, then that, and how far it goes by itself."""

from typing import Any, Final

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code, listed
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.rules.reading.library import Policy

HEAD = (
    "No row decides who may have a service, and none ends one. A row proposes, puts a task before a person, or names "
    "what the State brings about by itself."
)
HAPPENED: Final = {
    "asked": "was asked for",
    "authorized": "was authorized",
    "served": "was given",
    "done": "is done",
}
AS: Final = {"propose": "is proposed", "task": "is a task for a person", "automatic": "comes by itself"}


def follow_ons_page(policy: Policy) -> str:
    """The page; says so where the policy has no such rows."""
    document = policy.documents.by_name.get("follow_ons") or {"services": {}, "follow_ons": []}
    pen = Pen(policy)
    rows = [_row(row, document["services"], pen) for row in document["follow_ons"]]
    head = ["after", "then", "in words", "how sure, and where it is written"]
    return markdown.page("What leads to what", HEAD, markdown.table(head, rows) or "There is nothing here yet.")


def _row(row: dict[str, Any], services: dict[str, Any], pen: Pen) -> list[str]:
    then = row["then"]
    what = pen.programme(then["programme"]) if "programme" in then else services[then["service"]]["says"]
    often = f", every {row['every'].removeprefix('1 ')}" if "every" in row else ""
    return [_after(row["when"], pen), f"{what}: {AS[then['as']]}{often}", row["says"], pen.truth(row)]


def _after(when: dict[str, Any], pen: Pen) -> str:
    if "stay" in when:
        found = pen.event(when["stay"])
    else:
        found = f"{listed(map(pen.programme, when['programmes']))} {_happened(when)}"
    beside = [f"without {pen.event(when['without'])}"] if "without" in when else []
    beside += [f"somebody is in {code(when['enrolled_in'])}"] if "enrolled_in" in when else []
    return ", ".join([found, *beside])


def _happened(when: dict[str, Any]) -> str:
    if "answer" in when:
        return f"was answered {when['answer']}"
    word = next(key for key in HAPPENED if key in when)
    part = "" if when[word] is True else f" ({code(when[word])})"
    return f"{HAPPENED[word]}{part}"

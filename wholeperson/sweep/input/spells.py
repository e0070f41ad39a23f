"""Spells and events that members' own records tell: each attribute checked by what its event may have."""

from pathlib import Path

from wholeperson.rules.reading.library import Event, Policy
from wholeperson.sweep.input.allowed import Lists, programmes, programs
from wholeperson.sweep.input.cells import Check
from wholeperson.sweep.input.database import Connection, name, text, words
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import MEMBER_JOIN, Query, backwards, shown_as, source, stage, unknown_member

ATTRIBUTES = (
    "avoidable", "unplanned", "about", "term", "facility_type", "adjudication", "expected_release", "program", "code",
    "modifiers", "units", "cents",
)  # fmt: skip


def stage_spells(found: Found, lists: Lists, policy: Policy, parts: Parts, connection: Connection) -> Path:
    """The checked rows; ``ends`` is null where nobody told us the end."""
    checks = (
        unknown_member(found),
        backwards(found, "from", "until"),
        *(_foreign(found, attribute, policy) for attribute in ATTRIBUTES if attribute in found.known),
        *_program(found, policy),
    )
    rows = source(found, parts, connection).rows
    query = Query((("no", "no"), ("ends", _ends(policy))), MEMBER_JOIN, checks)
    return parts.query(connection, "spells-staged.parquet", stage(found, lists, rows, query))


def _ends(policy: Policy) -> str:
    """Told; else for a spell still, for an event its own day; not known where the row says so."""
    once = words(tuple(each.name for each in policy.events.values() if each.kind == "event"))
    open_ = f"CASE WHEN t_event IN {once} THEN v_from ELSE 2932896 END"
    return f"CASE WHEN v_until_known = false THEN NULL ELSE coalesce(v_until, {open_}) END"


def _foreign(found: Found, attribute: str, policy: Policy) -> Check:
    """An attribute that the event does not have."""
    having = [each for each in policy.events.values() if attribute in each.attributes and each.kind != "derived"]
    cell = name(f"t_{attribute}")
    wrong = f"{cell} IS NOT NULL AND t_event NOT IN {words(tuple(each.name for each in having) or ('',))}"
    allowed = f"empty, or an event of: {', '.join(each.name for each in having)}"
    return Check(shown_as(found, attribute), wrong, cell, f"this event has no {attribute}", text(allowed))


def _program(found: Found, policy: Policy) -> list[Check]:
    """Somebody is enrolled in a program, and authorized for a programme: two lists of words."""
    if "program" not in found.known:
        return []
    kinds = {"program": programs(policy), "programme": programmes(policy)}
    return [
        Check(
            shown_as(found, "program"),
            f"t_program IS NOT NULL AND t_event IN {words(_with(policy, kind))} AND t_program NOT IN {words(of)}",
            "t_program",
            "it is not a word this event may have",
            text(", ".join(of)),
        )
        for kind, of in kinds.items()
        if of
    ]


def _with(policy: Policy, kind: str) -> tuple[str, ...]:
    def has(event: Event) -> bool:
        return event.attributes.get("program") == kind

    return tuple(each.name for each in policy.events.values() if has(each)) or ("",)

"""Where each sentence of the sources went: encoded, or left out for a reason. And back: no rule without a source.

A seed is a plan's page, line by line; a sheet is a sheet of facts, paragraph by paragraph. Neither is ours to commit:
the list holds line numbers and hashes, never their words.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.house.paragraphs import SHEETS, Paragraph, lines, paragraphs
from wholeperson.rules.language import MARKS
from wholeperson.rules.proving.coverage import read_coverage
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import PACKAGED, PROGRAMME_FOLDERS
from wholeperson.rules.reading.library import Policy

Entry = dict[str, Any]
SOURCES = {
    "seed_1": ("WHOLEPERSON_SEEDS", "000_b29d7b511ed22a51.txt"),
    "seed_2": ("WHOLEPERSON_SEEDS", "001_010ccf2fc3b827c5.txt"),
    "ecm_sheet": ("WHOLEPERSON_SHEETS", "ecm.md"),
    "community_supports_sheet": ("WHOLEPERSON_SHEETS", "community_supports.md"),
    "workflow_sheet": ("WHOLEPERSON_SHEETS", "workflow_and_reentry.md"),
    "data_exchange_sheet": ("WHOLEPERSON_SHEETS", "data_exchange.md"),
}
KEYS = {name: {"section", "line", "sha", "marks"} if name in SHEETS else {"line", "sha"} for name in SOURCES}
MAY = {"encoded", "left_out", "rule", "rest", "last"}

# Rules that no paragraph of the sheet speaks of, each with its reason.
WITHOUT_A_PARAGRAPH = {
    "pof_1b_homeless_family_or_youth.unstable_home": "an umbrella question of ours over four alternatives of the sheet",
    "pof_5_adult_ltc_risk.other_facilities": "an umbrella question of ours over the two exclusions of the sheet",
    "pof_6_adult_nf_transition.other_facilities": "an umbrella question of ours over the two exclusions of the sheet",
    "parameter.same_day_visits": "an open question because no source says how to count two visits on one day",
    "parameter.tolerated_coverage_gap": "an open question because no source says what a complete window may lack",
    "parameter.family_sees_no_sensitive_things_until": "no source names an age; its default is the safe one",
}


class Claim(NamedTuple):
    """Something the policy says, and how sure it says it is. ``open``: it rests on a question that is kept open."""

    name: str
    mark: str
    speaks: bool
    open: bool


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def coverage() -> dict[str, Any]:
    return read_coverage(PACKAGED)


@cache
def policy() -> Policy:
    return load_policy()


def entries(document: str) -> list[Entry]:
    found: list[Entry] = coverage()["documents"][document]
    return found


def every_entry() -> Iterator[tuple[str, Entry]]:
    for document in SOURCES:
        for entry in entries(document):
            yield f"{document} line {entry.get('line')}", entry


def test_the_list_covers_these_documents() -> None:
    assert set(coverage()) == {"documents", "reasons"}
    assert set(coverage()["documents"]) == set(SOURCES)


@pytest.mark.parametrize("document", SOURCES)
def test_each_entry_says_where_or_why_not(document: str) -> None:
    """Exactly one of the two: an entry with neither hides a gap, an entry with both hides which is true."""
    offenders = [f"{document} line {each.get('line')}" for each in entries(document) if not _is_whole(document, each)]
    assert not offenders, _remedy("Each has the document's keys, a hash, and either `encoded` or `left_out`", offenders)


def _is_whole(document: str, entry: Entry) -> bool:
    names = entry.get("encoded", ["left out"])
    return (
        set(entry) - MAY == KEYS[document]
        and re.fullmatch(r"[0-9a-f]{64}", entry["sha"]) is not None
        and ("encoded" in entry) != ("left_out" in entry)
        and not {"left_out", "rest"} <= set(entry)
        and bool(names)
        and len(set(names)) == len(names)
        and set(entry.get("marks", [])) <= set(MARKS)
    )


def test_a_rule_of_the_language_says_which() -> None:
    """`language` alone would let any sentence pass as built in."""
    offenders = [where for where, each in every_entry() if ("language" in each.get("encoded", ())) != ("rule" in each)]
    assert not offenders, _remedy(
        "`language` comes with `rule:`, a few words naming the rule, and only there", offenders
    )


def test_reasons_are_listed_and_used() -> None:
    """A reason nobody needs any more is a part of the work that was done and not noted."""
    used = {entry[key] for _, entry in every_entry() for key in ("left_out", "rest") if key in entry}
    assert used == set(coverage()["reasons"])


@pytest.mark.parametrize("document", SOURCES)
def test_no_line_stands_twice(document: str) -> None:
    numbers = [each["line"] for each in entries(document)]
    assert numbers == sorted(set(numbers)), "sort the entries by line, one for each"


# ── from the list to the policy, and back ────────────────────────────────────────────────────────────────────────────


def test_every_name_is_in_the_policy() -> None:
    """A name that leads nowhere is a promise nobody keeps."""
    known = _names()
    offenders = [
        f"{where}: {name}" for where, each in every_entry() for name in each.get("encoded", ()) if name not in known
    ]
    assert not offenders, _remedy("These name nothing in the policy", offenders)


def _names() -> set[str]:
    made = policy()
    by_name = made.documents.by_name
    found = {"language", "holidays", *made.programmes, *(claim.name for claim in _claims())}
    for folder in (*PROGRAMME_FOLDERS, "shared"):
        for document in made.documents.inside(folder).values():
            found |= {document["id"], *(f"{document['id']}.{key}" for key in document)}
            found |= {f"{document['id']}.{name}" for name in _ids(document)}
    found |= {f"ecm_overlaps.{key}" for key in ("also_both", "waiting_list")}
    found |= {f"fact.{name}" for name in made.facts} | {f"codes.{name}" for name in made.documents.codes}
    found |= {f"codes.hcpcs.{row['service']}" for row in made.documents.codes["hcpcs"]}
    found |= {f"clocks.{name}" for name in by_name["clocks"]["clocks"]}
    found |= {f"follow_ons.{name}" for name in _ids(by_name["follow_ons"]["follow_ons"])}
    found |= {name for plan in made.plans.values() for name in _told(plan)}
    return found | {f"counties.{key}" for county in made.counties.values() for key in county}


def _told(plan: dict[str, Any]) -> Iterator[str]:
    """What a plan's file says: its parts, what stands in them, and the elections by their programme."""
    for part, value in plan.items():
        yield f"{plan['id']}.{part}"
        for item in _items(value):
            name = item.get("id", item.get("programme"))
            yield f"{plan['id']}.{part}.{name}"
            yield from (f"{plan['id']}.{part}.{name}.{step['id']}" for step in item.get("steps", ()))


def _items(value: Any) -> list[dict[str, Any]]:
    """The members of a list, or of the one list in a mapping."""
    held = value.get("parts", []) if isinstance(value, dict) else value
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def _ids(value: Any) -> Iterator[str]:
    """The ids of everything below."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from _ids(each)


def _claims() -> Iterator[Claim]:
    documents = policy().documents
    for folder in (*PROGRAMME_FOLDERS, "shared"):
        for document in documents.inside(folder).values():
            yield from _ruled(document)
            yield from _sections(document)
    table = documents.by_name["overlaps"]
    for row in table["rows"]:
        yield Claim(f"ecm_overlaps.{row['id']}", row.get("mark", table["mark"]), True, _is_open(row))
    for name, data in policy().parameters.items():
        yield Claim(f"parameter.{name}", data["mark"], True, False)
    for name, data in documents.by_name["events"]["events"].items():
        yield Claim(f"event.{name}", data["mark"], False, False)


def _ruled(document: dict[str, Any]) -> Iterator[Claim]:
    """What decides about a person: criteria and exclusions, what touches the service, and its limits."""
    name, mark = document["id"], document["mark"]
    yield from _spoken(name, document.get("criteria") or document["block"], mark, False)
    if "overlaps" not in document.get("exclusions", {"overlaps": None}):
        yield from _spoken(name, document["exclusions"], mark, False)
    for row in (*document.get("combinations", ()), *document.get("limits", ())):
        yield Claim(f"{name}.{row['id']}", row.get("mark", mark), True, _is_open(row))


def _spoken(document: str, node: dict[str, Any], mark: str, wider: bool) -> Iterator[Claim]:
    """The criteria of one file. A shared block is not entered: it speaks for itself, under its own name."""
    mark, wider = node.get("mark", mark), wider or "reading" in node
    if "id" in node:
        yield Claim(f"{document}.{node['id']}", mark, "says" in node, wider or _is_open(node))
    for members in (node[key] for key in ("all_of", "any_of", "none_of", "of") if key in node):
        for member in members:
            yield from _spoken(document, member, mark, wider)


def _sections(document: dict[str, Any]) -> Iterator[Claim]:
    """Beside the criteria: authorization, discontinuation and the like, where they carry a mark of their own."""
    for key, value in document.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and "mark" in each:
                name = each["id"] if isinstance(value, list) and "id" in each else key
                yield Claim(f"{document['id']}.{name}", each["mark"], False, False)


def _is_open(value: Any) -> bool:
    """Whether the criterion's own value is that of an open question (its members, in a list, are asked themselves)."""
    return isinstance(value, dict) and ("parameter" in value or any(_is_open(each) for each in value.values()))


def test_every_rule_has_a_paragraph() -> None:
    """A rule that no paragraph names is a rule somebody made up."""
    named = {name for sheet in SHEETS for entry in entries(sheet) for name in entry.get("encoded", ())}
    rules = set(policy().programmes) | {claim.name for claim in _claims() if claim.speaks}
    gaps = rules - named
    assert gaps - set(WITHOUT_A_PARAGRAPH) == set(), "name them where the sheet says so, or take them out of the policy"
    assert set(WITHOUT_A_PARAGRAPH) - gaps == set(), "these excuses are not needed any more"


def test_no_rule_is_surer_than_its_paragraphs() -> None:
    """A rule may refuse somebody only when it is verified, so it takes its mark from the sheet and not from us.

    An open question is the exception: there the sheet's doubt is kept as the question, and the evaluator weighs it.
    """
    offenders = [
        f"{claim.name} is {claim.mark}, its paragraphs are at best {best}"
        for claim in _claims()
        if not claim.open and (best := _best_mark(claim.name)) and _strength(claim.mark) < _strength(best)
    ]
    assert not offenders, _remedy("Weaken the mark, or keep the doubt as an open question", offenders)


def _best_mark(name: str) -> str | None:
    """The strongest mark among the paragraphs that name it (unmarked is weakest); None when none names it."""
    naming = _naming().get(name, [])
    return min((mark for marks in naming for mark in marks), key=_strength, default=MARKS[-1]) if naming else None


@cache
def _naming() -> dict[str, list[list[str]]]:
    """Name → the marks of each paragraph that names it."""
    found: dict[str, list[list[str]]] = {}
    for sheet in SHEETS:
        for entry in entries(sheet):
            for name in entry.get("encoded", ()):
                found.setdefault(name, []).append(entry["marks"])
    return found


def _strength(mark: str) -> int:
    """Smaller is stronger."""
    return MARKS.index(mark)


# ── from the list to the documents ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A document's name here and its text."""
    variable, file = SOURCES[request.param]
    folder = os.environ.get(variable)
    if not folder:
        pytest.skip(
            f"{variable} does not name the folder of {file}: nothing shows that its every line is accounted for"
        )
    return request.param, (Path(folder) / file).read_text("utf-8")


def test_every_line_is_accounted_for(source: tuple[str, str]) -> None:
    """A changed source is read again; until then its old hash stands out here."""
    document, text = source
    taken = paragraphs(text, SHEETS[document]) if document in SHEETS else lines(text)
    wanted = [_key(each) for each in taken]
    listed = [
        (
            each.get("section", ""),
            each["line"],
            each.get("last", each["line"]),
            each["sha"],
            tuple(each.get("marks", ())),
        )
        for each in entries(document)
    ]
    assert [each for each in wanted if each not in listed] == [], "in the document, and not in the list"
    assert [each for each in listed if each not in wanted] == [], "in the list, and not in the document"


def _key(paragraph: Paragraph) -> tuple[str, int, int, str, tuple[str, ...]]:
    section, line, last, text, marks = paragraph
    return section, line, last, hashlib.sha256(text.encode()).hexdigest(), marks


def test_a_sheet_is_taken_apart() -> None:
    """Held here on a sheet of our own, because the true one may be absent."""
    sheet = (
        "# 0. Keys\n- no\n## 0.1 All\n- one (inference)\n## 0.2 Not\n- no\n# 1. First [source-verified]\n\n| head |\n"
        "|---|\n| a [memory; uncertain] |\n```yaml\nx: 1  # (inference of ours)\n- y\n```\n---\n# 5. Not\n- no\n"
    )
    assert [(each.section, each.line, each.last, each.marks) for each in paragraphs(sheet, SHEETS["ecm_sheet"])] == [
        ("0.1", 4, 4, ("inference",)),
        ("1", 9, 9, ("source-verified",)),
        ("1", 11, 11, ("memory", "uncertain")),
        ("1", 12, 15, ("source-verified", "inference")),
    ]


def test_the_other_sheets_are_taken_apart() -> None:
    """Each prints its headings and its marks in its own way."""
    supports = "## 3. Trio\n### 3.1 One\n- a [V:S1]+[M]\n- [x]\n## 10. Not\n- no\n## 12. Open\n- q\n"
    workflow = (
        "A2. Not\n- no\nA3. Who\n1. list [list: source-verified: S0] - rest [memory]\n- RULE: x\n=========\n- no\n"
    )
    exchange = "## 4. Bills\n### 4.1 Rules\n- a [V:G26 p.1][I]\n### 4.2 Not\n- no\n"
    assert [(each.section, each.line, each.marks) for each in _apart("community_supports_sheet", supports)] == [
        ("3.1", 3, ("source-verified", "memory")),
        ("3.1", 4, ()),
        ("12", 8, ("uncertain",)),
    ]
    assert [(each.section, each.line, each.marks) for each in _apart("workflow_sheet", workflow)] == [
        ("A3", 4, ("source-verified", "memory")),
        ("A3", 5, ("design",)),
    ]
    assert [(each.section, each.line, each.marks) for each in _apart("data_exchange_sheet", exchange)] == [
        ("4.1", 3, ("source-verified", "inference")),
    ]


def _apart(sheet: str, text: str) -> list[Paragraph]:
    return list(paragraphs(text, SHEETS[sheet]))


def _remedy(what_to_do: str, offenders: list[str]) -> str:
    return "\n".join([f"{what_to_do}:", *offenders])

"""Cases: a person, a day, and the answers the sheets give. They say nothing of how the policy is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from wholeperson.rules.answers import word
from wholeperson.rules.calendar import as_day
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.limits import limits
from wholeperson.rules.parts import available, conditions
from wholeperson.rules.person import Person
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import read_person
from wholeperson.rules.reading.yaml_lines import read_yaml

COVERED = {"plan": "contra_costa_health_plan", "county": "contra_costa", "from": "2015-01-01", "until": None}


@dataclass(frozen=True, slots=True)
class Example:
    """One case of a file, ready to run."""

    file: str
    name: str
    sheet: str
    on: date
    known_at: date | None
    plan: str | None
    county: str | None
    person: Person
    expect: dict[str, dict[str, Any]]
    overlay: str | None


def read_cases(folder: Path, policy: Policy) -> Iterator[Example]:
    """Every case below a folder."""
    for path in sorted(folder.rglob("*.yaml")):
        data, _ = read_yaml(path.read_text("utf-8"), path.name, anchors=True)
        for written in data:
            if "expect" in written:
                yield _example(written, path.stem, policy, folder.parent / "overlays")


def _example(written: dict[str, Any], file: str, policy: Policy, overlays: Path) -> Example:
    on = as_day(written["on"])
    if on is None:
        raise ValueError(f"{file}: {written['name']}: {written['on']} is not a day")
    person = dict(written["person"])
    person.setdefault("id", "case")
    person.setdefault("coverage", [COVERED])
    if isinstance(person.get("facts"), dict):
        person["facts"] = [
            {"fact": name, "value": value, "source": "referrer"} for name, value in person["facts"].items()
        ]
    expect = {
        name: wanted if isinstance(wanted, dict) else {"answer": wanted} for name, wanted in written["expect"].items()
    }
    return Example(
        file,
        written["name"],
        written["sheet"],
        on,
        as_day(written.get("known_at")),
        written.get("plan"),
        written.get("county"),
        read_person(person, policy, on=on, file=f"{file}: {written['name']}"),
        expect,
        str(overlays / written["policy"]) if "policy" in written else None,
    )


def disappointed(example: Example, policy: Policy) -> list[str]:
    """What of the case did not come out as the sheets say; nothing when all did."""
    laid_over = replace(policy, plans={**policy.plans, **overlay(example.overlay)}) if example.overlay else policy
    case = Case(
        laid_over, example.person, on=example.on, known_at=example.known_at, plan=example.plan, county=example.county
    )
    court = Court(case)
    found = []
    for name, wanted in example.expect.items():
        found += [f"{name}: {each}" for each in _differences(court.decide(name), wanted, court)]
    return found


@lru_cache
def overlay(folder: str) -> dict[str, Any]:
    """The plans of an overlay folder, by id."""
    read = (read_yaml(path.read_text("utf-8"), path.name)[0] for path in sorted(Path(folder).glob("plans/*.yaml")))
    return {plan["id"]: plan for plan in read}


def _differences(decision: Decision, wanted: dict[str, Any], court: Court) -> Iterator[str]:
    held = conditions(decision, court)
    got = {"answer": word(decision.answer), "review": any(each.kind == "review" for each in held)}
    if "available" in wanted:
        got["available"] = word(available(decision.programme, court.case, None, court).answer)
    for key in got.keys() & wanted.keys():
        if got[key] != wanted[key]:
            yield f"{key} is {got[key]}, the sheet says {wanted[key]} (because {', '.join(decision.because)})"
    pairs = {(each.kind, each.with_) for each in held if each.kind != "review"}
    asked = {(each["kind"], each["with"]) for each in wanted.get("conditions", ())}
    if asked - pairs or (wanted.get("conditions") == [] and pairs):
        yield f"conditions are {sorted(pairs)}, the sheet says {sorted(asked)}"
    yield from _limit_differences(decision, wanted.get("limits", ()), court)
    aliases = court.case.policy.aliases
    for name in wanted.get("missing", ()):
        if aliases.get(name, name) not in decision.missing:
            yield f"{name} is not among the missing: {', '.join(decision.missing)}"
    for name in wanted.get("not_missing", ()):
        if aliases.get(name, name) in decision.missing:
            yield f"{name} is among the missing"


def _limit_differences(decision: Decision, wanted: Iterable[dict[str, Any]], court: Court) -> Iterator[str]:
    found = {each.id: each for each in limits(decision.programme, court.case)}
    for asked in wanted:
        limit = found.get(asked["id"])
        if limit is None:
            yield f"there is no limit {asked['id']}: {', '.join(found)}"
            continue
        for key in asked.keys() - {"id"}:
            if getattr(limit, key) != asked[key]:
                yield f"limit {asked['id']}: {key} is {getattr(limit, key)}, the sheet says {asked[key]}"

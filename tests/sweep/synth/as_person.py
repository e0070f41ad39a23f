"""A planted member as a person of the contract, their claims read by hand: what the whole path should make of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from wholeperson.sweep.synth.planting import Planted
from wholeperson.sweep.synth.times import last_complete_day

KEPT_AWAY = {"J06.9", "N39.0", "J45.901"}  # an emergency visit for these could have been avoided
STOPPED = {"J44.1", "I50.9", "J45.901", "J18.9"}  # and a stay for these
LISTS = {"adl_limitation", "nutrition_sensitive_condition"}
UNTIL_TODAY = ("enrolment", "authorizations", "hmis", "corrections", "child_welfare", "ihss", "waiver")


def as_person(planted: Planted, on: date) -> dict[str, Any]:
    person = planted.person
    coverage = person.get("coverage", [{"from": max(date(2015, 1, 1), person["born"])}])
    home = {"plan": "contra_costa_health_plan", "county": "contra_costa", "aid_code": "M1", "until": None}
    return _said(
        {
            "id": "planted",
            "birth_date": person["born"],
            "county": "contra_costa",
            "race_ethnicity": person.get("race_ethnicity", []),
            "coverage": [{**home, **each} for each in coverage],
            "facts": [
                {"fact": name, "source": "referrer", **_fact(name, said)} for name, said in person["facts"].items()
            ],
            "events": [*map(_spell, person["spells"]), *_claimed(person["claims"])],
            "complete": list(_complete(person, on)),
        }
    )


def _fact(name: str, said: Any) -> dict[str, Any]:
    told = dict(said) if isinstance(said, dict) else {"value": said}
    return {**told, "value": told["value"].split(";")} if name in LISTS else told


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_said(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _spell(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name != "until_known"}
    if "on" in told or row.get("until_known") is False:
        return told
    return {"until": None, **told}


def _complete(person: dict[str, Any], on: date) -> Iterator[dict[str, Any]]:
    claims = {
        "source": "claims",
        "from": on.replace(year=on.year - 2, month=9, day=1),
        "through": last_complete_day(on),
    }
    rows = [claims, *({"source": each, "from": date(2012, 1, 1), "through": on} for each in UNTIL_TODAY)]
    own = {each["source"] for each in person["complete"]} | {*person["lacks"]}
    yield from (row for row in rows if row["source"] not in own)
    yield from person["complete"]


def _claimed(claims: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Final action: what was taken back or cancelled is not there, what came twice is there once."""
    standing = [each for each in claims if not (each.get("voided") or each.get("negative"))]
    visits = {each["er"] for each in standing if "er" in each}
    for number, claim in enumerate(standing):
        first, *_ = codes = claim["dx"].split()
        said = {"source": "claims", "id": f"c{number}", "about": _about(first)}
        if "er" in claim or claim.get("er_doctor", min(visits, default=date.max)) not in visits:
            day = claim.get("er", claim.get("er_doctor"))
            if day is not None:
                yield {"event": "emergency_visit", "on": day, "avoidable": True if first in KEPT_AWAY else None, **said}
        yield from _stays(claim, first, said)
        for code in codes:
            yield {"event": "diagnosis", "on": _day(claim), "code": code, "source": "claims", "id": f"c{number}"}
    yield from _pregnancies(standing)


def _stays(claim: dict[str, Any], first: str, said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for word, more in (("stay", {}), ("snf", {"term": "short"}), ("ltc", {"term": "long"})):
        if word in claim:
            begins, ends = claim[word]
            event = "hospital_stay" if word == "stay" else "nursing_facility_stay"
            spell = {"event": event, "from": begins, **({} if claim.get("still") else {"until": ends})}
            avoidable = True if first in STOPPED else None
            yield {**spell, "avoidable": avoidable, "unplanned": not claim.get("elective", False), **more, **said}


def _pregnancies(claims: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One at most for each planted person."""
    days = [_day(each) for each in claims if each["dx"].startswith(("O", "Z34"))]
    ends = [_day(each) for each in claims if "Z37" in each["dx"]]
    if days:
        yield {"event": "pregnancy", "from": min(days), "source": "claims", **({"until": min(ends)} if ends else {})}


def _about(code: str) -> str | None:
    if code.startswith("F1"):
        return "substance_use"
    return "mental_health" if code.startswith(("F2", "F3")) else None


def _day(claim: dict[str, Any]) -> date:
    when = next(claim[word] for word in ("er", "er_doctor", "stay", "snf", "ltc", "visit") if word in claim)
    return when[0] if isinstance(when, list) else when

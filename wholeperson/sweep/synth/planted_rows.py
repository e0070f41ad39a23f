"""Planted members as rows of the same tables that everybody else is in."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.synth import enrolment, lines, spells, statements
from wholeperson.sweep.synth.planted_claims import billed
from wholeperson.sweep.synth.planting import Planted

Row = dict[str, Any]
HOME = ("contra_costa_health_plan", "contra_costa")
COVERED_FROM = date(2015, 1, 1)
LEARNT = timedelta(days=3)  # before the day asked about, unless the person says otherwise


def planted_tables(members: Sequence[Planted], first: int, on: date, policy: Policy) -> tuple[dict[str, pa.Table], str]:
    """A table of each kind, and the rows of complete.csv. ``first`` is the number of the first of them."""
    ids = [member_id(first + place) for place in range(len(members))]
    pairs = list(zip(ids, (each.person for each in members), strict=True))
    plan, county = _home(policy)
    rows = {
        "members": [_member(each, person, county) for each, person in pairs],
        "coverage": [row for each, person in pairs for row in _coverage(each, person, plan, county)],
        "facts": [row for each, person in pairs for row in _facts(each, person, on)],
        "spells": [row for each, person in pairs for row in _spells(each, person, on)],
        "medical_claim": [row for place, pair in enumerate(pairs) for row in billed(*pair, place, on)],
    }
    schemas = {
        "members": enrolment.MEMBERS,
        "coverage": enrolment.COVERAGE,
        "facts": statements.FACTS,
        "spells": spells.SPELLS,
        "medical_claim": lines.MEDICAL_CLAIM,
    }
    tables = {name: pa.Table.from_pylist(listed, schema=schemas[name]) for name, listed in rows.items()}
    return tables, "".join(line for each, person in pairs for line in _complete(each, person))


def member_id(number: int) -> str:
    """As `columns.member_ids` writes it."""
    return f"S{number:08d}"


def _home(policy: Policy) -> tuple[str, str]:
    """Where they live: the same plan and county for all, in a policy without ours the first there is."""
    if HOME[0] in policy.plans:
        return HOME
    plan = min(policy.plans, default=HOME[0])
    return plan, next(iter(policy.plans.get(plan, {}).get("counties", ())), HOME[1])


def _member(member: str, person: Row, county: str) -> Row:
    return {
        "member_id": member,
        "birth_date": person["born"],
        "death_date": person.get("died"),
        "county": county,
        "languages": "en",
        "race_ethnicity": ";".join(person.get("race_ethnicity", ())) or None,
        "sex": person.get("sex", "female"),
    }


def _coverage(member: str, person: Row, plan: str, county: str) -> Iterable[Row]:
    for each in person.get("coverage", [{"from": max(COVERED_FROM, person["born"])}]):
        yield {"member_id": member, "plan": plan, "county": county, "aid_code": "M1", "share_of_cost": "none", **each}


def _facts(member: str, person: Row, on: date) -> Iterable[Row]:
    """A fact is a value, or a value with who said it and when; a list stands for several statements."""
    for fact, said in person["facts"].items():
        for each in said if isinstance(said, list) else [said]:
            told = each if isinstance(each, dict) else {"value": each}
            row = {"member_id": member, "fact": fact, "source": "referrer", "learnt": max(on - LEARNT, person["born"])}
            yield {**row, **told, "value": _cell(told["value"])}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _spells(member: str, person: Row, on: date) -> Iterable[Row]:
    for place, each in enumerate(person["spells"]):
        row = {"member_id": member, "until_known": "true", "id": f"E{member[1:]}{place:02d}", **each}
        if "on" in row:
            row["from"] = row["until"] = row.pop("on")
        row["until_known"] = _cell(row["until_known"] is not False)
        yield {"learnt": min(row["from"], on), **row}


def _complete(member: str, person: Row) -> Iterable[str]:
    """Sources the person lacks, and those that reach otherwise than everybody's."""
    for source in person["lacks"]:
        yield f"{source},,,,{member}\n"
    for each in person["complete"]:
        yield f"{each['source']},{each['from']},{each['through']},{each.get('event', '')},{member}\n"

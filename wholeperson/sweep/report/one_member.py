"""One member of a finished run: the person from the store, and what the run said of them."""

from typing import Any

from wholeperson.rules.person import Person
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.report.files import text
from wholeperson.sweep.run.result import Result
from wholeperson.sweep.store.people import read_people

SAID = ("answer", "available", "because", "missing", "settled_by")


def find_person(result: Result, policy: Policy, member: str) -> tuple[int, Person]:
    """The member's number and everything the store has of them; refused where the run knows no such member."""
    rows = result.duck.rows(f'SELECT "no" FROM members WHERE member_id = {text(member)}').to_pylist()
    if not rows:
        why, do = "nobody of that name was swept", "use a member_id of determinations.parquet"
        raise Refused(Problem("no_such_member", f"{member[:40]} is no member of this run", why, do, Where("MEMBER")))
    number = int(rows[0]["no"])
    return number, next(person for _, person in read_people(result.duck, result.store, policy, number, number))


def said_by_run(result: Result, number: int) -> dict[str, dict[str, Any]]:
    """Programme → what the run said of the member: answer, available, because, missing, settled_by."""
    found = result.duck.rows(f'SELECT * EXCLUDE ("no", member_id) FROM found WHERE "no" = {number}').to_pylist()[0]
    pairs = ", ".join(f"('{programme}', {pattern})" for programme, pattern in found.items())
    rows = result.duck.rows(
        f"""SELECT p.*, v.available FROM (VALUES {pairs}) w(programme, pattern)
        JOIN patterns p USING (programme, pattern)
        LEFT JOIN (SELECT * FROM availabilities
            WHERE key = (SELECT key FROM standing_of WHERE "no" = {number})) v
            ON v.programme = p.programme AND v.mandatory = p.mandatory"""
    )
    return {row["programme"]: {each: row[each] for each in SAID} for row in rows.to_pylist()}


def differences(report: dict[str, Any], said: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Where the reference and the run differ, programme by programme; there should never be any."""
    return [
        {"programme": told["id"], "said": each, "reference": told[each], "run": said[told["id"]][each]}
        for told in report["programmes"]
        if told["id"] in said
        for each in SAID
        if told[each] != said[told["id"]][each]
    ]


def same_store(result: Result) -> bool:
    """Whether the store is still the one the run was made from."""
    return bool(result.told["store_fingerprint"] == result.store.fingerprint)

"""The policy read a second time, straight from its files and by nothing of ours, so that pages can be compared with it.

YAML is read as plain text: no date, no yes and no number is made of anything.
"""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

POLICY = Path(__file__).resolve().parents[3] / "wholeperson" / "policy"
PROGRAMME_FOLDERS = ("populations_of_focus", "community_supports", "justice_involved")
GROUPS = ("all_of", "any_of", "none_of", "of")
# every list of a file that speaks on a guide, by the key it stands under
LISTS = """components activities not_included requirements limits windows milestones automatic_authorization documents
""".split()
INSIDE = (("core_services", "items"), ("discontinuation", "items"), ("providers", "attestations"))


@cache
def document(name: str) -> Any:
    return yaml.load((POLICY / f"{name}.yaml").read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))


@cache
def programmes() -> dict[str, Any]:
    paths = [path for folder in PROGRAMME_FOLDERS for path in sorted((POLICY / folder).glob("*.yaml"))]
    found = [document(f"{path.parent.name}/{path.stem}") for path in paths]
    return {each["id"]: each for each in found}


@cache
def blocks() -> dict[str, Any]:
    found = [document(f"shared/{path.stem}") for path in (POLICY / "shared").glob("*.yaml")]
    return {each["id"]: each for each in found}


@cache
def english() -> dict[str, str]:
    """Everything that any document says, by document and id."""
    found: dict[str, str] = {}
    for path in POLICY.rglob("*.yaml"):
        name = str(path.relative_to(POLICY).with_suffix(""))
        data = document(name)
        if not name.startswith("words/") and isinstance(data, dict):
            owner = data.get("id", name)
            found |= {f"{owner}.{key}": data[key] for key in ("name", "describes") if key in data}
            found |= dict(_speaking(data, owner, ""))
    found |= {f"phrases.{key}": said for key, said in document("words/en")["phrases"].items()}
    return found


def _speaking(node: Any, owner: str, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        own = node.get("id", place)
        if "says" in node:
            yield f"{owner}.{own}", node["says"]
        for key, each in node.items():
            yield from _speaking(each, owner, key)
    elif isinstance(node, list):
        for each in node:
            yield from _speaking(each, owner, place)


@cache
def in_language(lang: str) -> dict[str, str]:
    """The same as it should stand on a page: a translation counts while it is of today's English."""
    if lang == "en":
        return english()
    told = document(f"words/{lang}")
    found = dict(english())
    for key, entry in told["words"].items():
        if key in found and hashlib.sha256(found[key].encode()).hexdigest()[:12] == entry["of"]:
            found[key] = entry["text"]
    return found | {f"phrases.{key}": said for key, said in told["phrases"].items()}


def holds(item: dict[str, Any], on: date) -> bool:
    """A day that hangs on an open question holds by its earliest reading."""
    first, last = (_day(item.get(key)) for key in ("from", "to"))
    return (first or date.min) <= on <= (last or date.max)


def _day(value: Any) -> date | None:
    if isinstance(value, dict):
        return min(
            date.fromisoformat(each) for each in document("parameters")["parameters"][value["parameter"]]["readings"]
        )
    return date.fromisoformat(value) if value else None


def must_say(name: str, on: date) -> set[str]:
    """The keys of all that a guide must say of a program on a day, whatever the plan."""
    data = programmes()[name]
    keys = {f"{name}.name", f"{name}.describes", "phrases.free_and_voluntary"}
    keys |= {f"{name}.{each['id']}" for key in LISTS for each in data.get(key, ()) if holds(each, on)}
    keys |= {f"{name}.{each['id']}" for key, inner in INSIDE for each in data.get(key, {}).get(inner, ())}
    keys |= {f"{name}.{each['id']}" for each in data.get("versions", ())}
    keys |= set(_criteria(data["criteria"], name, on))
    if "mandatory" in data and holds(data["mandatory"], on):
        keys |= set(_criteria(data["mandatory"]["when"], name, on))
    keys |= {f"{name}.{each['id']}" for each in data.get("combinations", ()) if holds(each, on)}
    if "overlaps" in data.get("conditions", {}):
        keys |= {f"ecm_overlaps.{each['id']}" for each in document("overlaps")["rows"] if holds(each, on)}
    keys |= {
        f"follow_ons.{each['id']}"
        for each in document("follow_ons")["follow_ons"]
        if name in each["when"].get("programmes", ())
    }
    keys |= {f"{name}.providers.{each}" for each in data.get("providers", {}).get("types", ())}
    keys |= {f"{name}.at_once.{each}" for each in at_once(name, on)}
    told = ("initial", "renewal", "expedited", "retroactive")
    return keys | {f"{name}.authorization.{key}" for key in told if key in data.get("authorization", {})}


def at_once(name: str, on: date) -> list[str]:
    """The kinds of providers that may begin with a population before the plan decides."""
    streamlined = programmes()[programmes()[name].get("part_of", name)].get("streamlined", {})
    return streamlined.get("provider_types", {}).get(name, []) if holds(streamlined, on) else []


def _criteria(node: dict[str, Any], owner: str, on: date) -> Iterator[str]:
    if not holds(node, on):
        return
    if "use" in node:
        owner, node = node["use"], {**blocks()[node["use"]]["block"]}
        if not holds(node, on):
            return
    if "says" in node:
        yield f"{owner}.{node['id']}"
    for key in GROUPS:
        members = node.get("at_least", {}) if key == "of" and isinstance(node.get("at_least"), dict) else node
        for each in members.get(key, ()) if isinstance(members.get(key), list) else ():
            yield from _criteria(each, owner, on)


@cache
def provider_types() -> set[str]:
    return {each for data in programmes().values() for each in data.get("providers", {}).get("types", ())}


def codes(name: str, on: date) -> set[tuple[str, str, str]]:
    """(code, modifiers, what it is for) of every row in force."""
    data = programmes()[name]
    services = {data.get("part_of", name)} | ({"outreach"} if data.get("group") == "housing" else set())
    with (POLICY / "codes" / "hcpcs.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["code"], row["modifiers"], " ".join(filter(None, [row["label"], row["note"]])))
            for row in csv.DictReader(file)
            if row["service"] in services and holds({"from": row["from"], "to": row["to"]}, on)
        }


def plan(name: str) -> dict[str, Any]:
    """A plan's page with what it takes over from the one it shares."""
    own = document(f"plans/{name}")
    other = document(f"plans/{own['shares_page_with']}") if "shares_page_with" in own else {}
    told = {}
    for key in ("contacts", "channels", "forms"):
        mine = own.get(key, [])
        ids = {each["id"] for each in mine}
        shared = [each for each in other.get(key, []) if each.get("only_here") != "true" and each["id"] not in ids]
        told[key] = [*mine, *shared]
    return {**own, **told}


@cache
def cited() -> frozenset[str]:
    """Every citation of the policy, as it is written."""
    found: set[str] = set()

    def look(node: Any) -> None:
        if isinstance(node, dict):
            found.update(node.get("cites", ()))
            for each in node.values():
                look(each)
        elif isinstance(node, list):
            for each in node:
                look(each)

    for path in POLICY.rglob("*.yaml"):
        look(document(str(path.relative_to(POLICY).with_suffix(""))))
    with (POLICY / "codes" / "hcpcs.csv").open(encoding="utf-8", newline="") as file:
        found |= {row["cite"] for row in csv.DictReader(file)}
    return frozenset(found)

"""What a programme's decision depends on, as one canonical text, and its hash."""

import hashlib
import json
from typing import Any

from wholeperson.rules.reading.library import Policy, Programme

# Words and remarks change no decision.
SILENT = frozenset(
    {
        "says",
        "name",
        "describes",
        "ask",
        "question",
        "settled_by",
        "label",
        "former_names",
        "abbreviations",
        "activities",
        "components",
        "sheet",
        "reviewed",
        "words",
        "printed",
        "contacts",
        "channels",
        "received",
    }
)


Memo = dict[int, Any]


def stamp_versions(policy: Policy) -> None:
    """Give every programme its version, and the policy the hash over all."""
    memo: Memo = {}
    for programme in policy.programmes.values():
        policy.versions[programme.id] = hashlib.sha256(canonical(programme, policy, memo).encode()).hexdigest()
    everything = json.dumps(policy.versions, sort_keys=True, separators=(",", ":"))
    policy.version = hashlib.sha256(everything.encode()).hexdigest()


def canonical(programme: Programme, policy: Policy, memo: Memo | None = None) -> str:
    """The canonical JSON of all a programme draws on: its file, shared blocks, facts, events, codes, open questions.

    ``memo`` spares stripping what many programmes share once for each of them.
    """
    names = _drawn_on(programme, policy)
    by_name = policy.documents.by_name
    kept = {} if memo is None else memo

    def drawn(kind: str, everything: dict[str, Any]) -> dict[str, Any]:
        """Those of a kind that are drawn on, without words."""
        return {key: _once(data, kept) for key, data in everything.items() if f"{kind} {key}" in names}

    parts = {
        "programme": _once(programme.data, kept),
        "programmes": drawn("meets", {each.id: each.data for each in policy.programmes.values()}),
        "shared": {key: _once(by_name[key], kept) for key in by_name if key.startswith("shared/") and key in names},
        "facts": drawn("fact", by_name["facts"]["facts"]),
        "events": drawn("event", by_name["events"]["events"]),
        "parameters": drawn("parameter", policy.parameters),
        "overlaps": _once(by_name["overlaps"], kept) if "overlaps" in names else None,
        "codes": drawn("codes", policy.documents.codes) | _billed(programme, names, policy),
        "counties": _county_days(programme.data.get("live") or {}, policy),
        "grades": policy.grades,
    }
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _once(value: Any, memo: Memo) -> Any:
    if id(value) not in memo:
        memo[id(value)] = _spoken_off(value)
    return memo[id(value)]


def _billed(programme: Programme, names: set[str], policy: Policy) -> dict[str, Any]:
    """The codes under which the programme is billed, where a limit counts them."""
    if "event service" not in names:
        return {}
    return {"hcpcs": [row for row in policy.documents.codes.get("hcpcs", ()) if row["service"] == programme.id]}


def _county_days(live: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """The county's own days, where the programme begins by them."""
    keys = [live[key] for key in ("by_county", "of") if key in live]
    return {name: {key: county.get(key) for key in keys} for name, county in policy.counties.items()} if keys else {}


def _clock(authorization: dict[str, Any], policy: Policy) -> Any:
    """How long a decision may take, where the programme says which clock it is."""
    return (policy.documents.by_name.get("clocks") or {}).get("clocks", {}).get(authorization.get("clock"))


def _drawn_on(programme: Programme, policy: Policy) -> set[str]:
    """Names of everything the programme needs, found by following its words to the end."""
    names: set[str] = set()
    todo: list[Any] = [programme.data, {"parameter": "tolerated_coverage_gap"}]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo += value
        elif isinstance(value, dict):
            todo += [each for each in value.values() if isinstance(each, dict | list)]
            for name, data in _named(value, policy):
                if name not in names:
                    names.add(name)
                    todo.append(data)
    return names


def _named(value: dict[str, Any], policy: Policy) -> list[tuple[str, Any]]:
    by_name = policy.documents.by_name
    facts, events = by_name["facts"]["facts"], by_name["events"]["events"]
    found: list[tuple[str, Any]] = []
    for key, each in value.items():
        if key in ("enrolled_in", "authorized_for"):
            found.append((f"event {key}", events.get(key)))
        elif key == "age":
            found.append(("fact birth_date", facts.get("birth_date")))
        elif key == "program":  # a row of those that may not be had together
            found.append(("event enrolled_in", events.get("enrolled_in")))
        elif key == "days_of":
            found += [(f"event {name}", events.get(name)) for name in each]
        elif key == "codes" and each in policy.programmes:  # a limit that counts what was billed
            found.append(("event service", events.get("service")))
        elif key == "pool" and isinstance(each, dict):
            found += [(f"event {name}", events.get(name)) for name in each]
        elif isinstance(each, str):
            found += _named_by_word(key, each, policy)
    return found


def _named_by_word(key: str, name: str, policy: Policy) -> list[tuple[str, Any]]:
    by_name = policy.documents.by_name
    if key in ("fact", "attested"):
        return [(f"fact {name}", by_name["facts"]["facts"].get(name))]
    if key in ("count", "days", "during", "ended", "into"):
        return [(f"event {name}", by_name["events"]["events"].get(name))]
    if key == "use":
        return [(f"shared/{name}", by_name.get(f"shared/{name}"))]
    if key == "meets" and name in policy.programmes:
        return [(f"meets {name}", policy.programmes[name].data)]
    kinds = {"parameter": f"parameter {name}", "reading": f"parameter {name}", "codes": f"codes {name}"}
    kinds |= dict.fromkeys(("primary", "begins_by", "ends_by"), f"codes {name}")  # of classify
    kinds |= {"aid_codes": "codes aid_codes", "overlaps": "overlaps"}
    data = by_name["overlaps"] if key == "overlaps" else None
    return [(kinds[key], data)] if key in kinds else []


def _spoken_off(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spoken_off(each) for key, each in value.items() if key not in SILENT}
    return [_spoken_off(each) for each in value] if isinstance(value, list) else value

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
    }
)


def stamp_versions(policy: Policy) -> None:
    """Give every programme its version, and the policy the hash over all."""
    for programme in policy.programmes.values():
        policy.versions[programme.id] = hashlib.sha256(canonical(programme, policy).encode()).hexdigest()
    everything = json.dumps(policy.versions, sort_keys=True, separators=(",", ":"))
    policy.version = hashlib.sha256(everything.encode()).hexdigest()


def canonical(programme: Programme, policy: Policy) -> str:
    """The canonical JSON of all a programme draws on: its file, shared blocks, facts, events, codes, open questions."""
    names = _drawn_on(programme, policy)
    by_name = policy.documents.by_name
    parts = {
        "programme": programme.data,
        "shared": {key: by_name[key] for key in by_name if key.startswith("shared/") and key in names},
        "facts": {key: by_name["facts"]["facts"][key] for key in sorted(policy.facts) if f"fact {key}" in names},
        "events": {key: by_name["events"]["events"][key] for key in sorted(policy.events) if f"event {key}" in names},
        "parameters": {key: policy.parameters[key] for key in sorted(policy.parameters) if f"parameter {key}" in names},
        "overlaps": by_name["overlaps"] if "overlaps" in names else None,
        "codes": {
            key: policy.documents.codes[key] for key in sorted(policy.documents.codes) if f"codes {key}" in names
        },
        "grades": policy.grades,
    }
    return json.dumps(_spoken_off(parts), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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
    found: list[tuple[str, Any]] = []
    for key, each in value.items():
        if key in ("fact", "attested", "birth_date"):
            found.append((f"fact {each}", by_name["facts"]["facts"].get(each)))
        elif key in ("count", "days", "during", "ended", "into"):
            found.append((f"event {each}", by_name["events"]["events"].get(each)))
        elif key == "pool" and isinstance(each, dict):
            found += [(f"event {name}", by_name["events"]["events"].get(name)) for name in each]
        elif key in ("enrolled_in", "authorized_for"):
            found.append((f"event {key}", by_name["events"]["events"].get(key)))
        elif key == "use":
            found.append((f"shared/{each}", by_name.get(f"shared/{each}")))
        elif key in ("parameter", "reading"):
            found.append((f"parameter {each}", None))
        elif key == "codes" and isinstance(each, str):
            found.append((f"codes {each}", None))
        elif key == "aid_codes":
            found.append(("codes aid_codes", None))
        elif key == "meets":
            found.append((f"meets {each}", policy.programmes[each].data))
        elif key == "overlaps" and isinstance(each, str):
            found.append(("overlaps", by_name["overlaps"]))
    return found


def _spoken_off(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spoken_off(each) for key, each in value.items() if key not in SILENT}
    return [_spoken_off(each) for each in value] if isinstance(value, list) else value

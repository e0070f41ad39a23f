"""What the policy's documents list by name, so that a check can ask whether a name is known.

Documents may still be broken when this is made: what is not a mapping lists nothing, and its own check says so.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from wholeperson.rules.reading.files import PROGRAMME_FOLDERS, Documents

# Programmes of the contract that the policy does not hold yet may already be named in an authorization.
FORTHCOMING = (
    "cs.htns", "cs.housing_deposits", "cs.htss", "cs.transitional_rent", "cs.recuperative_care", "cs.stphh",
    "cs.respite", "cs.pchs", "cs.day_habilitation", "cs.alf_transitions", "cs.chts", "cs.eaa", "cs.mtm_msf",
    "cs.sobering_center", "cs.asthma_remediation", "ji.pre_release_adult", "ji.pre_release_youth", "ji.caa_5121",
)  # fmt: skip

# Whose documents say something to people.
SPEAKING = (*PROGRAMME_FOLDERS, "shared", "overlaps", "clocks", "holidays", "screener")

Named = dict[str, dict[str, Any]]


class Listed:
    """Names and their definitions, over all documents."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.facts = self._named("facts")
        self.events = self._named("events")
        self.parameters = self._named("parameters")
        self.sources = self._named("sources")
        self.counties = self._named("counties")
        self.programmes = self._by_id(*PROGRAMME_FOLDERS)
        self.blocks = self._by_id("shared")
        self.plans = self._by_id("plans")
        types = mapping(documents.by_name.get("events")).get("attribute_types")
        self.types = {name: values for name, values in mapping(types).items() if isinstance(values, list)}

    @property
    def authorizable(self) -> tuple[str, ...]:
        """Programmes that may be authorized, written or not."""
        return (*self.programmes, *FORTHCOMING)

    @cached_property
    def aid_groups(self) -> set[str]:
        """What the aid codes are grouped by."""
        return {row["group"] for row in self.documents.codes.get("aid_codes", ()) if "group" in row}

    @cached_property
    def sentences(self) -> frozenset[str]:
        """The key of everything the policy says: questions, names, descriptions, criteria and lists."""
        found = {f"fact.{name}" for name in self.facts}
        for document, data in self.documents.by_name.items():
            if document.partition("/")[0] in SPEAKING and isinstance(data, dict) and isinstance(data.get("id"), str):
                found |= {f"{data['id']}.{key}" for key in ("name", "describes") if key in data}
                found |= {f"{data['id']}.{name}" for name in _speaking(data, "")}
        return frozenset(found)

    def readings(self, value: Any) -> list[Any]:
        """The value, or every reading of the open question it names."""
        if isinstance(value, dict) and set(value) == {"parameter"}:
            name = value["parameter"]
            found = self.parameters.get(name, {}).get("readings") if isinstance(name, str) else None
            return found if isinstance(found, list) else []
        return [value]

    def settled(self, value: Any) -> Any:
        """The value, or the default of the open question it names."""
        if isinstance(value, dict) and set(value) == {"parameter"}:
            name = value["parameter"]
            return self.parameters.get(name, {}).get("default") if isinstance(name, str) else None
        return value

    def _named(self, document: str) -> Named:
        found = mapping(mapping(self.documents.by_name.get(document)).get(document))
        return {name: mapping(data) for name, data in found.items()}

    def _by_id(self, *folders: str) -> Named:
        inside = [data for folder in folders for data in self.documents.inside(folder).values()]
        return {data["id"]: data for data in inside if isinstance(data, dict) and isinstance(data.get("id"), str)}


def _speaking(node: Any, place: str) -> Iterator[str]:
    """The ids of what speaks; what has none goes by the key it stands under."""
    if isinstance(node, dict):
        if "says" in node:
            yield str(node.get("id", place))
        for key, each in node.items():
            yield from _speaking(each, key)
    elif isinstance(node, list):
        for each in node:
            yield from _speaking(each, place)


def mapping(value: Any) -> dict[str, Any]:
    """The value when it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """The value when it is a list, else an empty one."""
    return value if isinstance(value, list) else []

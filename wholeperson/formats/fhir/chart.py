"""One bundle as its readers see it: its entries, whom it is about, and what could not be mapped."""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from wholeperson.formats.fhir.elements import JsonObject, NotMapped, an_id, an_object, objects, text

SHOWN = 5  # more than this many alike are shown as the first one and a count
_TYPE_BEFORE_ID = re.compile(r"(?:^|/)([A-Z][A-Za-z]{1,40})[/?]")
MEMBER_SIDE = ("Patient", "RelatedPerson")
CARE_SIDE = ("Practitioner", "PractitionerRole", "Organization", "CareTeam")


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    type: str
    resource: JsonObject
    full_url: str = ""

    @property
    def name(self) -> str:
        """How other resources call this one, "Condition/123"; the place in the bundle where it has no id."""
        own = an_id(self.resource.get("id"))
        return f"{self.type}/{own}" if own else self.path


class Unmapped:
    """What was left out and why, in the order it was met, with many of a kind said once."""

    def __init__(self) -> None:
        self._paths: dict[str, list[str]] = {}
        self._once: set[str] = set()

    def note(self, path: str, reason: str, *, once: bool = False) -> None:
        self._paths.setdefault(reason, []).append(path)
        if once:
            self._once.add(reason)

    def listed(self) -> list[dict[str, str]]:
        return [row for reason, paths in self._paths.items() for row in self._rows(reason, paths)]

    def _rows(self, reason: str, paths: list[str]) -> Iterator[dict[str, str]]:
        if len(paths) > (1 if reason in self._once else SHOWN):
            yield {"path": paths[0], "reason": f"{reason} (the first of {len(paths)})"}
        else:
            yield from ({"path": path, "reason": reason} for path in paths)


@dataclass(slots=True)
class Chart:
    patient: Entry
    entries: list[Entry]
    known_facts: Container[str] | None = None
    fits: Callable[[str, object], bool] | None = None
    county: str | None = None
    event_source: str = "clinician"
    unmapped: Unmapped = field(default_factory=Unmapped)
    _places: dict[str, Entry] = field(default_factory=dict)
    _identifiers: frozenset[tuple[str, str]] = frozenset()
    _names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._places.setdefault(entry.name, entry)
            if entry.full_url:
                self._places.setdefault(entry.full_url, entry)
        listed = objects(self.patient.resource.get("identifier"))
        self._identifiers = frozenset((text(one.get("system")), text(one.get("value"))) for one in listed)
        self._names = frozenset(_names_of(self.patient, self._identifiers))

    def find(self, reference: object) -> Entry | None:
        place = text(an_object(reference).get("reference")).partition("/_history/")[0]
        return self._places.get(place)

    def type_of(self, reference: object) -> str:
        """What kind of thing a reference points to, found or not."""
        found = self.find(reference)
        if found:
            return found.type
        told = _TYPE_BEFORE_ID.search(text(an_object(reference).get("reference")))
        return told[1] if told else text(an_object(reference).get("type"))

    def must_be_about_the_member(self, reference: object) -> None:
        """A bundle may hold a mother's or a donor's record too; those facts are not this member's."""
        if reference is not None and not self._is_the_member(reference):
            raise NotMapped("is about somebody else, or does not say whom it is about")

    def _is_the_member(self, reference: object) -> bool:
        if not isinstance(reference, dict):
            return False
        place = text(reference.get("reference")).partition("/_history/")[0]
        if place:
            return place in self._names or place.endswith(f"/{self.patient.name}")
        named = an_object(reference.get("identifier"))
        return not named or (text(named.get("system")), text(named.get("value"))) in self._identifiers

    def takes(self, name: str, value: object, path: str) -> bool:
        """Whether the policy has this fact and the value suits it; where not, it would be refused as a mistake."""
        if self.known_facts is not None and name not in self.known_facts:
            self.unmapped.note(path, f"the policy has no fact {name}")
            return False
        if self.fits is not None and not self.fits(name, value):
            self.unmapped.note(path, f"the answer does not suit the fact {name}")
            return False
        return True


def _names_of(patient: Entry, identifiers: frozenset[tuple[str, str]]) -> Iterator[str]:
    own = an_id(patient.resource.get("id"))
    yield from filter(None, (patient.full_url, own and f"Patient/{own}", own and f"urn:uuid:{own}"))
    yield from (f"Patient?identifier={system}|{value}" for system, value in identifiers)

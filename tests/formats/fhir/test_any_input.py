"""Whatever JSON comes in: a reading, or a refusal that explains itself. Never an error of Python's."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.anywhere import places, put
from tests.formats.fhir.bundles import (
    ICD_10_CM,
    SNOMED,
    bundle,
    concept,
    condition,
    coverage,
    encounter,
    item,
    observation,
    patient,
    response,
)
from wholeperson.formats.fhir import FhirReading, NotABundle, read_bundle

FACTS = {"fleeing_violence", "lacks_access_to_food", "aces_score"}
WORDS = [
    "Bundle",
    "\ud800",
    "Patient",
    "2026-05-02",
    "9999-12-31",
    "0000-00-00",
    "2026",
    "Patient/rosa",
    "F20.9",
    "71802-3",
    "",
]
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS)
KEYS = st.sampled_from(["resourceType", "resource", "entry", "coding", "code", "period", "item", "answer", "reference"])
ANY_JSON = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inside, max_size=3),
    max_leaves=12,
)

WHO = patient(
    identifier=[{"system": "urn:example", "value": "1"}],
    address=[{"district": "Kern", "state": "CA"}],
    communication=[{"language": concept("urn:ietf:bcp:47", "es")}],
    extension=[{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race", "extension": []}],
)
REAL_LOOKING = bundle(
    encounter(
        "IMP", reasonCode=[concept(ICD_10_CM, "F20.9")], diagnosis=[{"condition": {"reference": "Condition/c1"}}]
    ),
    condition(SNOMED, "77386006", onsetDateTime="2026-01-10", asserter={"reference": "Patient/rosa"}),
    observation("71802-3", "LA30190-5", component=[{"code": concept("", "88122-7")}]),
    coverage("Medi-Cal", type={"text": "Medicaid"}),
    response(item("fleeing_violence", valueBoolean=True), source={"reference": "Patient/rosa"}),
    {"resourceType": "Claim", "contained": [coverage("Humana")]},
    who=WHO,
)


PLACES = list(places(REAL_LOOKING))


def reads_or_refuses(tree: Any) -> None:
    reading = read_or_refusal(tree)
    if isinstance(reading, NotABundle):
        assert all((reading.problem, reading.why, reading.do, reading.path))
    else:
        is_well_made(reading)


def read_or_refusal(tree: Any) -> FhirReading | NotABundle:
    try:
        return read_bundle(tree, FACTS)
    except NotABundle as refused:
        return refused


def is_well_made(reading: FhirReading) -> None:
    json.dumps([reading.person, reading.not_mapped], ensure_ascii=False).encode()  # a lone surrogate cannot be written
    assert all(set(row) == {"path", "reason"} for row in reading.not_mapped)
    for key in ("coverage", "facts", "events"):
        for row in reading.person[key]:
            assert row.get("on") or row["from"]
            assert not row.get("until") or row["from"] <= row["until"]


@given(ANY_JSON)
def test_any_json(tree: Any) -> None:
    reads_or_refuses(tree)


@given(st.lists(ANY_JSON, max_size=4))
def test_any_resources_beside_a_patient(resources: list[Any]) -> None:
    reads_or_refuses(bundle(*resources))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANY_JSON), min_size=1, max_size=4))
def test_a_bundle_with_anything_anywhere(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    tree = copy.deepcopy(REAL_LOOKING)
    for place, value in changes:
        put(tree, place, value)
    reads_or_refuses(tree)


def test_each_element_may_be_missing() -> None:
    for place in PLACES:
        tree = copy.deepcopy(REAL_LOOKING)
        holder = tree
        for key in place[:-1]:
            holder = holder[key]
        del holder[place[-1]]
        reads_or_refuses(tree)


def test_a_deep_questionnaire_is_no_danger() -> None:
    deep: dict[str, Any] = item("fleeing_violence", valueBoolean=True)
    for _ in range(3_000):
        deep = {"item": [deep]}
    reads_or_refuses(bundle(response(deep)))


def test_the_whole_one_is_read() -> None:
    reading = read_bundle(REAL_LOOKING, FACTS)
    assert [len(reading.person[key]) for key in ("coverage", "facts", "events")] == [1, 1, 3]

"""A FHIR R4 Bundle, read as plain JSON, becomes one person and a list of what could not be mapped."""

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass

from wholeperson.formats.fhir import patient, screening
from wholeperson.formats.fhir.chart import Chart, Entry
from wholeperson.formats.fhir.condition import read_condition
from wholeperson.formats.fhir.coverage import contained_coverages, read_coverage
from wholeperson.formats.fhir.elements import NotMapped, Row
from wholeperson.formats.fhir.encounter import read_encounter
from wholeperson.formats.fhir.observation import read_observation
from wholeperson.formats.fhir.opening import open_chart
from wholeperson.formats.fhir.questionnaire import read_questionnaire_response
from wholeperson.formats.fhir.screening import Answered

SCHEMA = "wholeperson/person@1"
PAID_UNDER = ("Claim", "ExplanationOfBenefit")  # themselves not used; they carry the coverage they were paid under


@dataclass(frozen=True, slots=True)
class FhirReading:
    person: dict[str, object]
    not_mapped: list[dict[str, str]]


class _Found:
    """What the resources of a bundle have yielded so far."""

    def __init__(self) -> None:
        self.coverage: list[Row] = []
        self.events: list[Row] = []
        self.answers: list[Answered] = []
        self.unused: Counter[str] = Counter()


def read_bundle(
    bundle: dict[str, object],
    known_facts: Container[str] | None = None,
    fits: Callable[[str, object], bool] | None = None,
) -> FhirReading:
    """Never fails on what is inside: a resource that cannot be read is listed in `not_mapped` with its reason.

    With `known_facts`, only facts of these names are made, and questionnaire items may be named after them; without,
    no questionnaire item is a fact. `fits(fact, value)` says whether a value suits its fact; what does not is left out.
    """
    chart = open_chart(bundle)
    chart.known_facts, chart.fits = known_facts, fits
    person = patient.read_patient(chart)
    found = _Found()
    for entry in chart.entries:
        try:
            _read(entry, chart, found)
        except NotMapped as left_out:
            chart.unmapped.note(entry.path, left_out.reason, once=left_out.once)
    for kind, count in found.unused.items():
        chart.unmapped.note(f"Bundle.entry[*].resource:{kind}", f"{count} not used by any rule")
    return FhirReading({"schema": SCHEMA, **person, **_lists(found)}, chart.unmapped.listed())


def _lists(found: _Found) -> dict[str, object]:
    coverage = list({tuple(row.items()): row for row in found.coverage}.values())  # claims repeat what they carry
    facts = list(screening.facts_of(found.answers))
    return {"coverage": coverage, "facts": facts, "events": found.events, "complete": []}


def _read(entry: Entry, chart: Chart, found: _Found) -> None:
    match entry.type:
        case "Patient":
            return
        case "Coverage":
            found.coverage.append(read_coverage(entry, chart))
        case "Encounter":
            found.events.append(read_encounter(entry, chart))
        case "Condition":
            found.events += read_condition(entry, chart)
        case "Observation":
            found.answers += read_observation(entry, chart)
        case "QuestionnaireResponse":
            found.answers += read_questionnaire_response(entry, chart)
        case _:
            _leave_out(entry, chart, found)


def _leave_out(entry: Entry, chart: Chart, found: _Found) -> None:
    found.unused[entry.type] += 1
    if entry.type not in PAID_UNDER:
        return
    for inside in contained_coverages(entry):
        try:
            found.coverage.append(read_coverage(inside, chart))
        except NotMapped as left_out:
            chart.unmapped.note(inside.path, left_out.reason, once=left_out.once)

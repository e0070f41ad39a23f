"""Small bundles about invented people, built from the parts a test cares for."""

from typing import Any

from wholeperson.formats.fhir import FhirReading, read_bundle

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
MEMBER = {"reference": "Patient/rosa"}

Resource = dict[str, Any]


def patient(**more: Any) -> Resource:
    return {"resourceType": "Patient", "id": "rosa", "birthDate": "1990-02-28", **more}


def bundle(*resources: Any, who: Resource | None = None, **more: Any) -> dict[str, Any]:
    entries = [{"resource": each} for each in (who or patient(), *resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}


def read(*resources: Any, facts: Any = None, **more: Any) -> FhirReading:
    return read_bundle(bundle(*resources, **more), known_facts=facts)


def concept(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def encounter(kind: str = "EMER", start: str = "2026-03-01T22:15:00-08:00", **more: Any) -> Resource:
    made = {"resourceType": "Encounter", "id": "v1", "status": "finished", "class": {"system": ACT, "code": kind}}
    return {**made, "subject": MEMBER, "period": {"start": start, "end": start}, **more}


def condition(system: str, code: str, /, **more: Any) -> Resource:
    made = {"resourceType": "Condition", "id": "c1", "subject": MEMBER, "code": concept(system, code)}
    return {**made, "verificationStatus": concept("", "confirmed"), "clinicalStatus": concept("", "active"), **more}


def observation(question: str, answer: str, on: str = "2026-05-02", /, **more: Any) -> Resource:
    made = {"resourceType": "Observation", "status": "final", "subject": MEMBER, "effectiveDateTime": on}
    return {**made, "code": concept(LOINC, question), "valueCodeableConcept": concept(LOINC, answer), **more}


def response(*items: Any, on: str = "2026-05-02T10:00:00-07:00", **more: Any) -> Resource:
    made = {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": MEMBER, "authored": on}
    return {**made, "item": list(items), **more}


def item(link: str, /, **value: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": [value]}


def coverage(payor: str = "Medi-Cal", **more: Any) -> Resource:
    made = {"resourceType": "Coverage", "id": "k1", "status": "active", "beneficiary": MEMBER}
    return {**made, "payor": [{"display": payor}], "period": {"start": "2026-01-01"}, **more}


def reasons(reading: FhirReading) -> list[str]:
    return [row["reason"] for row in reading.not_mapped]


def rows(reading: FhirReading, key: str) -> list[dict[str, Any]]:
    found = reading.person[key]
    assert isinstance(found, list)
    return found

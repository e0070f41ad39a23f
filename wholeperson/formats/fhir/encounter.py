"""Encounters: emergency visits, hospital stays and nursing facility stays. Other visits are counted by no rule.

Their source is `clinician`, for a bundle is a clinical record; a bundle of type `message` is an admission alert, and
its source is `adt`. An observation stay is no admission. A stay in hospice is left out: whether somebody is enrolled in
hospice decides much, and a visit does not prove it. Days are those written, by the record's own offset.
"""

from collections.abc import Iterator

from wholeperson.formats.fhir.chart import Chart, Entry
from wholeperson.formats.fhir.condition import must_be_confirmed
from wholeperson.formats.fhir.diagnoses import icd10_of, what_about
from wholeperson.formats.fhir.elements import JsonObject, NotMapped, Row, an_object, code, codes, day, objects

EVENT_OF_CLASS = {
    "EMER": "emergency_visit",
    "IMP": "hospital_stay",
    "ACUTE": "hospital_stay",
    "NONAC": "hospital_stay",
    "SNF": "nursing_facility_stay",
}
# SNOMED CT: long-term care, skilled nursing facility, nursing home
NURSING_ADMISSIONS = {"304567001", "449411000124106", "449421000124103"}
HOSPICE_ADMISSIONS = {"305336008", "183921001", "183919006"}  # hospice, hospice for respite, urgent to hospice
EMERGENCY_ADMISSIONS = {"183452005", "183478001"}  # to hospital, to hospital for asthma


def read_encounter(entry: Entry, chart: Chart) -> Row:
    resource = entry.resource
    event = _event(resource)
    chart.must_be_about_the_member(resource.get("subject"))
    status = resource.get("status")
    if status not in ("finished", "in-progress"):
        raise NotMapped("a visit that is neither finished nor under way")
    about = what_about(_reasons(resource, chart))
    seen: Row = {"avoidable": None, "about": about, "source": chart.event_source, "id": entry.name}
    if event == "emergency_visit":
        return {"event": event, "on": _first_day(resource), **seen}
    term: Row = {"term": None} if event == "nursing_facility_stay" else {}
    return {"event": event, **_stay(entry, chart), "unplanned": _unplanned(resource), **term, **seen}


def _event(resource: JsonObject) -> str:
    kind = code(an_object(resource.get("class")).get("code"))
    types = set(_types(resource))
    if types & HOSPICE_ADMISSIONS:
        raise NotMapped("a stay in hospice; whether somebody is enrolled there has to be asked")
    if types & NURSING_ADMISSIONS:
        return "nursing_facility_stay"
    if kind not in EVENT_OF_CLASS:
        raise NotMapped(f"a visit of a class that no rule counts: {kind}" if kind else "a visit without its class")
    return EVENT_OF_CLASS[kind]


def _types(resource: JsonObject) -> Iterator[str]:
    for concept in objects(resource.get("type")):
        yield from codes(concept)


def _first_day(resource: JsonObject) -> str:
    since = day(an_object(resource.get("period")).get("start"))
    if since is None:
        raise NotMapped("a visit without its first day")
    return since


def _stay(entry: Entry, chart: Chart) -> Row:
    """From the first day until the last; until null while it lasts; without `until` where the end cannot be read."""
    since, period = _first_day(entry.resource), an_object(entry.resource.get("period"))
    until = day(period.get("end"))
    if until is not None and until < since:
        raise NotMapped("a period that ends before it begins")
    if until is None and (entry.resource.get("status") == "finished" or "end" in period):
        chart.unmapped.note(f"{entry.path}.period.end", "a stay whose last day we cannot read: kept without it")
        return {"from": since}
    return {"from": since, "until": until}


def _unplanned(resource: JsonObject) -> bool | None:
    """True or false where the record says how somebody came in; None where it does not, or says both."""
    priority = set(codes(resource.get("priority")))
    source = set(codes(an_object(resource.get("hospitalization")).get("admitSource")))
    unplanned = bool(priority & {"EM", "UR"} or "emd" in source or EMERGENCY_ADMISSIONS.intersection(_types(resource)))
    return None if unplanned == ("EL" in priority) else unplanned


def _reasons(resource: JsonObject, chart: Chart) -> Iterator[str]:
    """ICD-10-CM codes of the reasons given, then of the conditions the visit points to."""
    for concept in objects(resource.get("reasonCode")):
        yield icd10_of(concept)
    linked = [*objects(resource.get("reasonReference"))]
    linked += [an_object(one.get("condition")) for one in objects(resource.get("diagnosis"))]
    for found in map(chart.find, linked):
        if found and found.type == "Condition" and _is_confirmed(found.resource):
            yield icd10_of(found.resource.get("code"))


def _is_confirmed(resource: JsonObject) -> bool:
    try:
        must_be_confirmed(resource)
    except NotMapped:
        return False
    return True

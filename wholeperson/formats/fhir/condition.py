"""Conditions: a diagnosis, and a pregnancy where the code says that somebody is pregnant."""

from wholeperson.formats.fhir.chart import MEMBER_SIDE, Chart, Entry
from wholeperson.formats.fhir.diagnoses import icd10_of, is_pregnancy, passes
from wholeperson.formats.fhir.elements import JsonObject, NotMapped, Row, days_after, first_code, first_day

OVER = ("inactive", "remission", "resolved")
LONGEST_PREGNANCY = 294  # 42 weeks; a record that nobody closed must not leave somebody pregnant for years
_ABATEMENT = ("abatementDateTime", "abatementPeriod.end")
_ABATED_SOMEHOW = ("abatementDateTime", "abatementPeriod", "abatementAge", "abatementRange", "abatementString")


def read_condition(entry: Entry, chart: Chart) -> list[Row]:
    chart.must_be_about_the_member(entry.resource.get("subject"))
    must_be_confirmed(entry.resource)
    icd10 = icd10_of(entry.resource.get("code"))
    if not icd10:
        raise NotMapped("a condition whose code no rule asks for, or that ICD-10-CM cannot say without a guess")
    source = "member" if chart.type_of(entry.resource.get("asserter")) in MEMBER_SIDE else "clinician"
    when = _when(entry.resource)
    seen = {"on": when["from"]} if "from" in when and when["until"] is None and passes(icd10) else when
    events: list[Row] = [{"event": "diagnosis", **seen, "code": icd10, "source": source, "id": entry.name}]
    if is_pregnancy(icd10):
        events.append({"event": "pregnancy", **_spell(when), "source": source, "id": f"{entry.name}#pregnancy"})
    return events


def must_be_confirmed(resource: JsonObject) -> None:
    if "verificationStatus" in resource and first_code(resource["verificationStatus"]) != "confirmed":
        raise NotMapped("a condition that is suspected, refuted or entered in error")


def _when(resource: JsonObject) -> Row:
    """From onset to abatement. Known to be over but not since when: the one day we know of."""
    since = first_day(resource, "onsetDateTime", "onsetPeriod.start", "recordedDate")
    if since is None:
        raise NotMapped("a condition without a day of onset or record")
    until = first_day(resource, *_ABATEMENT)
    if until is not None and until < since:
        raise NotMapped("a period that ends before it begins")
    is_over = first_code(resource.get("clinicalStatus")) in OVER or any(name in resource for name in _ABATED_SOMEHOW)
    if until is None and is_over:
        return {"on": since}
    return {"from": since, "until": until}


def _spell(when: Row) -> Row:
    if "on" in when:
        return {"from": when["on"]}  # an end that is left out is one that nobody told us
    latest = days_after(str(when["from"]), LONGEST_PREGNANCY)
    return {"from": when["from"], "until": min(str(when["until"] or latest), latest)}

"""Who the bundle is about: the keys of a person that stand outside facts and events. Never a name or an address."""

import re

from wholeperson.formats.fhir.chart import Chart, Entry
from wholeperson.formats.fhir.elements import JsonObject, Row, an_id, an_object, codings, day, objects, text

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_EXTENSIONS = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
_CALIFORNIA = {"", "ca", "california", "us-ca"}  # an address that names no state is taken at its county's word

RACE_ETHNICITY = {  # the five races and two ethnicities of the federal standard, and "other"
    "1002-5": "american_indian_or_alaska_native",
    "2028-9": "asian",
    "2054-5": "black_or_african_american",
    "2076-8": "native_hawaiian_or_other_pacific_islander",
    "2106-3": "white",
    "2131-1": "other_race",
    "2135-2": "hispanic_or_latino",
    "2186-5": "not_hispanic_or_latino",
}

COUNTIES = frozenset(
    """alameda alpine amador butte calaveras colusa contra_costa del_norte el_dorado fresno glenn humboldt imperial inyo
    kern kings lake lassen los_angeles madera marin mariposa mendocino merced modoc mono monterey napa nevada orange
    placer plumas riverside sacramento san_benito san_bernardino san_diego san_francisco san_joaquin san_luis_obispo
    san_mateo
    santa_barbara santa_clara santa_cruz shasta sierra siskiyou solano sonoma stanislaus sutter tehama trinity tulare
    tuolumne ventura yolo yuba""".split()
)


def read_patient(chart: Chart) -> Row:
    """The keys this resource can fill; what it does not say is left out."""
    resource = chart.patient.resource
    _note_death(chart)
    person: Row = {"id": _person_id(chart.patient), "birth_date": birth_date(resource)}
    chart.county = county(resource)
    if chart.county:
        person["county"] = chart.county
    return person | {"languages": _languages(chart), "race_ethnicity": _race_ethnicity(chart)}


def birth_date(resource: JsonObject) -> str | None:
    return day(resource.get("birthDate"))


def _person_id(patient: Entry) -> str:
    """The resource's own id, else the end of its URL; never a record number or a name."""
    return an_id(patient.resource.get("id")) or an_id(re.split("[/:]", patient.full_url)[-1]) or "patient"


def _note_death(chart: Chart) -> None:
    for element in ("deceasedBoolean", "deceasedDateTime"):
        if chart.patient.resource.get(element):
            chart.unmapped.note(f"{chart.patient.path}.{element}", "no rule asks whether somebody has died")


def county(resource: JsonObject) -> str | None:
    """The first present address that lies in a county of California."""
    for address in objects(resource.get("address")):
        district = text(address.get("district")).lower().strip().removesuffix("county").strip()
        name = re.sub(r"[\s_-]+", "_", district)
        here = text(address.get("state")).lower().strip() in _CALIFORNIA
        if here and address.get("use") != "old" and name in COUNTIES:
            return name
    return None


def _languages(chart: Chart) -> list[str]:
    """BCP 47 codes, the preferred language first."""
    spoken = objects(chart.patient.resource.get("communication"))
    found: list[str] = []
    for entry in sorted(spoken, key=lambda one: one.get("preferred") is not True):
        tags = [coding.code for coding in codings(entry.get("language")) if _LANGUAGE.fullmatch(coding.code)]
        if not tags:
            chart.unmapped.note(f"{chart.patient.path}.communication", "a language without a BCP 47 code")
        found += [tag for tag in tags[:1] if tag not in found]
    return found


def _race_ethnicity(chart: Chart) -> list[str]:
    found: list[str] = []
    for extension in objects(chart.patient.resource.get("extension")):
        if text(extension.get("url")).removeprefix(_EXTENSIONS) in ("race", "ethnicity"):
            words = [RACE_ETHNICITY[told] for told in _categories(extension) if told in RACE_ETHNICITY]
            if not words:
                chart.unmapped.note(f"{chart.patient.path}.extension", "race or ethnicity without a category we know")
            found += [word for word in words if word not in found]
    return found


def _categories(extension: JsonObject) -> list[str]:
    parts = [part for part in objects(extension.get("extension")) if part.get("url") == "ombCategory"]
    return [text(an_object(part.get("valueCoding")).get("code")) for part in parts]

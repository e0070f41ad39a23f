"""What makes a bundle one we can read: a list of resources about exactly one person whose date of birth is known."""

from collections.abc import Iterator

from wholeperson.formats.fhir.chart import Chart, Entry, Unmapped
from wholeperson.formats.fhir.elements import JsonObject, code, text
from wholeperson.formats.fhir.patient import birth_date


class NotABundle(Exception):
    """What we were given is no bundle about one person; nothing of it was read."""

    def __init__(self, problem: str, why: str, do: str, path: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.why = why
        self.do = do
        self.path = path


def open_chart(bundle: object) -> Chart:
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise NotABundle(
            "this is not a FHIR Bundle",
            'its "resourceType" is not "Bundle", so we cannot tell what it holds',
            "send the whole record as one Bundle, for example what Patient/$everything returns",
            "resourceType",
        )
    unmapped = Unmapped()
    entries = list(_entries(bundle, unmapped))
    source = "adt" if bundle.get("type") == "message" else "clinician"
    return Chart(_the_patient(entries), entries, event_source=source, unmapped=unmapped)


def _entries(bundle: JsonObject, unmapped: Unmapped) -> Iterator[Entry]:
    listed = bundle.get("entry", [])
    if not isinstance(listed, list):
        raise NotABundle(
            'the bundle\'s "entry" is not a list',
            "the resources of a bundle stand in this list",
            "send the bundle as the FHIR server wrote it",
            "Bundle.entry",
        )
    for place, item in enumerate(listed):
        path = f"Bundle.entry[{place}]"
        resource = item.get("resource") if isinstance(item, dict) else None
        kind = code(resource.get("resourceType")) if isinstance(resource, dict) else ""
        if not isinstance(resource, dict):
            unmapped.note(path, "an entry without a resource")
        elif not kind.isalpha():
            unmapped.note(f"{path}.resource", "a resource that does not say its type")
        else:
            yield Entry(f"{path}.resource", kind, resource, text(item.get("fullUrl")))


def _the_patient(entries: list[Entry]) -> Entry:
    found = [entry for entry in entries if entry.type == "Patient"]
    if len(found) != 1:
        raise NotABundle(
            "the bundle has no Patient" if not found else f"the bundle has {len(found)} Patients",
            "we answer for one person at a time, and must know their date of birth",
            "send one bundle per person, with their Patient resource in it",
            "Bundle.entry" if not found else found[1].path,
        )
    if birth_date(found[0].resource) is None:
        raise NotABundle(
            "the Patient has no usable date of birth",
            "nearly every rule depends on age, and a year or a month alone is not enough",
            "add birthDate as YYYY-MM-DD to the Patient",
            f"{found[0].path}.birthDate",
        )
    return found[0]

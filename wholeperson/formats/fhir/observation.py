"""Observations: a screening's answers become facts of the day it was taken. Measurements are not used by any rule."""

from collections.abc import Iterator

from wholeperson.formats.fhir import screening
from wholeperson.formats.fhir.chart import Chart, Entry
from wholeperson.formats.fhir.elements import JsonObject, NotMapped, codes, first_day, objects
from wholeperson.formats.fhir.screening import Answered

DONE = ("final", "amended", "corrected")


def read_observation(entry: Entry, chart: Chart) -> list[Answered]:
    """Its own answer and those of its components: a whole questionnaire may be one Observation."""
    asked = [(path, part, question) for path, part in _parts(entry) if (question := _question(part))]
    if not asked:
        raise NotMapped("an observation that no rule asks for")
    chart.must_be_about_the_member(entry.resource.get("subject"))
    if entry.resource.get("status") not in DONE:
        raise NotMapped("an observation that is not final")
    on = first_day(entry.resource, "effectiveDateTime", "effectivePeriod.end", "effectivePeriod.start", "issued")
    if on is None:
        raise NotMapped("an observation without the day it was made")
    learnt = max(on, first_day(entry.resource, "issued") or on)
    found = (
        screening.stated(
            question, codes(part.get("valueCodeableConcept")), path=path, on=on, learnt=learnt, chart=chart
        )
        for path, part, question in asked
    )
    return [answer for answer in found if answer]


def _parts(entry: Entry) -> Iterator[tuple[str, JsonObject]]:
    yield entry.path, entry.resource
    for place, part in enumerate(objects(entry.resource.get("component"))):
        yield f"{entry.path}.component[{place}]", part


def _question(part: JsonObject) -> str:
    return next((one for one in codes(part.get("code")) if one in screening.questions()), "")

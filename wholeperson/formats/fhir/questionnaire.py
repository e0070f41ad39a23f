"""QuestionnaireResponses: an item whose linkId ends in a fact's name answers that fact; one that ends in a screening
question's LOINC code is read by the screening table.

Who answered tells the source: the member or somebody close to them (`member`), somebody who cares for them
(`referrer`), else `screening`. An answer holds as long as screening.py says an answer does: a year for a yes or a
choice, a month for a no. A number counts things of the last months, so it holds a month too. A date stands.
"""

import re
from collections.abc import Iterator

from wholeperson.formats.fhir import screening
from wholeperson.formats.fhir.chart import CARE_SIDE, MEMBER_SIDE, Chart, Entry
from wholeperson.formats.fhir.elements import JsonObject, NotMapped, Row, an_object, code, day, first_day, objects, text
from wholeperson.formats.fhir.screening import Answered

DONE = ("completed", "amended")
A_YEAR, A_MONTH = 365, 31
LARGEST = 2**31  # FHIR's own bound
LONGEST = 200  # characters; a fact's value is a word, and a longer answer is prose


def read_questionnaire_response(entry: Entry, chart: Chart) -> list[Answered]:
    chart.must_be_about_the_member(entry.resource.get("subject"))
    if entry.resource.get("status") not in DONE:
        raise NotMapped("a questionnaire that is not finished")
    on = first_day(entry.resource, "authored")
    if on is None:
        raise NotMapped("a questionnaire without the day it was answered")
    source = _source(entry.resource, chart)
    found = (_answered(path, item, on, source, chart) for path, item in _items(entry))
    return [answer for answer in found if answer]


def _source(resource: JsonObject, chart: Chart) -> str:
    for reference in (resource.get("source"), resource.get("author")):
        told = chart.type_of(reference)
        if told in MEMBER_SIDE:
            return "member"
        if told in CARE_SIDE:
            return "referrer"
    return "screening"


def _items(entry: Entry) -> Iterator[tuple[str, JsonObject]]:
    """Every answered item at whatever depth, in order. A stack, not recursion: depth is the sender's choice."""
    waiting = [(entry.path, entry.resource)]
    while waiting:
        path, holder = waiting.pop()
        answers = objects(holder.get("answer"))
        if answers:
            yield path, holder
        inside = [(path, holder), *((f"{path}.answer[{place}]", one) for place, one in enumerate(answers))]
        nested = [
            (f"{where}.item[{place}]", item)
            for where, one in inside
            for place, item in enumerate(objects(one.get("item")))
        ]
        waiting += reversed(nested)


def _answered(path: str, item: JsonObject, on: str, source: str, chart: Chart) -> Answered | None:
    name = re.split(r"[/.#]", text(item.get("linkId")))[-1]
    if name in screening.questions():
        return screening.stated(name, _codes(item), path=path, on=on, learnt=on, chart=chart)
    if chart.known_facts is None or name not in chart.known_facts:
        chart.unmapped.note(path, "an answer to a question that is not one of our facts")
        return None
    row = _fact(name, objects(item.get("answer")), on, source)
    if row is None:
        chart.unmapped.note(path, "an answer that is not one yes, no, number, date or word")
        return None
    if not chart.takes(name, row["value"], path):
        return None
    return Answered(f"{name} by {source}", on, (row,))


def _codes(item: JsonObject) -> list[str]:
    return [code(an_object(answer.get("valueCoding")).get("code")) for answer in objects(item.get("answer"))]


def _fact(name: str, answers: list[JsonObject], on: str, source: str) -> Row | None:
    values = [found for answer in answers if (found := _value(answer))]
    if len(values) != 1 or len(answers) != 1:
        return None
    value, days = values[0]
    return screening.fact(name, value, since=on, days=days, learnt=on, source=source)


def _value(answer: JsonObject) -> tuple[object, int | None] | None:
    """The answer and for how many days it holds, None for ever; nothing where it is of no kind we read."""
    told = answer.get("valueBoolean")
    if isinstance(told, bool):
        return told, A_YEAR if told else A_MONTH
    number = answer.get("valueInteger")
    if isinstance(number, int) and not isinstance(number, bool) and abs(number) < LARGEST:
        return number, A_MONTH
    date = day(answer.get("valueDate"))
    if date:
        return date, None
    word = code(an_object(answer.get("valueCoding")).get("code")) or text(answer.get("valueString")).strip()
    return (word, A_YEAR) if word and word.isprintable() and len(word) <= LONGEST else None

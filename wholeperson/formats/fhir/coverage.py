"""Coverage: periods of Medi-Cal with a plan. Other insurance is named once per payor and left out.

What counts as Medi-Cal: its name or Medicaid's in the type, the payor or the class; a type of the subsidised
programmes; a payor that sells nothing else (payors.csv). A managed-care type alone does not: private plans have it too.
Medi-Cal without a plan (fee for service) is no plan coverage, and a coverage without a first day is no period.
"""

import re
from collections.abc import Iterator

from wholeperson.formats.fhir.chart import MEMBER_SIDE, Chart, Entry
from wholeperson.formats.fhir.elements import JsonObject, NotMapped, Row, an_object, codes, codings, day, objects, text
from wholeperson.formats.fhir.tables import rows

_NAMED = re.compile(r"\bmedi[-‐‑–]cal\b|\bmedicaid\b", re.IGNORECASE)  # "medical" is another word
_MEDICARE = re.compile(r"\bmedicare\b", re.IGNORECASE)
_SUBSIDISED = {"SUBSIDIZ", "SUBSIDMC"}
_FEE_FOR_SERVICE = {"SUBSIDFFS"}
_SOPT = re.compile(r"https?://(www\.)?nahdo\.org/sopt/?")
_SOPT_MEDICAID = re.compile(r"2|21\d*|29\d*")  # of the payment typology: Medicaid, its managed care, other; no CHIP
_SOPT_NO_PLAN = re.compile(r"2[2-7]\d*")  # fee for service, CHIP, an application, another state, long-term care
OTHER_PLAN = "other_medi_cal_plan"
PAID_BY_A_PERSON = "paid by a person"
UNNAMED = "a payor without a name"
LONGEST_NAME = 60  # characters of it that are repeated in a reason


def read_coverage(entry: Entry, chart: Chart) -> Row:
    resource = entry.resource
    chart.must_be_about_the_member(resource.get("beneficiary"))
    payor = _payor(resource, chart)
    if not _is_medi_cal(resource, payor):
        raise NotMapped(f"not Medi-Cal coverage: {payor}", once=True)
    since, until = _period(resource)
    period: Row = {"plan": plan_of(payor), "from": since, "until": until}
    return period | ({"county": chart.county} if chart.county else {})


def contained_coverages(entry: Entry) -> Iterator[Entry]:
    """A claim or its explanation carries the coverage it was paid under."""
    for place, inside in enumerate(objects(entry.resource.get("contained"))):
        if inside.get("resourceType") == "Coverage":
            yield Entry(f"{entry.path}.contained[{place}]", "Coverage", inside)


def _is_medi_cal(resource: JsonObject, payor: str) -> bool:
    types = codings(resource.get("type"))
    told = {coding.code for coding in types}
    sopt = [coding.code for coding in types if _SOPT.fullmatch(coding.system)]
    if told & _FEE_FOR_SERVICE or any(_SOPT_NO_PLAN.fullmatch(one) for one in sopt):
        raise NotMapped("Medicaid without a health plan of California: no plan coverage", once=True)
    if told & _SUBSIDISED or any(_SOPT_MEDICAID.fullmatch(one) for one in sopt):
        return True
    words = " | ".join((payor, *_words(resource)))
    named = [found.lower() for found in _NAMED.findall(words)]
    federal = _MEDICARE.search(words) and all(found == "medicaid" for found in named)
    return (bool(named) and not federal) or (not _MEDICARE.search(words) and _sells_nothing_else(payor))


def _words(resource: JsonObject) -> Iterator[str]:
    yield text(an_object(resource.get("type")).get("text"))
    yield from (coding.display for coding in codings(resource.get("type")))
    for part in objects(resource.get("class")):
        yield text(part.get("name"))
        yield text(part.get("value"))


def _payor(resource: JsonObject, chart: Chart) -> str:
    """The first payor's name. A person who pays for themselves is not named in a message."""
    if "pay" in codes(resource.get("type")):
        return PAID_BY_A_PERSON
    for payor in objects(resource.get("payor")):
        if chart.type_of(payor) in MEMBER_SIDE:
            return PAID_BY_A_PERSON
        found = chart.find(payor)
        name = text(payor.get("display")) or text(found.resource.get("name") if found else "")
        name = " ".join(name.split())[:LONGEST_NAME]
        if name.isprintable() and name:
            return name
    return UNNAMED


def _sells_nothing_else(payor: str) -> bool:
    return any(row["contains"] in payor.lower() and row["alone"] == "yes" for row in rows("payors.csv"))


def plan_of(payor: str) -> str:
    return next((row["plan"] for row in rows("payors.csv") if row["contains"] in payor.lower()), OTHER_PLAN)


def _period(resource: JsonObject) -> tuple[str, str | None]:
    if resource.get("status") not in ("active", "cancelled"):
        raise NotMapped("a coverage that is neither active nor ended")
    period = an_object(resource.get("period"))
    since, until = day(period.get("start")), day(period.get("end"))
    if since is None:
        raise NotMapped("Medi-Cal coverage without its first day", once=True)
    if until is None and (period.get("end") is not None or resource.get("status") == "cancelled"):
        raise NotMapped("Medi-Cal coverage that ended on a day we cannot read")
    if until is not None and until < since:
        raise NotMapped("a period that ends before it begins")
    return since, until

"""What a program's page says, part by part: each a list of lines, made from the policy and from nothing else."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wholeperson.casework.providers.asked import AT_ONCE
from wholeperson.handbook.programs import labels
from wholeperson.handbook.programs.offers import Offer, offer
from wholeperson.handbook.programs.pen import Line, Pen, Source, in_force
from wholeperson.handbook.programs.tree import Branch, who, whom
from wholeperson.rules.clocks.written import read_clock, set_for
from wholeperson.rules.language import cite, confidence
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.reading.standing import condition_rows, conditions, exclusions

Written = dict[str, Any]
STAYS = {"cs.recuperative_care": "recuperative_care_stay", "cs.stphh": "post_hospitalization_stay"}
# Keys of a file whose lists speak, under the part of the page they belong to.
INCLUDED = ("components", "activities")
REQUIREMENTS = ("requirements",)
MOMENTS = ("windows", "milestones")


@dataclass(frozen=True)
class Code:
    """A row of the table for providers."""

    code: str
    modifiers: str
    unit: str
    label: str
    note: str
    confidence: str
    key: str

    @property
    def is_sure(self) -> bool:
        return self.confidence == "verified"

    @property
    def sure(self) -> str:
        return str(labels.SURE[self.confidence])


@dataclass(frozen=True)
class Told:
    """All that is said of a program on one day, for one plan and county."""

    id: str
    name: Line
    kind: str
    number: str
    describes: Line
    free: str
    who: Branch
    whom: Branch | None
    services: list[Line]
    included: list[Line]
    not_included: list[Line]
    requirements: list[Line]
    limits: list[Line]
    lengths: list[Line]
    deciding: list[Line]
    moments: list[Line]
    endings: list[Line]
    automatic: list[Line]
    documents: list[Line]
    together: list[Line]
    leads_to: list[Line]
    names: list[str]
    codes: list[Code]
    attestations: list[Line]
    provider_types: list[Line]
    at_once: list[Line]
    at_once_for: str
    history: list[Line]
    open_questions: list[str]
    offer: Offer
    begins: date
    ends: date | None
    authority_until: date | None
    is_begun: bool
    is_over: bool
    past_authority: bool
    sources: list[Source]
    part_of: Line | None


def told(programme: Programme, pen: Pen) -> Told:
    """Everything; the sources last, since all others name them."""
    data, on = programme.data, pen.asked.on
    until = programme.authority_until
    return Told(
        id=programme.id,
        name=_own(programme, "name", pen),
        kind=str(labels.KINDS[programme.kind]),
        number=str(data.get("number", "")),
        describes=_own(programme, "describes", pen),
        free=pen.words.phrase("free_and_voluntary"),
        who=who(programme, pen),
        whom=_whom(programme, pen),
        services=_items(programme, "core_services", pen),
        included=[line for key in INCLUDED for line in pen.lines(programme, data.get(key, ()))],
        not_included=pen.lines(programme, data.get("not_included", ())),
        requirements=pen.lines(programme, data.get("requirements", ())),
        limits=pen.lines(programme, data.get("limits", ())),
        lengths=_lengths(programme, pen),
        deciding=[*_deciding(programme, pen), *_moment(programme, pen)],
        moments=[line for key in MOMENTS for line in pen.lines(programme, data.get(key, ()))],
        endings=_items(programme, "discontinuation", pen),
        automatic=pen.lines(programme, data.get("automatic_authorization", ())),
        documents=_documents(programme, pen),
        together=_together(programme, pen),
        leads_to=_leads_to(programme, pen),
        names=[*data.get("former_names", ()), *data.get("abbreviations", ())],
        codes=codes(programme, pen),
        attestations=pen.lines(programme, data.get("providers", {}).get("attestations", ()), data.get("providers")),
        provider_types=_provider_types(programme, pen),
        at_once=_at_once(programme, pen),
        at_once_for=_at_once_for(programme, pen),
        history=_history(programme, pen),
        open_questions=[pen.policy.parameters[each]["question"] for each in data.get("questions", ())],
        offer=offer(programme, pen),
        begins=programme.begins,
        ends=programme.ends,
        authority_until=until,
        is_begun=programme.begins <= on,
        is_over=bool(programme.ends and programme.ends < on),
        past_authority=bool(until and until < on),
        part_of=_part_of(programme, pen),
        sources=pen.sources(),
    )


def _own(programme: Programme, key: str, pen: Pen) -> Line:
    return pen.line(f"{programme.id}.{key}", programme.data[key], programme.data, {})


def _part_of(programme: Programme, pen: Pen) -> Line | None:
    above = pen.policy.programmes.get(programme.data.get("part_of", ""))
    if above is None:
        return None
    href = reverse("program", args=[above.id]) + pen.asked.query
    return pen.line(f"{above.id}.name", above.name, above.data, {}, "", href)


def _items(programme: Programme, key: str, pen: Pen) -> list[Line]:
    part = programme.data.get(key) or {}
    return pen.lines(
        programme, part.get("items", ()), {"cites": part.get("cites", ()), "mark": part.get("mark", "design")}
    )


def _whom(programme: Programme, pen: Pen) -> Branch | None:
    """To whom every plan must offer it, once that day has come."""
    found = programme.mandatory
    return whom(programme, programme.data["mandatory"], "when", pen) if found and found[0] <= pen.asked.on else None


def _lengths(programme: Programme, pen: Pen) -> list[Line]:
    """How long it is approved for. What an open question decides is our reading of it."""
    written = programme.data.get("authorization") or {}
    above = {**programme.data, **written}
    said = [("initial", _("The first time: %(length)s")), ("renewal", _("Each time after that: %(length)s")),
            ("longest", _("All together: %(length)s"))]  # fmt: skip
    return [
        _ours(
            f"{programme.id}.authorization.{key}",
            words % {"length": labels.length(pen.settled(written[key]))},
            above,
            pen,
        )
        for key, words in said
        if written.get(key) and pen.settled(written[key])
    ]


def _ours(key: str, says: str, above: Written, pen: Pen) -> Line:
    """A value of the policy in words of ours."""
    cites = pen.named(tuple(map(cite, above.get("cites", ()))))
    return Line(key, says, "", confidence(above.get("mark", "design"), cites, pen.policy.grades), cites)


def _deciding(programme: Programme, pen: Pen) -> list[Line]:
    """By when the plan must answer: the rules of its clock that are in force."""
    name = (programme.data.get("authorization") or {}).get("clock")
    if not name:
        return []
    clock = read_clock(name, pen.policy.documents.by_name["clocks"], pen.policy.parameters, pen.policy.grades)
    found = [rule for rule in set_for(clock, programme.id).rules if rule.in_force(pen.asked.on)]
    lines = []
    for rule in found:
        text, lang = pen.sentence(f"clocks.{rule.id}", rule.says)
        lines.append(Line(f"clocks.{rule.id}", text, lang, rule.confidence, pen.named(rule.cites)))
    return lines


def _moment(programme: Programme, pen: Pen) -> list[Line]:
    """Whether a fast answer is asked for, and whether it may be approved for days that are past."""
    written = programme.data.get("authorization") or {}
    above = {**programme.data, **written}
    return [
        _ours(f"{programme.id}.authorization.{key}", str(labels.MOMENT[key][str(written[key])]), above, pen)
        for key in labels.MOMENT
        if key in written
    ]


def _provider_types(programme: Programme, pen: Pen) -> list[Line]:
    """The kinds of organizations that give it. The policy has words for them, and those are English."""
    written = programme.data.get("providers") or {}
    above = {**programme.data, **written}
    lines = (
        _ours(f"{programme.id}.providers.{each}", labels.provider_type(each), above, pen)
        for each in written.get("types", ())
    )
    return [replace(line, lang="" if pen.words.language == "en" else "en") for line in lines]


def _at_once(programme: Programme, pen: Pen) -> list[Line]:
    """For a population: the kinds of providers that need not wait for the plan's decision."""
    above = _streamlined(programme, pen)
    return [
        _ours(f"{programme.id}.at_once.{each}", str(AT_ONCE[each]), above, pen)
        for each in above.get("provider_types", {}).get(programme.id, ())
    ]


def _at_once_for(programme: Programme, pen: Pen) -> str:
    """How long the plan pays for what they begin; empty where nobody may begin so."""
    above = _streamlined(programme, pen)
    return labels.length(above["length"]) if programme.id in above.get("provider_types", {}) else ""


def _streamlined(programme: Programme, pen: Pen) -> Written:
    above = pen.policy.programmes.get(programme.data.get("part_of", ""))
    found: Written = (above.data.get("streamlined") if above else None) or {}
    return found if in_force(found, pen.asked.on) else {}


def _documents(programme: Programme, pen: Pen) -> list[Line]:
    return [
        pen.line(
            f"{programme.id}.{each['id']}",
            each["says"],
            programme.data,
            each,
            str(labels.REQUIRED[str(each["required"])]),
        )
        for each in programme.data.get("documents", ())
        if in_force(each, pen.asked.on)
    ]


def _together(programme: Programme, pen: Pen) -> list[Line]:
    """Other programs at the same time: what takes its place, what must be chosen between, what goes beside it."""
    out = exclusions(programme, pen.policy)
    rows = [("no", each) for each in (out.children if out else ())]
    beside = zip(condition_rows(programme, pen.policy), conditions(programme, pen.policy), strict=True)
    rows += [(row["rule"], each) for row, each in beside]
    lines = [(rule, pen.of_node(each.node)) for rule, each in rows if each.node.in_force(pen.asked.on)]
    return [
        Line(line.key, line.says, line.lang, line.confidence, line.places, str(labels.TOGETHER[rule]))
        for rule, line in lines
    ]


def _leads_to(programme: Programme, pen: Pen) -> list[Line]:
    document = pen.policy.documents.by_name.get("follow_ons") or {"services": {}, "follow_ons": []}
    lines = []
    for row in document["follow_ons"]:
        when, then = row["when"], row["then"]
        if programme.id in when.get("programmes", ()) or when.get("stay", "-") == STAYS.get(programme.id):
            known = then.get("programme") in pen.policy.programmes
            href = reverse("program", args=[then["programme"]]) + pen.asked.query if known else ""
            lines.append(pen.line(f"follow_ons.{row['id']}", row["says"], {}, row, str(labels.LEADS[then["as"]]), href))
    return lines


def codes(programme: Programme, pen: Pen) -> list[Code]:
    """The rows of the day; a population is recorded with the codes of the benefit it is part of."""
    service, on = programme.data.get("part_of", programme.id), pen.asked.on
    services = {service, "outreach"} if programme.data.get("group") == "housing" else {service}
    return [
        _code(row, pen)
        for row in pen.policy.documents.codes.get("hcpcs", ())
        if row["service"] in services and in_force({"from": row["from"], "to": row["to"] or None}, on)
    ]


def _code(row: dict[str, str], pen: Pen) -> Code:
    cites = pen.named((cite(row["cite"]),) if row["cite"] else ())
    sure = confidence(row["mark"], cites, pen.policy.grades)
    key = f"hcpcs.{row['service']}.{row['kind']}.{row['code']}.{row['modifiers'].replace(' ', '-')}"
    return Code(row["code"], row["modifiers"], str(labels.UNITS[row["unit"]]), row["label"], row["note"], sure, key)


def _history(programme: Programme, pen: Pen) -> list[Line]:
    """What began when: all of it, whatever the day."""
    found = []
    for each in programme.data.get("versions", ()):
        days = _("from %(day)s") % {"day": each["from"]} if "from" in each else ""
        if "to" in each:
            days = _("%(first)s to %(last)s") % {"first": each["from"], "last": each["to"]}
        found.append(pen.line(f"{programme.id}.{each['id']}", each["says"], programme.data, each, days))
    return found

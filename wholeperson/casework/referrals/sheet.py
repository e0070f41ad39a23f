"""A request on one sheet, in the order in which plans' forms ask: to print, or to copy field by field."""

import json
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wholeperson.access.models import Person
from wholeperson.casework.members.queries import cins_for
from wholeperson.casework.referrals import programmes, queries, sayings
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.casework.referrals.needing import needs_of
from wholeperson.casework.referrals.presenters import Told
from wholeperson.casework.referrals.vocabulary import SAFETY


@dataclass(frozen=True)
class Line:
    """A field of a form, and what belongs into it. `key`: by which the form of a plan knows it, where it can."""

    name: str
    value: str
    key: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]


def parts(referral: Referral, reader: Person, *, today: date) -> list[Part]:
    """Who asks, who it is for, what is asked: empty fields are left out, but for the number the plans all ask for."""
    askings = _that_stand(referral)
    first = askings[0] if askings else None
    return [
        Part(_("Who asks"), _who(first, today)),
        Part(_("Who it is for"), _person(referral, askings, reader)),
        Part(_("What is asked"), _need(referral, askings)),
    ]


def _who(asking: Asking | None, today: date) -> list[Line]:
    if asking is None:
        return []
    told = Told(asking)
    return _filled([
        ("today", _("Date"), date_format(today)), ("asker", _("Name"), told.who),
        ("asker_organization", _("Organization"), told.where),
        ("asker_standing", _("What they are to the person"), str(told.standing)),
        ("asker_phone", _("Telephone"), asking.phone),
    ])  # fmt: skip


def _that_stand(referral: Referral) -> list[Asking]:
    """Those who asked and did not take it back; all, where each of them did."""
    askings = queries.askings_of(referral)
    return [one for one in askings if one.withdrawn_at is None] or askings


def _safety(askings: list[Asking]) -> str:
    """The strictest word of several: one of them may know whom the person fears."""
    return max((one.safe_to_contact for one in askings), key=SAFETY.index)


def _person(referral: Referral, askings: list[Asking], reader: Person) -> list[Line]:
    member = referral.member
    told = json.loads(askings[0].told or "{}") if askings else {}
    cin = cins_for(reader, [member]).get(member.pk, "") or str(told.get("cin", ""))
    return _filled([
        ("first_name", _("First name"), member.given_name), ("last_name", _("Last name"), member.family_name),
        ("birth_date", _("Birth date"), date_format(member.birth_date)),
        ("medi_cal_number", _("Medi-Cal number"), cin or _("not known")),
        ("phone", _("Telephone"), str(told.get("phone", ""))),
        ("where", _("Where to find the person"), str(told.get("where", ""))),
        *needs_of(referral, reader),
        ("safe_to_contact", _("Safe to call or write?"), str(sayings.SAFETY[_safety(askings)]) if askings else ""),
    ])  # fmt: skip


def _need(referral: Referral, askings: list[Asking]) -> list[Line]:
    facts = [pair for one in askings for pair in Told(one).facts]
    comments = [str(Told(one).told.get("comment", "")) for one in askings]
    return _filled([
        # not that of who asked: with it and the birth date, which stands above, anybody reads how it goes
        ("request_number", _("Number of the request"), referral.public_id),
        ("service", _("Service"), programmes.name(referral.programme)),
        ("urgency", _("How soon?"), str(sayings.URGENCIES[referral.urgency])),
        ("urgent_because", _("Why it cannot wait"), referral.urgency_reason),
        ("wish", _("The person's wish"), referral.wished), *(("", *pair) for pair in facts),
        ("comment", _("In their words"), "\n".join(one for one in comments if one)),
    ])  # fmt: skip


def _filled(told: list[tuple[str, str, str]]) -> list[Line]:
    return [Line(name, value, key) for key, name, value in told if value]


def said(referral: Referral) -> dict[str, str]:
    """What was chosen rather than written, in the words it is kept in: by it the boxes of a plan's form are ticked."""
    askings = _that_stand(referral)
    told = {"service": referral.programme, "urgency": referral.urgency, "language": referral.member.language}
    if not askings:
        return told
    agreed = {"agreed": "yes"} if any(one.attested for one in askings) else {}
    return told | agreed | {"asker_standing": askings[0].standing, "safe_to_contact": _safety(askings)}


def values(referral: Referral, reader: Person, *, today: date) -> dict[str, str]:
    """What goes into the form of a plan, by the keys of `sayings.FORM_FIELDS`; in English, as the plan reads it."""
    with translation.override("en"):
        told = {
            line.key: line.value for part in parts(referral, reader, today=today) for line in part.lines if line.key
        }
    return told | {"full_name": f"{told.get('first_name', '')} {told.get('last_name', '')}".strip()}

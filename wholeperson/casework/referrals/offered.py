"""Whom a referral may be sent to: those the directory ranks for this person, with the reasons, then any by name."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members.queries import address_for
from wholeperson.casework.providers import asked, finding
from wholeperson.casework.providers.models import Service
from wholeperson.casework.referrals import belonging, queries, reached
from wholeperson.casework.referrals.models import Referral

SPOKEN = {"zh-hant": "zh"}  # our languages, as the directory calls them
MOST_FOUND = 20


@dataclass(frozen=True)
class Offer:
    """An organization, why it stands here, and what warns."""

    organisation: Organisation
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def ranked(referral: Referral, *, on: date, at: datetime, by: Person) -> list[Offer]:
    """The best first; who said no to this person already stands at the end no more.

    Miles are told to whoever may read where the person lives: they would say it.
    """
    born = referral.member.birth_date
    declined = _said_no(referral, by)
    language = referral.member.language
    home = address_for(by, referral.member)
    found = finding.ranked(
        programme=referral.programme, on=on, at=at, plan=referral.plan, county=referral.county,
        zip=home.zip_code[:5] if home else "",
        languages=[SPOKEN.get(language, language)], wish=wished(referral), without=declined,
        age=on.year - born.year - ((on.month, on.day) < (born.month, born.day)),
    )  # fmt: skip
    offers: dict[object, Offer] = {}
    for one in found:
        said = tuple(reason.words for reason in one.reasons if not reason.warns)
        warned = tuple(reason.words for reason in one.reasons if reason.warns)
        offers.setdefault(one.organisation.pk, Offer(one.organisation, said, warned))
    return _as_reached(list(offers.values()), by)


def _as_reached(offers: list[Offer], by: Person) -> list[Offer]:
    """With a warning at those that have to be called."""
    here = reached.here([one.organisation for one in offers], by)
    called = _("Has no mailbox and no account here: you call them")
    return [one if one.organisation.pk in here else replace(one, warnings=(*one.warnings, called)) for one in offers]


def _said_no(referral: Referral, by: Person) -> list[Organisation]:
    """Who would not have it: by their own answer here, or as they told whoever called them."""
    answered = belonging.of(referral, by, belonging.sendings)
    outside = belonging.of(referral, by, belonging.told_elsewhere) if referral.elsewhere else []
    told = {one.house for one in outside if one.answer == "refused"} - {""}
    called = list(queries.offering().filter(name__in=told)) if told else []
    return [one.organisation for one in answered if one.status in queries.SAID_NO] + called


def spoken(language: str) -> str:
    """A member's language, in the directory's word for it."""
    return str(asked.LANGUAGES.get(SPOKEN.get(language, language), language))


def wished(referral: Referral) -> Organisation | None:
    """The one organization whose name has what the person wished for."""
    text = referral.wished.strip()
    rows = list(queries.offering().filter(name__icontains=text)[:2]) if text else []
    return rows[0] if len(rows) == 1 else None


def service_of(public_id: str) -> Service | None:
    """Whom somebody who comes from the directory's *refer here* asks for."""
    return Service.objects.listed().filter(public_id=public_id).select_related("organisation").first()


def called(text: str, *, by: Person) -> list[Offer]:
    """Any organization that could take a referral, by its name."""
    text = text.strip()
    found = queries.offering().filter(name__icontains=text)[:MOST_FOUND] if text else []
    return _as_reached([Offer(one) for one in found], by)

"""Who speaks for a member is named and ended, and what their account sees of the record opens and closes with it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.access.roles import upto
from wholeperson.casework.members import family, queries
from wholeperson.casework.members.actions.reasons import end_all, end_reasons, relate
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship, Representative
from wholeperson.record import refusals, trail, wall
from wholeperson.record.actors import require
from wholeperson.record.models import Document
from wholeperson.rules.problems import Problem, Refused, Where

WORD = "member.reach"
OPENS = "member.relate"
ABOUT = "representative"
ATTEMPT = "representative.attempt"  # an address to which nothing is opened


@dataclass(frozen=True)
class Spokesperson:
    """Who speaks or decides for a member, as it was told. With `account` the record is opened to it."""

    name: str
    document: str
    power: str
    since: date
    relation: str = ""
    phone: str = ""
    until: date | None = None
    paper: Document | None = None
    account: Person | None = None


@transaction.atomic
def name_representative(member: Member, told: Spokesperson, *, by: Person, at: datetime) -> Representative:
    """Keep who speaks for them, and let their account see the record so far. Pressed twice it is one.

    What was closed to the account is opened again. Nobody names themselves or the member, nor does family: whoever sees
    the member as near is refused. So is opening what one does not see, or sees for some hours only.
    """
    require(by, WORD)
    if queries.is_near(by, member) or (told.account and not family.may_be_theirs(told.account, member, by=by, at=at)):
        raise refusals.not_allowed(by.label, WORD)
    if told.since > day_of(at):
        raise Refused(_ahead(told.since, day_of(at)))
    if told.document == "parent" and family.is_of_age(member, day_of(at)):
        raise Refused(_of_age())
    fields = {name: getattr(told, name) for name in Spokesperson.__dataclass_fields__}
    fields["until"] = family.ends(member, told.document, told.since, told.until, day_of(at))
    with wall.opened("representative.name"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        row = _same(member, fields)
        if row is None:
            row = Representative(member=member, person=by, kept_at=at, **fields)
            row.save(force_insert=True)
            trail.wrote(row, "representative.name", by=by, at=at, subject=member.pk)
    if told.account:
        _open_to(row, told.account, by=by, at=at)
    return row


def _same(member: Member, fields: dict[str, object]) -> Representative | None:
    sealed = ("name", "phone")  # read here: nothing in the database can compare them
    asked = {key: value for key, value in fields.items() if key not in sealed}
    rows = Representative.objects.filter(member=member, ended_at=None, **asked)
    return next((row for row in rows if all(getattr(row, key) == fields[key] for key in sealed)), None)


def _open_to(row: Representative, account: Person, *, by: Person, at: datetime) -> None:
    sight = queries.sight(by, row.member)
    if sight is None or not sight.lasts:
        raise refusals.not_allowed(by.label, OPENS)
    scope = family.depth(row, sight.scope, day_of(at))
    open_so_far = (one for one in queries.near_to(row.member, on=day_of(at), at=at) if one.about_id == row.pk)
    if not any(scope in upto(one.scope) for one in open_so_far):
        relate(
            row.member, person=account, reason="family", since=row.since, until=row.until, about_kind=ABOUT,
            about_id=row.pk, scope=scope, by=by, at=at,
        )  # fmt: skip


@transaction.atomic
def end_representative(row: Representative, *, why: str, by: Person, at: datetime) -> Representative:
    """From this moment they speak for nobody, and their account sees nothing by it. Ended twice it stays as it was."""
    require(by, WORD)
    if queries.is_near(by, row.member):
        raise refusals.not_allowed(by.label, WORD)
    with wall.opened("representative.end"):
        Member.objects.select_for_update(no_key=True).get(pk=row.member_id)  # nobody opens it to them meanwhile
        told = {"ended_at": at, "ended_by": by, "ended_why": why}
        if Representative.objects.filter(pk=row.pk, ended_at=None).update(**told):
            trail.wrote(row, "representative.end", by=by, at=at, subject=row.member_id)
            end_reasons(ABOUT, row.pk, by=by, at=at)
        row.refresh_from_db()
    return row


@transaction.atomic
def close_to(reason: Relationship, *, by: Person, at: datetime) -> None:
    """Family or a friend sees the record no more by this reason; a consent is taken back by whoever gave it."""
    require(by, OPENS)
    if queries.is_near(by, reason.member) or reason.reason != "family" or reason.organisation_id:
        raise refusals.not_allowed(by.label, OPENS)
    with wall.opened("relationship.end"):
        end_all(Relationship.objects.filter(pk=reason.pk, ends_at=None), by=by, at=at)


def _ahead(since: date, today: date) -> Problem:
    return Problem(
        "ahead", f"they would speak for them from {since} on", "who speaks for somebody is written down once they do",
        "give a day that has come, or write it down on that day", Where(path="since"), (f"no later than {today}",),
    )  # fmt: skip


def _of_age() -> Problem:
    return Problem(
        "of_age", "whoever is 18 or older is spoken for by no parent alone",
        "an adult says themselves who speaks for them, or a court does",
        "name the document by which somebody speaks for them", Where(path="document"),
    )  # fmt: skip

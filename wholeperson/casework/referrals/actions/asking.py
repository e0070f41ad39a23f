"""Somebody asks for help for a person: found or written down, each program a referral, joined where one is open."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import clocks, placing, queries
from wholeperson.casework.referrals.actions import notices
from wholeperson.casework.referrals.actions.moving import KIND, let_see
from wholeperson.casework.referrals.holders import WritesDown
from wholeperson.casework.referrals.lifecycle import ASK, OPEN
from wholeperson.casework.referrals.models import AskedFor, Asking, Referral
from wholeperson.record import steps, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.sealed import fingerprint

BY_FILE = "file"  # whoever brings a list sees at once what was received, and gets no letter for each row


@dataclass(frozen=True)
class About:
    """Who the help is for, as whoever asks tells it. Whom one already sees is given as a member beside it."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    cin: str = ""
    language: str = "en"
    county: str = ""
    plan: str = ""  # the policy's word for it; empty where nobody knows
    phone: str = ""
    where: str = ""  # an address, or where the person can be found
    best_time: str = ""
    comment: str = ""
    safe_to_contact: str = "ask_first"
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asker:
    """Whoever asks, as they say themselves; `person` where they are signed in."""

    standing: str
    name: str = ""
    works_at: str = ""
    phone: str = ""
    email: str = ""
    language: str = "en"
    person: Person | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    programmes: tuple[str, ...]
    urgency: str = "standard"
    urgency_reason: str = ""
    wished: str = ""
    attested: bool = False


def ask(
    about: About,
    wanted: Wanted,
    asker: Asker,
    *,
    channel: str,
    key: str,
    by: Actor,
    at: datetime,
    member: Member | None = None,
) -> Asking:
    """Keep it, and put each program before whoever looks at it. The same form again is the same asking.

    Nothing that the rules say is asked here: whatever they say, it goes on.
    """
    require(by, ASK)
    mark = fingerprint("asking", key)
    try:
        with transaction.atomic():
            return _known(mark) or _ask(about, wanted, asker, channel, mark, member, by=by, at=at)
    except IntegrityError:  # the same form came twice in one moment: the other one has kept it
        if known := _known(mark):
            return known
        raise


def was_asked(key: str) -> bool:
    """Whether there is an asking with this key."""
    return _known(fingerprint("asking", key)) is not None


def key_of_this_time(key: str) -> str:
    """The key for words that bear no day: the same while anything of that asking is open, then a new one."""
    with wall.opened("referral.ask"):
        return next(each for each in _keys(key) if not _is_over(each))


def _keys(key: str) -> Iterable[str]:
    yield key
    yield from (f"{key}:{number}" for number in count(2))


def _is_over(key: str) -> bool:
    known = _known(fingerprint("asking", key))
    return known is not None and not queries.all_of(known).filter(referral__status__in=OPEN).exists()


def _ask(
    about: About,
    wanted: Wanted,
    asker: Asker,
    channel: str,
    mark: str,
    member: Member | None,
    *,
    by: Actor,
    at: datetime,
) -> Asking:
    person, sure = (member, True) if member else _person(about, by=by, at=at)
    parts: list[Asking] = []
    for record, programmes in _by_record(person, wanted.programmes, at).items():
        part = replace(wanted, programmes=tuple(programmes))
        of, own = (parts[0], fingerprint("asking", f"{mark}:{record.pk}")) if parts else (None, mark)
        made = _asking(record, about, part, asker, channel, own, at)
        made.part_of = of
        parts.append(_kept(made, about, part, sure, by=by, at=at))
    if channel != BY_FILE:
        notices.tell(parts[0], "received", by=by, at=at)
    return parts[0]


def _kept(made: Asking, about: About, wanted: Wanted, sure: bool, *, by: Actor, at: datetime) -> Asking:
    """What lies on one record of the person."""
    person = made.member
    place = placing.place(
        person, said=about.plan, county=about.county or person.county, asking=made.organisation, on=day_of(at),
        known=sure,
    )  # fmt: skip
    with wall.opened("referral.ask"):
        Member.objects.select_for_update(no_key=True).get(pk=person.pk)
        made.save(force_insert=True)
        trail.wrote(made, "referral.ask", by=by, at=at, subject=person.pk, details={"programs": len(wanted.programmes)})
        for programme in wanted.programmes:
            _one(made, programme, place, wanted, by=by, at=at)
    return made


def _known(mark: str) -> Asking | None:
    with wall.opened("referral.ask"):
        return Asking.objects.filter(key=mark).select_related("member").first()


def _person(about: About, *, by: Actor, at: datetime) -> tuple[Member, bool]:
    """The member whom number and birth date, or name and birth date, name; else somebody new."""
    if about.birth_date is None:
        raise ValueError("somebody new needs a birth date")
    found = people.holder_of("cin", about.cin) if about.cin else None
    if found is None or not _born(found, about.birth_date, at):
        found = people.named_exactly(about.given_name, about.family_name, about.birth_date)
    if found:
        return found, True
    made = members.register(
        given_name=about.given_name, family_name=about.family_name, birth_date=about.birth_date,
        language=about.language, county=about.county, by=WritesDown(by), at=at,
    )  # fmt: skip
    return made, False


def _born(found: Member, birth_date: date, at: datetime) -> bool:
    """Whether one of their records says so: joined ones may differ by a slip of the pen."""
    records = people.all_records_of([found.pk], at)[found.pk]
    with wall.opened("referral.ask"):
        return Member.objects.filter(pk__in=records, birth_date=birth_date).exists()


def _by_record(named: Member, programmes: Iterable[str], at: datetime) -> dict[Member, list[str]]:
    """On which of the person's records each program lies: where it is open already, else on the one that was named.

    What is new lies on no other: whoever handles it would come to see a record that nobody named.
    """
    with wall.opened("referral.ask"):
        records = people.all_records_of([named.pk], at)[named.pk]
        locked = Member.objects.select_for_update(no_key=True).filter(pk__in=records).order_by("pk")
        theirs = sorted(locked, key=lambda one: one != named)
        rows = Referral.objects.filter(member__in=theirs, status__in=OPEN).values_list("member", "programme")
        is_open = set(rows)
    found: dict[Member, list[str]] = {}
    for each in programmes:
        record = next((one for one in theirs if (one.pk, each) in is_open), named)
        found.setdefault(record, []).append(each)
    return found or {named: []}


def _asking(
    person: Member, about: About, wanted: Wanted, asker: Asker, channel: str, mark: str, at: datetime
) -> Asking:
    told = {name: value for name, value in asdict(about).items() if value and name != "birth_date"}
    return Asking(
        member=person, channel=channel, standing=asker.standing, person=asker.person, organisation=asker.organisation,
        name=asker.name, works_at=asker.works_at, phone=asker.phone, email=asker.email, language=asker.language,
        birth_date=about.birth_date or person.birth_date, safe_to_contact=about.safe_to_contact,
        told=json.dumps(told, ensure_ascii=False), attested=wanted.attested, at=at, key=mark,
    )  # fmt: skip


def _one(made: Asking, programme: str, place: placing.Place, wanted: Wanted, *, by: Actor, at: datetime) -> None:
    """One program: a new referral, or the one that is open."""
    found = Referral.objects.filter(member=made.member, programme=programme, status__in=OPEN).first()
    if found is None:
        found = _begun(made, programme, place, wanted, by=by, at=at)
    else:
        joined(found, wanted, by=by, at=at)
    row = AskedFor(asking=made, referral=found, member_id=made.member_id, joined=found.received_at != at)
    row.save(force_insert=True)


def _begun(made: Asking, programme: str, place: placing.Place, wanted: Wanted, *, by: Actor, at: datetime) -> Referral:
    told = json.loads(made.told)
    found = Referral(
        member=made.member, programme=programme, plan=place.plan, plan_word=place.plan_word,
        county=told.get("county") or made.member.county, handled_by=place.handled_by, wished=wanted.wished,
        urgency=wanted.urgency, urgency_reason=wanted.urgency_reason, received_at=at,
    )  # fmt: skip
    steps.begin(found, by=by, at=at, subject=made.member_id, due_at=clocks.due("screening", at, wanted.urgency))
    let_see(found, organisation_id=place.handled_by.pk, scope="care", kind=KIND, about=found.pk, by=by, at=at)
    return found


def joined(found: Referral, wanted: Wanted, *, by: Actor, at: datetime) -> None:
    """Somebody else asks for the same: the first goes on, faster where this one cannot wait."""
    if wanted.urgency == "expedited" and found.urgency == "standard":
        soon = clocks.due("screening", at, "expedited")
        found.urgency, found.urgency_reason = "expedited", wanted.urgency_reason
        found.due_at = min(found.due_at or soon, soon)
        found.save(update_fields=["urgency", "urgency_reason", "due_at"])
    trail.wrote(found, "referral.join", by=by, at=at, subject=found.member_id)


def programmes_of(asking: Asking) -> Iterable[str]:
    return queries.all_of(asking).order_by("pk").values_list("referral__programme", flat=True)

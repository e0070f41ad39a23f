"""Which referrals somebody may see, and why: they handle it, have it, care for the person, are the person, or asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from wholeperson.access import compiled, upto
from wholeperson.access.due import Part, our_turn
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.eligibility.policies import policy_on
from wholeperson.casework.members.models import Contact, Member, Relationship
from wholeperson.casework.members.scoping import EachExists, reaching
from wholeperson.casework.providers.models import Hold
from wholeperson.casework.referrals import belonging
from wholeperson.casework.referrals.knowing import TRUSTED, learns_all
from wholeperson.casework.referrals.lifecycle import AWAY, CALL, LIVE, OPEN, TAKEN, TURN, WORKED_ON
from wholeperson.casework.referrals.models import (
    AskedFor,
    Asking,
    Callback,
    HalfDone,
    Paper,
    PlanForm,
    Referral,
    Sending,
    StateStatus,
)
from wholeperson.record import wall

KEEP_FORMS = "form.keep"
HANDLE = "referral.handle"  # who sees the referrals of their organization as one of those who handle them
DUE = "referral.due"  # whose own work they are
SAID_NO = ("declined", "given_back")
# what they said themselves: where a referral is closed or opened again, the house gives it back for them, as "other"
THEIR_NO = Q(status="declined") | (Q(status="given_back") & ~Q(reason="other"))


@dataclass(frozen=True)
class Seen:
    """A referral as one person sees it: as handler, provider, member, carer or asker. `all`: how it stands in full."""

    referral: Referral
    as_what: str
    all: bool
    sending: Sending | None = None  # the live one of the reader's own organization
    asking: Asking | None = None  # the reader's own

    @property
    def names_person(self) -> bool:
        return self.as_what != "asker"


def seen(user: Person, public_id: str) -> Seen | None:
    """The referral, and in which part this person sees it; None where they may not."""
    rows = compiled.found(one_within, user, tuple(telling_programmes()), keys=[public_id])
    if rows:
        return _seen_within(user, rows[0])
    asked = _asked(user, public_id)
    if asked is None:
        return None
    asking = asked.asking
    return Seen(
        asked.referral, "asker", learns_all(asking, on=user.standing.on, at=user.standing.moment), asking=asking
    )


def _seen_within(user: Person, row: Referral) -> Seen:
    handles = row.handled_by_id in user.standing.organisations_where(HANDLE)
    sending = next(iter(compiled.found(held_of, user, keys=[row.pk])), None)
    asking = _own_asking(user, row)
    if handles:
        return Seen(row, "handler", True, sending, asking)
    if sending:
        return Seen(row, "provider", True, sending, asking)
    own = Relationship.objects.for_user(user).filter(member=row.member_id, person=user.pk, reason="self").exists()
    return Seen(row, "member" if own else "carer", True, asking=asking)


def within(user: Person) -> QuerySet[Referral]:
    """Those that a reason to see the person reaches, and that are this reader's business."""
    ours = user.standing.organisations_where(HANDLE)
    caring = Relationship.objects.filter(reaching(user, "care"), member=OuterRef("member"), reason__in=TRUSTED)
    hidden = ~Q(programme__in=telling_programmes())
    sent_here = Sending.objects.filter(referral=OuterRef("pk"), status__in=LIVE, organisation__in=ours)
    business = Q(handled_by__in=ours) | Exists(sent_here) | (Exists(caring) & (hidden | Q(Exists(_own(user)))))
    found: QuerySet[Referral] = Referral.objects.for_user(user).filter(business)
    return found.select_related("member", "plan", "handled_by", "provider")


def one_within(user: Person, _telling: tuple[str, ...], public_ids: Collection[str]) -> QuerySet[Referral]:
    """Those of them with these public ids. Another question where other programs tell something by their name."""
    return within(user).filter(public_id__in=public_ids)


def held_of(user: Person, keys: Collection[UUID]) -> QuerySet[Sending]:
    """The live sending of these referrals to this person's own organizations."""
    return sent_of(user, keys).filter(organisation__in=user.standing.organisations_where(HANDLE))


def ours_of(user: Person, member: Member) -> set[UUID]:
    """Of this member's referrals those that this person's organization handles or has: there it reads who did what."""
    ours = user.standing.organisations_where(HANDLE)
    here = Sending.objects.for_user(user).filter(member=member, status__in=LIVE, organisation__in=ours)
    handled = Referral.objects.for_user(user).filter(member=member, handled_by__in=ours)
    told = handled.order_by().values_list("pk", flat=True)
    return set(told.union(here.order_by().values_list("referral_id", flat=True)))


def of_organisations(organisations: Iterable[UUID]) -> QuerySet[Referral]:
    """Referrals of these plans' members, and those that these organizations handle or took.

    Unscoped: to be counted by whoever may, inside an opening of the wall, and shown to nobody.
    """
    theirs = list(organisations)
    return Referral.objects.filter(Q(plan__in=theirs) | Q(handled_by__in=theirs) | Q(provider__in=theirs))


def _own(user: Person) -> QuerySet[Relationship]:
    return Relationship.objects.filter(reaching(user), member=OuterRef("member"), person=user.pk, reason="self")


def telling_programmes() -> list[str]:
    """Programs whose very name tells something that lies deeper than care."""
    known = policy_on(None).programmes.values()
    return [one.id for one in known if one.data.get("name_is_a_reason")]


def _asked(user: Person, public_id: str) -> AskedFor | None:
    """What this person, or a colleague in the same organization, asked for. They told us of the person, not we them."""
    ours = user.standing.organisations_where("referral.ask")
    mine = Q(asking__person=user) | Q(asking__organisation__in=ours)
    with wall.opened("referral.asked"):
        found = AskedFor.objects.filter(mine, referral__public_id=public_id).select_related(
            "asking__member", "referral__member", "referral__plan", "referral__handled_by", "referral__provider"
        )
        return found.order_by("asking__at").first()


def _own_asking(user: Person, row: Referral) -> Asking | None:
    with wall.opened("referral.own_asking"):
        asked = next(iter(compiled.found(own_of, user, keys=[row.pk])), None)
    return asked.asking if asked else None


def own_of(user: Person, keys: Collection[UUID]) -> QuerySet[AskedFor]:
    """What this person asked for themselves among these referrals, and did not take back."""
    rows = AskedFor.objects.filter(referral__in=keys, asking__person=user, asking__withdrawn_at=None)
    return rows.select_related("asking").order_by("pk")


def due(user: Person) -> QuerySet[Referral]:
    """What is open and handled by this person's organizations, or sent to them; `ours` where it is their turn."""
    return _in_hand(user).filter(status__in=OPEN)


def due_parts(user: Person) -> list[Part]:
    """The same by organization and whose turn it is, each in the order of an index.

    Whoever accepted stands on the referral as its provider for as long as they have it, and what waits for an answer is
    due when its sending is (`actions.sending`): so neither is looked for among all that was ever sent.
    """
    at = user.standing.organisations_where(DUE)
    seen = Referral.objects.for_user(user)
    return [part for one in at for part in _parts_of(one, seen, at)]


def _parts_of(one: UUID, seen: QuerySet[Referral], at: Collection[UUID]) -> list[Part]:
    waiting = seen.filter(status="sent", sendings__status="waiting", sendings__organisation=one)
    to_us = Sending.objects.filter(referral=OuterRef("pk"), status="waiting", organisation__in=at)
    elsewhere = ~Q(provider__in=at) & ~(Q(status="sent") & Q(EachExists(to_us)))
    return [
        Part(seen.filter(handled_by=one, status__in=TURN), True),
        Part(seen.filter(provider=one, status__in=WORKED_ON), True),
        Part(waiting.annotate(answer_due=F("sendings__due_at")), True, "answer_due"),  # the dearest is counted last
        Part(seen.filter(elsewhere, handled_by=one, status__in=AWAY), False),
        Part(seen.filter(provider=one, status="on_hold").exclude(handled_by__in=at), False),
    ]


def _in_hand(user: Person) -> QuerySet[Referral]:
    at = user.standing.organisations_where(DUE)
    here = Q(EachExists(Sending.objects.filter(referral=OuterRef("pk"), status__in=LIVE, organisation__in=at)))
    handled = Q(handled_by__in=at)
    found: QuerySet[Referral] = Referral.objects.for_user(user).filter(handled | here)
    return found.annotate(ours=our_turn((handled & Q(status__in=TURN)) | (Q(status__in=TAKEN) & here)))


def worked_on(user: Person, public_ids: Iterable[str]) -> list[Seen]:
    """Those of these referrals that this person works on, in one question for them and one for what was sent."""
    rows = _list(_in_hand(user).filter(public_id__in=list(public_ids)))
    return [seen for seen, _holder in _in_part(user, list(rows))]


def waiting(user: Person, keys: Collection[UUID]) -> list[tuple[Seen, str]]:
    """The same of what is due, by key, each with the name of the organization that has it."""
    return _in_part(user, compiled.found(due_in_short, user, keys=list(keys)))


def due_of(user: Person, keys: Collection[UUID]) -> QuerySet[Referral]:
    return _list(due(user).filter(pk__in=keys))


def due_in_short(user: Person, keys: Collection[UUID]) -> QuerySet[Referral]:
    """The same, no more of each than a line among others says."""
    return due(user).filter(pk__in=keys).select_related("member", "handled_by")


def sent_of(user: Person, keys: Collection[UUID]) -> QuerySet[Sending]:
    """Who has these referrals now: of each no more than one."""
    found: QuerySet[Sending] = Sending.objects.for_user(user).filter(referral__in=keys, status__in=LIVE)
    return found.select_related("organisation")


def _in_part(user: Person, rows: list[Referral]) -> list[tuple[Seen, str]]:
    """Each as this person works on it, and by name who has it now."""
    at = user.standing.organisations_where(HANDLE)
    sent = {one.referral_id: one for one in compiled.found(sent_of, user, keys=[row.pk for row in rows])}
    found = []
    for row in rows:
        there = sent.get(row.pk)
        held = there if there and there.organisation_id in at else None
        seen = Seen(row, "handler" if row.handled_by_id in at else "provider", True, held)
        found.append((seen, there.organisation.name if there else ""))
    return found


def all_open(user: Person) -> QuerySet[Referral]:
    """Without those that this person's organization said no to: they are somebody else's now."""
    at = user.standing.organisations_where(HANDLE)
    here = Sending.objects.filter(referral=OuterRef("pk"), organisation__in=at)
    no_more = Exists(here.filter(status__in=SAID_NO)) & ~Exists(here.filter(status__in=LIVE))
    return _list(within(user).filter(status__in=OPEN).exclude(~Q(handled_by__in=at) & Q(no_more)))


def said_no(user: Person, referral: Referral) -> Sending | None:
    """The last no of this person's own organization."""
    at = user.standing.organisations_where(HANDLE)
    rows = Sending.objects.for_user(user).filter(THEIR_NO, referral=referral, organisation__in=at)
    found: Sending | None = rows.order_by("sent_at", "pk").last()
    return found


def ended(user: Person) -> QuerySet[Referral]:
    return _list(within(user).exclude(status__in=OPEN))


def _list(found: QuerySet[Any]) -> QuerySet[Referral]:
    """With how it went where it was sent last, for whoever chooses anew."""
    sent = Sending.objects.filter(referral=OuterRef("pk")).order_by("-sent_at", "-pk")
    back = sent.values(back=Case(When(THEIR_NO | Q(status="lapsed"), then=True), default=False))[:1]
    rows: QuerySet[Referral] = found.annotate(sent_back=Subquery(back))
    return upto.in_order(rows.select_related("member", "plan", "handled_by", "provider"), "due_at")


def asked_open_by(user: Person) -> list[AskedFor]:
    """What somebody asked for and is still open, the newest first, as far as a list is counted."""
    with wall.opened("referral.asked_by"):
        return compiled.found(asked_open_of, user)


def asked_open_of(user: Person) -> QuerySet[AskedFor]:
    return asked_of(user).filter(referral__status__in=OPEN)[: upto.MOST + 1]


def asked_of(user: Person) -> QuerySet[AskedFor]:
    """What somebody asked for, the newest first. Read it where the wall is opened for it."""
    rows = AskedFor.objects.filter(asking__person=user).select_related(
        "asking__member", "referral__member", "referral__provider", "referral__handled_by"
    )
    return rows.order_by("-asking__at", "-pk")


def askings_of(referral: Referral) -> list[Asking]:
    """Who asked for it. For whoever handles it or has it."""
    with wall.opened("referral.askings_of"):
        return [row.asking for row in belonging.askings(None, [referral.pk])]


def first_askings(user: Person, rows: Iterable[Referral]) -> dict[UUID, Asking]:
    """Who asked first of each of these that this person works on, before whoever took it back."""
    at, found = user.standing.organisations_where(HANDLE), list(rows)
    sent = compiled.found(sent_of, user, keys=[row.pk for row in found]) if found else []
    here = {one.referral_id for one in sent if one.organisation_id in at}
    ours = [row.pk for row in found if row.handled_by_id in at or row.pk in here]
    with wall.opened("referral.first_askings"):
        asked = dict(compiled.found(belonging.first_keys, user, keys=ours))
        by_key = {
            row.pk: row
            for row in compiled.found(belonging.asking_rows, user, keys=sorted(set(asked.values()) - {None}))
        }
    return {key: by_key[one] for key, one in asked.items() if one in by_key}


def asking_again(number: str, birth_date: Any) -> Asking | None:
    """The asking of a number, where the birth date is the one that was given with it: all of the form, not a part."""
    with wall.opened("referral.again"):
        found = Asking.objects.filter(public_id=number.strip().lower(), birth_date=birth_date)
        asking = found.select_related("member", "part_of__member").first()
        return asking.part_of or asking if asking else None


def asking_of(public_id: str) -> Asking | None:
    with wall.opened("referral.again"):
        return Asking.objects.filter(public_id=public_id).select_related("member").first()


def own_asking(user: Person, public_id: str) -> Asking | None:
    """What this person asked for themselves."""
    with wall.opened("referral.own_asking"):
        return Asking.objects.filter(public_id=public_id, person=user).select_related("member").first()


def halves_of(user: Person) -> list[HalfDone]:
    """Forms this person kept for later, the newest first."""
    return compiled.found(kept_half, user)


def kept_half(user: Person) -> QuerySet[HalfDone]:
    return HalfDone.objects.filter(person=user).order_by("-at")[:20]


def half_of(user: Person, public_id: str) -> HalfDone | None:
    return HalfDone.objects.filter(person=user, public_id=public_id).first()


def all_of(asking: Asking) -> QuerySet[AskedFor]:
    """All that one form asked for, on whichever record of the person it lies. Unscoped: for whoever asked."""
    return AskedFor.objects.filter(Q(asking=asking) | Q(asking__part_of=asking))


def asked_with(asking: Asking) -> list[AskedFor]:
    with wall.opened("referral.again"):
        return list(all_of(asking).select_related("referral__member", "asking").order_by("pk"))


def referrals_of(asking: Asking) -> list[Referral]:
    return [row.referral for row in asked_with(asking)]


def held_until(sending: Sending, at: datetime) -> datetime | None:
    """Until when a place is kept free for it."""
    found = Hold.objects.filter(reference=sending.public_id, status="held", due_at__gt=at)
    return found.order_by("due_at").values_list("due_at", flat=True).last()


def plan_forms(user: Person) -> QuerySet[PlanForm]:
    """Those that this person keeps, by name."""
    ours = user.standing.organisations_where(KEEP_FORMS)
    rows = PlanForm.objects.filter(organisation__in=ours, retired_at=None).select_related("organisation")
    return rows.order_by("name", "pk")


def forms_for(referral: Referral) -> QuerySet[PlanForm]:
    """Those that fit a referral which its handler sends elsewhere, and of which somebody said what goes where."""
    fits = Q(plan_word__in=("", referral.plan_word), programme__in=("", referral.programme))
    rows = PlanForm.objects.filter(fits, organisation=referral.handled_by_id, retired_at=None).exclude(mapping={})
    return rows.order_by("name", "pk")


def callbacks(user: Person) -> QuerySet[Callback]:
    """Calls that were missed at this person's organizations, what is due first."""
    ours = user.standing.organisations_where(CALL)
    rows = Callback.objects.filter(organisation__in=ours).select_related("kept_by", "organisation")
    return rows.order_by("due_at", "pk")


def callbacks_due(user: Person) -> QuerySet[Callback]:
    return callbacks(user).filter(status="waiting").annotate(ours=Value(value=True))


TAKES = (
    "ecm_provider", "community_supports_provider", "network_lead", "clinic", "community_organisation", "hospital",
    "county", "county_behavioral_health",
)  # fmt: skip


def offering() -> QuerySet[Organisation]:
    """Organizations that could take a referral, by name."""
    return Organisation.objects.filter(kind__in=TAKES, is_house=False).order_by("name")


def papers_of(referral: Referral) -> list[Paper]:
    with wall.opened("referral.papers"):
        return list(referral.papers.select_related("document").order_by("at", "pk"))


def referrals_taken(members: Collection[UUID], organisation_id: UUID) -> dict[tuple[UUID, str], UUID]:
    """The referral, by member and program, that this organization took or has yet to answer; unscoped.

    It stands behind its authorization.
    """
    with wall.opened("referral.behind"):
        found = Sending.objects.filter(member__in=members, organisation=organisation_id, status__in=LIVE)
        rows = found.order_by("sent_at", "id").values_list("member", "referral__programme", "referral")
        return {(member, programme): referral for member, programme, referral in rows}


def open_cases(plan: str) -> QuerySet[Referral, tuple[UUID, str]]:
    """(member, programme) of what is open for members of a plan, by the policy's word for it: for the house itself."""
    ours = Q(plan__identifiers__system="plan", plan__identifiers__value=plan, plan__identifiers__until=None)
    return Referral.objects.filter(ours | Q(plan=None, plan_word=plan), status__in=OPEN).values_list(
        "member_id", "programme"
    )


def tries_for(user: Person, rows: Iterable[StateStatus]) -> dict[UUID, Contact]:
    """The contacts that made these statuses true, by key: those that this person may see, and nobody struck out."""
    keys = [row.contact_id for row in rows if row.contact_id]
    return {one.pk: one for one in compiled.found(belonging.tries, user, keys=keys)}

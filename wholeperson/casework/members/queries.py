"""Questions about members, always asked for somebody."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from wholeperson.access import compiled
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import current
from wholeperson.access.roles import SCOPES, shallower, upto
from wholeperson.casework.members import scoping
from wholeperson.casework.members.facts import UNSAFE
from wholeperson.casework.members.models import (
    RULES,
    Address,
    BreakGlass,
    Consent,
    Contact,
    ContactRule,
    Fact,
    FoodNeeds,
    FormerName,
    Identifier,
    Joining,
    LanguageNeeds,
    Likeness,
    Member,
    Phone,
    Relationship,
    Renaming,
    Representative,
)
from wholeperson.record import wall
from wholeperson.record.sealed import fingerprint

JOINED_AT = "care"  # how deep one must see two records to say that they are one person's
MOST_ALIKE = 20  # records with one name and birth date; of more, nobody is meant


@dataclass(frozen=True)
class Sight:
    """How far somebody may look into a member's record, and the row that lets them."""

    scope: str
    row: Relationship

    @property
    def because(self) -> UUID:
        return self.row.pk

    def reaches(self, scope: str) -> bool:
        return scope in upto(self.scope)

    @property
    def as_near(self) -> bool:
        """Whether they know the member as family or friend do: for no organisation, and not as the member."""
        return self.row.organisation_id is None and self.row.reason != "self"

    @property
    def lasts(self) -> bool:
        """Whether they see it for longer than an emergency."""
        return self.row.reason != "break_glass"

    def may_learn(self, fact: str) -> bool:
        """Whom somebody flees may be near to them: nobody near is told of it, nor asked."""
        return not (self.as_near and fact in UNSAFE)


def members_for(user: Person) -> QuerySet[Member]:
    """Those whom this person may see at all, each with the key of one reason for it."""
    reason = Relationship.objects.for_user(user).filter(member=OuterRef("pk")).order_by("since", "id").values("pk")[:1]
    members: QuerySet[Member] = Member.objects.for_user(user)
    return members.annotate(because_id=Subquery(reason)).order_by(*ORDERS["name"])


def reasons_of(user: Person, members: Iterable[UUID]) -> list[Member]:
    """Of these members, those this person may see: nothing of them but the key of one reason each."""
    return compiled.found(reasons_for, user, keys=sorted(set(members)))


def reasons_for(user: Person, keys: Collection[UUID]) -> QuerySet[Member]:
    return members_for(user).filter(pk__in=keys).only("pk").order_by("pk")


# how a list may be sorted; the key last, so that the same order comes again
ORDERS = {
    "name": ("family_name", "given_name", "id"),
    "born": ("birth_date", "family_name", "id"),
    "county": ("county", "family_name", "given_name", "id"),
}


def called(members: QuerySet[Member], text: str, user: Person) -> QuerySet[Member]:
    """Those of them with this in their name or a former one, born on this day, or with this number."""
    words, former = Q(), FormerName.objects.for_user(user).filter(struck_at=None).values("member")
    for word in text.split():
        words &= _in_name(word) | Q(preferred_name__icontains=word) | Q(pk__in=former.filter(_in_name(word)))
    meant = words | _born(text) | _numbered(text, user)
    joined = joinings_for(user).filter(gone__in=Member.objects.filter(meant))
    return members.filter(meant | Q(pk__in=joined.values("into")))


def _in_name(word: str) -> Q:
    return Q(given_name__icontains=word) | Q(family_name__icontains=word)


def once(members: QuerySet[Member], user: Person) -> QuerySet[Member]:
    """Without the records that go on in another which this person sees too."""
    return members.filter(~Exists(joinings_for(user).filter(gone=OuterRef("pk"))))


def _born(text: str) -> Q:
    """A day as 1980-03-09; nothing else that Python takes for a day, like 1980-W10-7."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        return Q(pk__in=())
    try:
        return Q(birth_date=date.fromisoformat(text.strip()))
    except ValueError:
        return Q(pk__in=())


def _numbered(text: str, user: Person) -> Q:
    """Only numbers that this person may read: who may not learns nothing by trying them."""
    mark = fingerprint("cin", "".join(text.split()).upper())
    return Q(Exists(Identifier.objects.for_user(user).filter(member=OuterRef("pk"), fingerprint=mark, until=None)))


def member_for(user: Person, public_id: str) -> Member | None:
    """The member, if there is one and this person may see them."""
    return Member.objects.for_user(user).filter(public_id=public_id).first()


def seen_by(user: Person, public_id: str) -> Sight | None:
    """How far this person sees the member with that id, who stands in its row: both in one question, for every page."""
    return _deepest(user, compiled.found(reasons_by_name, user, keys=[public_id]))


def sight(user: Person, member: Member) -> Sight | None:
    """The deepest look that any reason gives: the reason's scope, no deeper than the person's role there."""
    return sights(user, [member.pk]).get(member.pk)


def sights(user: Person, members: Iterable[UUID]) -> dict[UUID, Sight]:
    """How far this person sees each of several members, in one question; who is not seen is not there."""
    found: dict[UUID, list[Relationship]] = {}
    for row in compiled.found(reasons_by_key, user, keys=sorted(set(members))):
        found.setdefault(row.member_id, []).append(row)
    return {member: sight for member, rows in found.items() if (sight := _deepest(user, rows))}


def reasons_by_name(user: Person, public_ids: Collection[str]) -> QuerySet[Relationship]:
    """Every reason by which this person sees the members of these public ids, each with its member."""
    rows: QuerySet[Relationship] = Relationship.objects.for_user(user).filter(member__public_id__in=public_ids)
    return rows.select_related("member").order_by("since", "id")


def reasons_by_key(user: Person, keys: Collection[UUID]) -> QuerySet[Relationship]:
    """The same of members by their keys."""
    rows: QuerySet[Relationship] = Relationship.objects.for_user(user).filter(member__in=keys)
    return rows.select_related("member").order_by("since", "id")


def _deepest(user: Person, rows: Iterable[Relationship]) -> Sight | None:
    seen = [Sight(shallower(row.scope, user.standing.deepest(row.organisation_id)), row) for row in rows]
    return max(seen, key=lambda one: SCOPES.index(one.scope), default=None)


def facts_for(user: Person, member: Member) -> QuerySet[Fact]:
    """What is known of the member and was not corrected, as deep as this person sees."""
    return told_for(user, member).filter(superseded_by=None)


def told_for(user: Person, member: Member) -> QuerySet[Fact]:
    """All that was ever told, with what was corrected. Whom they flee may be near, and reads nothing of that."""
    told = Fact.objects.for_user(user).filter(~Q(fact__in=UNSAFE) | from_afar(user), member=member)
    return told.order_by("fact", "-learnt", "-id")


def from_afar(user: Person) -> Exists:
    """That somebody sees the member of a row so deep for an organisation, or is the member: not as family or friend."""
    reasons = Relationship.objects.filter(scoping.reaching(user, "sensitive"), member=OuterRef("member"))
    return Exists(reasons.filter(Q(organisation__isnull=False) | Q(reason="self")))


def numbers_for(user: Person, member: Member) -> QuerySet[Identifier]:
    return Identifier.objects.for_user(user).filter(member=member, until=None).order_by("system")


def cins_for(user: Person, members: Iterable[Member]) -> dict[UUID, str]:
    """The CIN of each member whose numbers this person may read, in one question."""
    rows = Identifier.objects.for_user(user).filter(member__in=[one.pk for one in members], system="cin", until=None)
    return {row.member_id: row.value for row in rows}


def consents_for(user: Person, member: Member) -> QuerySet[Consent]:
    return Consent.objects.for_user(user).filter(member=member).order_by("-since", "-id")


def consent_for(user: Person, member: Member, public_id: str) -> Consent | None:
    return consents_for(user, member).filter(public_id=public_id).first()


def recipients(consent: Consent) -> list[Organisation | Person]:
    """Whom a consent reaches. For whoever may see the consent; they need not be one of them."""
    with wall.opened("consent.recipients"):
        rows = Relationship.objects.filter(about_kind="consent", about_id=consent.pk).select_related(
            "organisation", "person"
        )
        reached = (row.organisation or row.person for row in rows)
        return sorted((one for one in reached if one), key=lambda one: one.name)


def everybody_who_sees(member: Member, *, on: date, at: datetime) -> list[Relationship]:
    """Every reason that holds now. For the member alone: others may not learn who else knows them."""
    with wall.opened("member.who_sees"):
        alive = Q(ends_at=None) | Q(ends_at__gt=at)
        rows = Relationship.objects.filter(current(on), alive, member=member)
        return list(rows.select_related("organisation", "person").order_by("since", "id"))


def glasses_for(user: Person) -> QuerySet[BreakGlass]:
    """Emergencies this person looks after, never their own, those not yet judged first, the longest waiting on top."""
    others = BreakGlass.objects.for_user(user).exclude(person=user)
    return others.select_related("person", "organisation").order_by("-status", "due_at", "id")


def glasses_due(user: Person) -> QuerySet[BreakGlass]:
    """Those that nobody has looked at."""
    return glasses_for(user).filter(status=BreakGlass.lifecycle.begins).annotate(ours=Value(value=True))


def alike_for(user: Person) -> QuerySet[Likeness]:
    """Records that may be of one person, both of which this person may see: the undecided first, the latest on top."""
    goes_on = joinings_for(user).filter(Q(gone=OuterRef("first")) | Q(gone=OuterRef("second")))
    found: QuerySet[Likeness] = Likeness.objects.for_user(user).filter(Q(status="joined") | ~Exists(goes_on))
    return found.select_related("first", "second").order_by("-status", "-found_at", "id")


def joinable(user: Person, pairs: Iterable[Likeness]) -> set[UUID]:
    """The pairs of which this person sees both records as deep as it takes to say that they are one person's."""
    found = Likeness.objects.so_deep(user, JOINED_AT).filter(pk__in=[pair.pk for pair in pairs])
    return set(found.values_list("pk", flat=True))


def joinings_for(user: Person) -> QuerySet[Joining]:
    """Records that are of one person, as somebody said, where this person may see both."""
    found: QuerySet[Joining] = Joining.objects.standing().for_user(user)
    return found


def joined_with(user: Person, member: Member) -> list[Joining]:
    """What goes on in this record, or where this one goes on."""
    found = joinings_for(user).filter(Q(gone=member) | Q(into=member))
    return list(found.select_related("gone", "into", "likeness", "by").order_by("at"))


def known_by(system: str, value: str) -> Member | None:
    """Whose number this is now. Unscoped: for actions that must not make somebody twice, never for a page."""
    with wall.opened("member.known_by"):
        found = holder_of(system, value)
        return _goes_on(found) if found else None


def holder_of(system: str, value: str) -> Member | None:
    """The record with this number now, wherever it goes on. Unscoped, as `known_by` is."""
    with wall.opened("member.holder_of"):
        found = Identifier.objects.filter(system=system, fingerprint=fingerprint(system, value), until=None)
        row = found.select_related("member").first()
        return row.member if row else None


def exactly(given_name: str, family_name: str, birth_date: date) -> Member | None:
    """The one member of that name born on that day. Unscoped: only for whoever breaks the glass, never a list."""
    with wall.opened("member.exactly"):
        found = named_exactly(given_name, family_name, birth_date)
        return _goes_on(found) if found else None


def named_exactly(given_name: str, family_name: str, birth_date: date) -> Member | None:
    """The record of that name, or former name, and day; of several records the one that goes on, if it does too."""
    with wall.opened("member.named_exactly"):
        named = Q(given_name__iexact=given_name, family_name__iexact=family_name)
        before = FormerName.objects.filter(named, member=OuterRef("pk"), struck_at=None)
        rows = Member.objects.filter(named | Exists(before), birth_date=birth_date)
        goes_on: dict[Member, Member] = {row: _goes_on(row) for row in rows.order_by("pk")[:MOST_ALIKE]}
    ends = set(goes_on.values())
    if len(ends) != 1:
        return None
    into = ends.pop()
    return into if into in goes_on else next(iter(goes_on))


def _goes_on(member: Member) -> Member:
    """The record in which this one goes on, or itself."""
    joining = Joining.objects.standing().filter(gone=member).select_related("into").first()
    return joining.into if joining else member


def rules_for(user: Person, members: Iterable[UUID]) -> dict[UUID, ContactRule]:
    """The rule of contact that holds for each of these members: the stricter, where several records are theirs."""
    records = records_of(user, members)
    held = {row.member_id: row for row in compiled.found(rules_of, user, keys=sorted(set().union(*records.values())))}
    found = {member: [held[one] for one in theirs if one in held] for member, theirs in records.items()}
    return {member: min(rules, key=lambda row: RULES.index(row.rule)) for member, rules in found.items() if rules}


def rules_of(user: Person, keys: Collection[UUID]) -> QuerySet[ContactRule]:
    rows: QuerySet[ContactRule] = ContactRule.objects.for_user(user).filter(member__in=keys, lifted_at=None)
    return rows.order_by("kept_at")


def phones_for(user: Person, members: Iterable[UUID]) -> dict[UUID, str]:
    """The newest telephone number of each of these members, where their numbers may be read."""
    return {row.member_id: row.number for row in compiled.found(phones_of, user, keys=sorted(set(members)))}


def phones_of(user: Person, keys: Collection[UUID]) -> QuerySet[Phone]:
    rows: QuerySet[Phone] = Phone.objects.for_user(user).filter(member__in=keys)
    return rows.order_by("kept_at", "id")


def contacts_for(user: Person, member: Member) -> QuerySet[Contact]:
    """What one's own teams wrote down of reaching the member, the latest first, with what was struck out."""
    ours = user.standing.organisations_where("contact.record", depth="care")
    found: QuerySet[Contact] = Contact.objects.for_user(user).filter(member=member, organisation__in=ours)
    return found.select_related("person", "struck_by", "organisation").order_by("-happened_at", "-id")


def records_of(user: Person, members: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Each of these members' records, themselves among them, as far as this person may see both."""
    asked = set(members)
    return _records(asked, compiled.found(goings_of, user, keys=sorted(asked)))


def goings_of(user: Person, keys: Collection[UUID]) -> QuerySet[Any]:
    """Every record that went on where one of these did, or is, and where it went on."""
    return _goings(joinings_for(user), keys)


def person_of(joined: QuerySet[Joining]) -> Coalesce:
    """Of lines that have a member: the record in which that one goes on, or itself; the same for all of one person."""
    return Coalesce(
        Subquery(joined.filter(gone=OuterRef("member")).values("into")[:1]), "member", output_field=UUIDField()
    )


def all_records_of(members: Iterable[UUID], known_at: datetime) -> dict[UUID, set[UUID]]:
    """The same whoever sees them, as it was said then. Unscoped: for what guards somebody, never for a page."""
    held = Q(parted_at=None) | Q(parted_at__gt=known_at)
    asked = set(members)
    with wall.opened("member.all_records"):
        return _records(asked, _goings(Joining.objects.filter(held, at__lte=known_at), asked))


def _goings(joined: QuerySet[Joining], keys: Collection[UUID]) -> QuerySet[Any]:
    theirs = joined.filter(Q(gone__in=keys) | Q(into__in=keys)).values("into")
    found: QuerySet[Any] = joined.filter(into__in=theirs).values_list("gone", "into")
    return found


def _records(asked: Collection[UUID], goings: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    goes = dict(goings)
    return {one: {one, *_same_person(goes, goes.get(one, one))} for one in asked}


def _same_person(goes: dict[UUID, UUID], into: UUID) -> set[UUID]:
    gone = {one for one, other in goes.items() if other == into}
    return {into, *gone} if gone else set()


def address_for(user: Person, member: Member) -> Address | None:
    """Where they live, or can be found, as it was told last."""
    return next(iter(compiled.found(addresses_of, user, keys=[member.pk])), None)


def addresses_of(user: Person, keys: Collection[UUID]) -> QuerySet[Address]:
    """What was told last on top."""
    rows: QuerySet[Address] = Address.objects.for_user(user).filter(member__in=keys)
    return rows.order_by("-since", "-kept_at")


def representatives_for(user: Person, member: Member, on: date) -> QuerySet[Representative]:
    rows: QuerySet[Representative] = Representative.objects.for_user(user).filter(current(on), member=member)
    return rows.filter(ended_at=None).order_by("since", "id")


def representatives_told(user: Person, member: Member) -> QuerySet[Representative]:
    """All that were ever named, those who speak for them still first."""
    rows: QuerySet[Representative] = Representative.objects.for_user(user).filter(member=member)
    return rows.select_related("person", "account", "paper", "ended_by").order_by(
        IsNull(F("ended_at"), False), "-since", "-id"
    )


def near_to(member: Member, *, on: date, at: datetime) -> list[Relationship]:
    """Each reason for which family or a friend sees the record now. Unscoped: for whoever keeps who may."""
    with wall.opened("member.near"):
        rows = _to_accounts(member).filter(current(on), Q(ends_at=None) | Q(ends_at__gt=at)).exclude(reason="self")
        return list(rows.select_related("person").order_by("since", "id"))


def opened_to_family(member: Member) -> list[Relationship]:
    """Each reason for which family sees or saw the record. Unscoped: for whoever keeps who may."""
    with wall.opened("member.family"):
        return list(_to_accounts(member).filter(reason="family"))


def _to_accounts(member: Member) -> QuerySet[Relationship]:
    return Relationship.objects.filter(member=member, organisation=None, person__isnull=False)


def language_for(user: Person, member: Member) -> list[LanguageNeeds]:
    """How they speak and read, as it was told last for any of their records; what holds now stands first."""
    return list(_told_of(user, member, LanguageNeeds.objects.for_user(user)))


def food_for(user: Person, member: Member) -> list[FoodNeeds]:
    """What they eat, and what they have to warm it; what holds now stands first."""
    return list(_told_of(user, member, FoodNeeds.objects.for_user(user)))


def languages_of(user: Person, records: Mapping[UUID, set[UUID]]) -> dict[UUID, LanguageNeeds]:
    """How each of these members speaks and reads, by all their records, as far as anybody told; in one question."""
    return _first_of(records, compiled.found(language_told, user, keys=list(set().union(*records.values()))))


def foods_of(user: Person, records: Mapping[UUID, set[UUID]]) -> dict[UUID, FoodNeeds]:
    """The same of what they eat."""
    return _first_of(records, compiled.found(food_told, user, keys=list(set().union(*records.values()))))


def language_told(user: Person, keys: Collection[UUID]) -> QuerySet[LanguageNeeds]:
    return LanguageNeeds.objects.for_user(user).filter(member__in=keys).first_what_holds()


def food_told(user: Person, keys: Collection[UUID]) -> QuerySet[FoodNeeds]:
    return FoodNeeds.objects.for_user(user).filter(member__in=keys).first_what_holds()


def _first_of(records: Mapping[UUID, set[UUID]], told: list[Any]) -> dict[UUID, Any]:
    first = {one: next((row for row in told if row.member_id in theirs), None) for one, theirs in records.items()}
    return {one: row for one, row in first.items() if row}


def former_names_for(user: Person, member: Member) -> QuerySet[FormerName]:
    """The one told last on top."""
    rows: QuerySet[FormerName] = FormerName.objects.for_user(user).filter(member=member, struck_at=None)
    return rows.order_by("-kept_at", "-id")


def renamings_for(user: Person, member: Member) -> QuerySet[Renaming]:
    """How their name changed, the latest first."""
    rows: QuerySet[Renaming] = Renaming.objects.for_user(user).filter(member=member).select_related("person", "paper")
    return rows.order_by("-since", "-kept_at", "-id")


def _told_of(user: Person, member: Member, rows: scoping.Needs) -> scoping.Needs:
    theirs = records_of(user, [member.pk])[member.pk]
    return rows.filter(member__in=theirs).select_related("person").first_what_holds()[: scoping.TOLD_LAST]


def reads(member: Member, at: datetime) -> LanguageNeeds | None:
    """How they speak and read, by any of their records. Unscoped: for actions and letters to them, never a page."""
    records = all_records_of([member.pk], at)[member.pk]
    with wall.opened("member.reads"):
        return LanguageNeeds.objects.filter(member__in=records).first_what_holds().first()


def eats(member: Member, at: datetime) -> FoodNeeds | None:
    """What they eat, by any of their records. Unscoped: for actions, never a page."""
    records = all_records_of([member.pk], at)[member.pk]
    with wall.opened("member.eats"):
        return FoodNeeds.objects.filter(member__in=records).first_what_holds().first()


def is_near(user: Person, member: Member) -> bool:
    """Whether they see the member as family or friend do, whatever else lets them see more."""
    reasons = Relationship.objects.for_user(user).filter(member=member, organisation=None)
    return bool(reasons.exclude(reason="self").exists())


def family_of(member: Member, *, on: date, at: datetime) -> list[Person]:
    """Who sees them as family now. Unscoped: for whoever writes down that a minor lets them see more."""
    with wall.opened("member.family"):
        alive = Q(ends_at=None) | Q(ends_at__gt=at)
        rows = Relationship.objects.filter(current(on), alive, member=member, reason="family", person__isnull=False)
        return list(Person.objects.filter(pk__in=rows.values("person")).order_by("name", "id"))

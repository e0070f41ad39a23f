"""Which provider for this member: those that can, in an order, each with the reasons in words.

For Enhanced Care Management the order is the State's (guide, pages 112 to 114): what the member wishes, the program
that leads their care already, the behavioral health provider, the doctor's office, whoever is trusted, the others.
Which of the three in the middle comes first is our reading. Inside each step: room said lately, the member's language,
what they need of a building, nearness, and the name, so that the same question has the same answer. A person chooses;
this only sorts.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from wholeperson.access import compiled
from wholeperson.access.models import Organisation
from wholeperson.casework.providers import asked, miles, offers, together
from wholeperson.casework.providers.models import Capacity, Service, Services, Site, Trait
from wholeperson.casework.providers.models.offering import ECM
from wholeperson.casework.providers.roominess import FULL, Room, Said, room_among

MOST = 20
FARTHEST = 10_000.0  # of whom we do not know how far it is: behind everybody in California
LAST = 6  # the step of whoever the member is not tied to
MANY = 300  # so many are weighed: who is tied to the member, then who has room
Fit = tuple[int, int, int, int, float]  # the step, the room, silence of their language, what is lacking, miles


@dataclass(frozen=True)
class Ties:
    """Organizations the member is tied to already, if any. Where several lead care, the member picks."""

    leads_care: Sequence[Organisation] = ()  # a care management program: CCS, wraparound, CBAS, …
    behavioral: Organisation | None = None
    doctor: Organisation | None = None
    trusted: Sequence[Organisation] = ()  # known to the member, or the one that refers


@dataclass(frozen=True)
class Reason:
    """`code` for programs and tests, `words` for people. One that warns is no recommendation."""

    code: str
    words: str
    warns: bool = False


@dataclass(frozen=True)
class Found:
    """A service, its place in the State's order (1 is the member's wish), its room, and why it stands here."""

    service: Service
    step: int
    room: Room
    reasons: tuple[Reason, ...]
    fit: Fit = field(repr=False)

    @property
    def organisation(self) -> Organisation:
        return self.service.organisation

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.reasons)


@dataclass(frozen=True)
class _Asked:
    programme: str
    on: date
    at: datetime
    plan: Organisation | None
    county: str
    zip: str
    languages: tuple[str, ...]
    age: int | None
    who: str
    needs: frozenset[str]
    wish: Organisation | None
    ties: Ties

    @cached_property
    def steps(self) -> "list[tuple[int, set[UUID], Reason]]":
        """The steps before the last, for whom each is, and why. Community Supports know only the wish and trust."""
        ties, ecm = self.ties, self.programme == ECM or self.programme.startswith("pof_")
        known = [
            (1, [self.wish], "wish", _("The member asks for it")),
            (2, ties.leads_care if ecm else (), "leads_care", _("Leads this member's care already")),
            (3, [ties.behavioral] if ecm else (), "behavioral", _("Gives this member mental health or drug treatment")),
            (4, [ties.doctor] if ecm else (), "doctor", _("Is this member's doctor's office")),
            (5, ties.trusted, "trusted", _("Knows this member")),
        ]  # fmt: skip
        return [(at, {two.pk for two in whom if two}, Reason(code, words)) for at, whom, code, words in known]

    @cached_property
    def step_of(self) -> dict[UUID, int]:
        """Where the member's ties put whom they are tied to: of several steps the first."""
        return {key: at for at, whom, _reason in reversed(self.steps) for key in whom}


def ranked(
    *,
    programme: str,
    on: date,
    at: datetime,
    plan: Organisation | None = None,
    county: str = "",
    zip: str = "",
    languages: Iterable[str] = (),
    age: int | None = None,
    who: str = "",
    needs: Iterable[str] = (),
    wish: Organisation | None = None,
    ties: Ties = Ties(),
    without: Iterable[Organisation] = (),
    most: int = MOST,
) -> list[Found]:
    """The services that may be sent this referral, the best first; as many queries however many there are.

    `programme` is `ecm`, a population of focus or a Community Support; `who` women, men or families; `needs` words of
    `offers.ACCESSIBLE`; `without` who declined already. Who has no contract with the plan, does not serve the county or
    the age is left out, unless the member wishes for them: then it stands first and the reasons warn.
    """
    asked_for = _Asked(
        programme, on, at, plan, county, zip, tuple(languages), age, who, frozenset(needs), wish, ties
    )  # fmt: skip
    weighed = _weighed(_candidates(asked_for, [one.pk for one in without]), asked_for)
    best = sorted(weighed, key=lambda one: (one.fit, one.name, one.key))[:most]
    read = {row.pk: row for row in together.in_full([one.key for one in best], compiled.everybody(on, at))}
    return [_judged(read[each.key], asked_for, each) for each in best]


class _Candidate(NamedTuple):
    """No more of each than what puts hundreds in order."""

    key: UUID
    organisation: UUID
    name: str
    speaks: bool


def _candidates(one: _Asked, without: list[UUID]) -> set[_Candidate]:
    giving = Service.objects.listed().giving(one.programme).exclude(organisation__in=without)
    fits = giving.reaching(one.county, one.zip)
    fits = fits.under(one.plan, one.on) if one.plan else fits
    fits = fits.for_age(one.age) if one.age is not None else fits
    free = Exists(Capacity.objects.free(one.at).filter(service=OuterRef("pk")))
    here, places = miles.where(one.zip), Site.objects.told(one.on).filter(services=OuterRef("pk"))
    nearest = [F("far").asc(nulls_last=True)] if here else []
    fits = fits.alias(far=places.nearest(here)) if here else fits
    tied = [*one.ties.leads_care, *one.ties.trusted, one.ties.behavioral, one.ties.doctor]
    known = [each for each in tied if each]
    chosen = _light(fits.order_by(free.desc(), *nearest, "pk")[:MANY], one)
    chosen |= _light(fits.filter(organisation__in=known), one) if known else set()
    return chosen | (_light(giving.filter(organisation=one.wish), one) if one.wish else set())


def _light(rows: Services, one: _Asked) -> set[_Candidate]:
    speaking = Trait.objects.filter(service=OuterRef("pk"), kind="language", value__in=one.languages)
    found = rows.annotate(speaks=Exists(speaking)).values_list("pk", "organisation", "organisation__name", "speaks")
    return set(map(_Candidate._make, found))


def _sites(keys: list[UUID], one: _Asked) -> dict[UUID, list[Site]]:
    """Of each service its places, where somebody asks what they have or how far they are."""
    found: dict[UUID, list[Site]] = {}
    if one.needs or miles.where(one.zip) is not None:
        for row in Service.sites.through.objects.filter(service__in=keys).select_related("site"):
            found.setdefault(row.service_id, []).append(row.site)
    return found


class _Weighed(NamedTuple):
    fit: Fit
    name: str
    key: UUID
    room: Room
    lacking: list[str]
    far: float | None


def _weighed(chosen: Collection[_Candidate], one: _Asked) -> Iterator[_Weighed]:
    here, keys = miles.where(one.zip), [each.key for each in chosen]
    places = _sites(keys, one)
    rooms = together.said_of(keys, compiled.everybody(one.on, one.at))
    unsaid = _room([], one)  # most have said nothing
    for each in chosen:
        room = _room(rooms[each.key], one) if each.key in rooms else unsaid
        sites = places.get(each.key, [])
        far, lacking = _far(sites, here, one.on), sorted(one.needs - _has(sites, room)) if one.needs else []
        silent, step = int(bool(one.languages) and not each.speaks), one.step_of.get(each.organisation, LAST)
        fit = (step, room.rank, silent, len(lacking), FARTHEST if far is None else far)
        yield _Weighed(fit, each.name, each.key, room, lacking, far)


def _room(said: list[Said], one: _Asked) -> Room:
    return room_among(said, at=one.at, who=one.who, accessible="wheelchair" in one.needs)


def _far(sites: Iterable[Site], here: miles.Point | None, on: date) -> float | None:
    return miles.nearest(here, [two for two in sites if _is_open(two, on)]) if here else None


def _judged(service: Service, one: _Asked, each: _Weighed) -> Found:
    room, far = each.room, each.far
    why = [reason for _at, whom, reason in one.steps if service.organisation_id in whom]
    why = why or [Reason("gives", _("Gives %(what)s") % {"what": asked.name(one.programme)})]
    speaks = [word for word in one.languages if word in service.said("language")]
    reasons = [*why, *_warnings(service, one), Reason(room.state, room.words, warns=room.state == FULL)]
    reasons += [Reason("language", _speaks(word)) for word in speaks]
    reasons += [Reason("lacks", _("Does not say that it has: %(what)s") % {"what": offers.ACCESSIBLE[word]}, True)
                for word in each.lacking if word in offers.ACCESSIBLE]  # fmt: skip
    reasons += [Reason("unmeasured" if far is None else "near", miles.words(far))] if miles.where(one.zip) else []
    return Found(service, each.fit[0], room, tuple(reasons), each.fit)


def _warnings(service: Service, one: _Asked) -> list[Reason]:
    """What would have left it out, had the member not asked for it."""
    contracts = {row.plan_id for row in service.contracts.all() if _holds(row.since, row.until, one.on)}
    said = []
    if one.plan and one.plan.pk not in contracts:
        said.append(Reason("no_contract", _("We know of no contract with this plan"), warns=True))
    if one.county and one.county not in service.said("county"):
        said.append(Reason("other_county", _("Does not say that it serves this county"), warns=True))
    zips = service.said("zip")
    if one.zip and zips and one.zip not in zips:
        said.append(Reason("other_zip", _("Does not say that it goes to this ZIP code"), warns=True))
    if one.age is not None and not (service.youngest or 0) <= one.age <= (service.oldest or 200):
        said.append(Reason("other_age", _("Is for people of another age"), warns=True))
    return said


def _holds(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or until >= on)


def _is_open(site: Site, on: date) -> bool:
    return site.closed_on is None or site.closed_on > on


def _has(sites: Iterable[Site], room: Room) -> set[str]:
    said = {word for site in sites for word in site.accessibility}
    return said | ({"wheelchair"} if room.accessible else set())


def _speaks(word: str) -> str:
    return _("Speaks %(language)s") % {"language": asked.LANGUAGES.get(word, word)}

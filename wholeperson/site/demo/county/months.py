"""The month of two providers: files of plans, who leads whose care, contacts, what was allowed, what went out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.models import Case
from wholeperson.casework.members.actions import Said, look_at
from wholeperson.casework.members.days import midnight
from wholeperson.casework.members.models import Member
from wholeperson.exchange import actions as exchange
from wholeperson.exchange.layouts import plan_word
from wholeperson.exchange.projections import files_of
from wholeperson.record import wall
from wholeperson.site.demo import month
from wholeperson.site.demo.county.drawn import Neighbor
from wholeperson.site.demo.county.places import Places

SPOKEN = {"en": "English", "es": "Spanish", "zh-hant": "Cantonese", "vi": "Vietnamese", "hmn": "Hmong", "tl": "Tagalog"}
COUNTIES = {"contra_costa": "Contra Costa", "san_joaquin": "San Joaquin"}
ASSIGNED = {"plan": 30, "plan_2": 7, "plan_3": 9}  # members in care at the ECM provider
LEADS = ["Lena Ortiz", "Lena Ortiz", "Leo Baptiste", "Lucia Farro"]
# for each case in turn: (how it was tried last month, whether it succeeded, the step that followed)
TRIED: list[tuple[str, bool, str]] = [
    ("phone", True, "enrol"), ("in_person", True, "enrol"), ("phone", False, ""), ("in_person", True, "enrol"),
    ("phone", True, "enrol"), ("phone", False, ""), ("", False, ""), ("phone", True, ""), ("in_person", True, "enrol"),
    ("phone", False, ""),
]  # fmt: skip
# the same of this month, as far as it has gone
TRIED_SINCE: list[tuple[str, bool, str]] = [
    ("phone", True, ""), ("in_person", True, ""), ("phone", False, ""), ("", False, ""), ("in_person", True, ""),
    ("phone", False, ""), ("", False, ""), ("phone", True, "decline"), ("", False, ""), ("phone", False, "lose_touch"),
]  # fmt: skip
NOTES = ["Wants to be called in the afternoon.", "Nobody else may take a message.", "Asks about a place to live."]
SERVICES = ["Housing Navigation", "Housing Deposits", "HTSS", "Day Habilitation Programs"]
ALLOWED = 24  # rows of Community Supports
# for each row in turn: (status, begun and ending so many days from today, how the referral stands)
DECIDED: list[tuple[str, int, int, str]] = [
    ("Authorized", -60, 300, "accepted"), ("Authorized", -170, 9, "accepted"), ("Pending", 0, 0, ""),
    ("Authorized", -20, 160, "outreach_initiated"), ("Authorized", -178, 2, "accepted"), ("Denied", 0, 0, ""),
    ("Authorized", -4, 176, ""), ("Authorized", -200, -6, "referral_loop_closed"),
]  # fmt: skip


def fill(neighbors: list[Neighbor], members: Mapping[str, Member], places: Places, *, at: datetime) -> None:
    """Last month's files came when it was three days old, this month's lately; one plan has its files back."""
    bayside, ines = places.organisations["ecm"], places.people["Ines Tran"]
    this = clock.in_california(at).replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    then = midnight(last + timedelta(days=3)) + timedelta(hours=9)
    for key, many in ASSIGNED.items():
        theirs = [one for one in neighbors if one.plan == key][:many]
        rows = [_row(one) for one in theirs]
        month.load(bayside, places.organisations[key], ines, last, rows, then)
        cases = _led(bayside, [members[one.number] for one in theirs], places, then)
        for place, case in cases:
            _work(case, place, TRIED, then + timedelta(days=1 + place % 20, minutes=7 * place))
        month.load(bayside, places.organisations[key], ines, this, rows, at)
        for place, case in cases:
            _work(case, place, TRIED_SINCE, at - timedelta(hours=2 + place))
    _send(bayside, places.organisations["plan_2"], ines, last, at)
    _supports([one for one in neighbors if one.plan == "plan"][-ALLOWED:], places, at)


def _row(one: Neighbor) -> str:
    spoken = SPOKEN.get(one.language, "English")
    phone = f"925-555-01{int(one.cin[2:8]) % 100:02d}"
    number = f"EC-26-{one.cin[4:8]}"
    return f"{one.cin},{one.family},{one.given},{one.born:%m/%d/%Y},{phone},{spoken},{COUNTIES[one.county]},{number}"


def _led(bayside: Organisation, theirs: list[Member], places: Places, then: datetime) -> list[tuple[int, Case]]:
    """Each case with its place in the file. One in nine has nobody yet, and is left out."""
    turns = {member.pk: place for place, member in enumerate(theirs)}
    since = clock.in_california(then)
    with wall.opened("demo"):
        rows = Case.objects.filter(organisation=bayside, member__in=turns).select_related("member", "organisation")
        found = sorted((turns[case.member_id], case) for case in rows)
    cases = [(place, case) for place, case in found if place % 9 != 8]
    for place, case in cases:
        lead = places.people[LEADS[place % len(LEADS)]]
        stand(lead, on=since, at=then)
        care.name_lead(case, lead, since=since, by=lead, at=then)
    return cases


def _work(case: Case, place: int, turns: list[tuple[str, bool, str]], at: datetime) -> None:
    """What whoever leads the care did for it, after a look at the record."""
    lead, on = case.lead, clock.in_california(at)
    tried, reached, step = turns[place % len(turns)]
    if not tried or lead is None:
        return
    stand(lead, on=on, at=at)
    look_at(case.member, by=lead, at=at)
    purpose = "care" if case.status == "enrolled" else "outreach"
    note = NOTES[place % len(NOTES)] if reached else ""
    said = Said(at, tried, purpose, 5 + place, reached, note=note)
    care.record_contact(case, said, on=on, key=f"county-{case.pk}-{on}", by=lead, at=at)
    if step:
        care.take_step(case, step, on=on, by=lead, at=at)


def _send(bayside: Organisation, plan: Organisation, ines: Person, last: date, at: datetime) -> None:
    """What went out for last month, after the plan had read a test file."""
    for layout in files_of(plan_word(plan)):
        exchange.accept_trial(layout, bayside, plan, accepted_on=last, by=ines, at=at)
    exchange.send_month(bayside, plan, last, by=ines, at=at)


def _supports(neighbors: list[Neighbor], places: Places, at: datetime) -> None:
    plan, provider, olga = places.organisations["plan"], places.organisations["supports"], places.people["Olga Pruitt"]
    day = clock.in_california(at)
    rows = [_decided(one, place, day) for place, one in enumerate(neighbors)]
    month.load_supports(provider, plan, olga, rows, at)
    with wall.opened("demo"):
        found = list(Authorization.objects.filter(organisation=provider).select_related("organisation").order_by("pk"))
    for place, one in enumerate(found):
        _status, _begun, ends, answer = DECIDED[place % len(DECIDED)]
        if answer:
            closure = "services_received" if answer == "referral_loop_closed" else ""
            authorizations.answer(one, answer, since=day - timedelta(days=2), closure=closure, by=olga, at=at)
        if ends < 0:
            authorizations.end(one, on=day + timedelta(days=ends), by=olga, at=at)


def _decided(one: Neighbor, place: int, day: date) -> str:
    status, begun, ends, _answer = DECIDED[place % len(DECIDED)]
    head = f"{one.cin},{one.family},{one.given},{one.born:%m/%d/%Y}"
    service = SERVICES[place % len(SERVICES)]
    if status != "Authorized":
        return f"{head},,{service},,,,{'' if status == 'Pending' else f'{day:%m/%d/%Y}'},{status}"
    begins, until = day + timedelta(days=begun), day + timedelta(days=ends)
    number = f"CS-26-7{place:03d}"
    return f"{head},{number},{service},{begins:%m/%d/%Y},{until:%m/%d/%Y},,{begins:%m/%d/%Y},{status}"

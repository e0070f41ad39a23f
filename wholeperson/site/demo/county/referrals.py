"""Requests for help all over the county, each brought as far as its road goes by those whose turn it was."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.actions import About, Asker, Wanted
from wholeperson.casework.referrals.holders import STRANGER, AskerAgain, LinkHolder
from wholeperson.casework.referrals.models import Asking, Referral, Sending
from wholeperson.record import wall
from wholeperson.record.actors import Actor
from wholeperson.site.demo.county.drawn import Neighbor
from wholeperson.site.demo.county.places import Places
from wholeperson.site.demo.county.roads import ROADS, SAID, WANTED, Road

STRIDE = 61  # through the roads, so that neighbors in line take different ones; it divides not their number
URGENT = 7  # one in so many cannot wait
INTAKE = {"plan": "Paula Reyes", "plan_2": "Petra Lind", "plan_3": "Pilar Soto"}
ANSWERING = {"Bayside Care Partners": "Ines Tran", "Open Door Housing Help": "Cody Wells"}  # who signs in there
ELSEWHERE = ["Blossom Valley Health", "Helping Hands of Lodi"]  # who has no place here
# (standing, name, works at, channel, who signs in)
ASKERS = [
    ("treating", "Renee Brooks", "hospital", "signed_in", "Renee Brooks"),
    ("family", "a daughter", "", "public", ""),
    ("treating", "Rui Tavares", "Carquinez Bridge Hospital", "signed_in", "Rui Tavares"),
    ("community", "Ruth Ekman", "Hope Street Family Shelter", "signed_in", "Ruth Ekman"),
    ("social_services", "Rosalind Pike", "Orchard Park School District", "signed_in", "Rosalind Pike"),
    ("self", "", "", "telephone", ""),
    ("treating", "Ines Tran", "ecm", "signed_in", "Ines Tran"),
]


@dataclass
class Way:
    """A referral on its way: who chooses for it, who has it now, and everybody whom it may be sent to in turn."""

    referral: Referral
    asking: Asking
    chooser: Person
    places: Places
    turns: Iterator[Organisation]
    sending: Sending | None = None

    @property
    def has(self) -> Sending:
        if self.sending is None:
            raise ValueError("this road answers before it sends")
        return self.sending

    @property
    def answers(self) -> tuple[Actor, str]:
        """Whoever answers where it was sent: somebody who signs in there, or the holder of the link."""
        name = ANSWERING.get(self.has.organisation.name, "The front desk")
        known = self.places.people.get(name)
        return known or LinkHolder(self.has, name), name


def fill(neighbors: list[Neighbor], members: dict[str, Member], places: Places, *, at: datetime) -> None:
    """One member after the other asks for something that fits what is told of them; nobody before they were born."""
    roads = [road for road in ROADS for _ in range(road.many)]
    earliest = clock.in_california(at - timedelta(hours=max(road.begun for road in ROADS)))
    born = [one for one in neighbors if one.born <= earliest]
    for place, one in enumerate(itertools.islice(itertools.cycle(born), len(roads))):
        road = roads[place * STRIDE % len(roads)]
        _walk(_begin(one, members[one.number], road, place, places, at), road, at)


def _begin(one: Neighbor, member: Member, road: Road, place: int, places: Places, at: datetime) -> Way:
    standing, name, works_at, channel, signs_in = ASKERS[place % len(ASKERS)]
    organisation, person = places.organisations.get(works_at), places.people.get(signs_in)
    asker = Asker(
        standing, name=name or f"{one.given} {one.family}", works_at=organisation.name if organisation else "",
        person=person, organisation=organisation,
    )  # fmt: skip
    about = About(
        comment=SAID[place % len(SAID)], county=one.county, safe_to_contact="yes" if place % 3 else "ask_first"
    )
    programme = _wanted(one, place, places)
    urgent = ("expedited", "It cannot wait.") if place % URGENT == 3 else ("standard", "")
    wanted = Wanted((programme,), *urgent, attested=True)
    asked = actions.ask(
        about, wanted, asker, channel=channel, key=f"county-{place}", member=member, by=person or STRANGER,
        at=at - timedelta(hours=road.begun),
    )  # fmt: skip
    with wall.opened("demo"):
        row = asked.asked_for.select_related("referral__member", "referral__handled_by").get()
    turns = itertools.cycle(places.giving(programme, one.county))
    for _ in range(place % 3):
        next(turns)
    return Way(row.referral, asked, places.people[INTAKE[one.plan]], places, turns)


def _wanted(one: Neighbor, place: int, places: Places) -> str:
    """A program that fits what is told, and that somebody in the county gives."""
    words = [word for word in WANTED if any(word in str(told["fact"]) for told in one.facts)]
    fitting = [name for word in words or [""] for name in WANTED[word] if places.giving(name, one.county)]
    return fitting[place % len(fitting)] if fitting else "ecm"


def _walk(way: Way, road: Road, at: datetime) -> None:
    steps = road.steps.split()
    for number, step in enumerate(steps, start=1):
        hours = road.begun - (road.begun - road.last) * number / len(steps)
        STEPS[step](way, at - timedelta(hours=hours))


def _screen(way: Way, at: datetime) -> None:
    actions.screen(way.referral, by=way.chooser, at=at)


def _ask(way: Way, at: datetime) -> None:
    question = "Where can we find the person in the morning, and is it safe to leave a message?"
    actions.ask_for_missing(way.referral, question, of=way.asking, by=way.chooser, at=at)


def _tell(way: Way, at: datetime) -> None:
    actions.tell_missing(way.referral, "At the day center, until ten.", by=AskerAgain(way.asking), at=at)


def _send(way: Way, at: datetime) -> None:
    way.sending = actions.send(way.referral, next(way.turns), by=way.chooser, at=at, address=str)


def _elsewhere(way: Way, at: datetime) -> None:
    to = ELSEWHERE[len(way.asking.name) % len(ELSEWHERE)]
    actions.send_elsewhere(way.referral, to, by=way.chooser, at=at)


def _heard(answer: str) -> Callable[[Way, datetime], None]:
    def heard(way: Way, at: datetime) -> None:
        actions.hear_from_elsewhere(
            way.referral, answer=answer, on=clock.in_california(at), way="telephone", told_by="Their intake line",
            key=f"county-{way.asking.public_id}", by=way.chooser, at=at,
        )  # fmt: skip

    return heard


def _accept(way: Way, at: datetime) -> None:
    by, name = way.answers
    way.referral = actions.accept(way.has, by=by, name=name, at=at)


def _decline(way: Way, at: datetime) -> None:
    by, name = way.answers
    way.referral = actions.decline(way.has, by=by, name=name, reason="no_room", at=at)


def _recall(way: Way, at: datetime) -> None:
    actions.recall(way.referral, by=way.chooser, at=at)


def _give_back(way: Way, at: datetime) -> None:
    actions.give_back(way.referral, by=way.answers[0], reason="needs_more_care", at=at)


def _reach(way: Way, at: datetime) -> None:
    called = Said(at - timedelta(minutes=5), "phone", "support", 5, at.day % 2 == 0)
    actions.reach(way.referral, called, by=way.answers[0], at=at, same=True)


def _start(closes: bool) -> Callable[[Way, datetime], None]:
    def start(way: Way, at: datetime) -> None:
        actions.start(way.referral, on=clock.in_california(at), closes=closes, by=way.answers[0], at=at)

    return start


def _close(reason: str) -> Callable[[Way, datetime], None]:
    def close(way: Way, at: datetime) -> None:
        actions.close(way.referral, reason=reason, on=clock.in_california(at), by=way.chooser, at=at)

    return close


def _hold(way: Way, at: datetime) -> None:
    actions.hold(way.referral, reason="In the hospital until further notice.", by=way.chooser, at=at)


def _withdraw(way: Way, at: datetime) -> None:
    actions.withdraw(way.referral, by=way.chooser, at=at)


def _reopen(way: Way, at: datetime) -> None:
    actions.reopen(way.referral, reason="The rent went up and the home was lost.", by=way.chooser, at=at)


STEPS: dict[str, Callable[[Way, datetime], None]] = {
    "screen": _screen,
    "ask": _ask,
    "tell": _tell,
    "send": _send,
    "elsewhere": _elsewhere,
    "heard_no": _heard("refused"),
    "heard_yes": _heard("accepted"),
    "accept": _accept,
    "decline": _decline,
    "recall": _recall,
    "give_back": _give_back,
    "reach": _reach,
    "start": _start(closes=False),
    "finish": _start(closes=True),
    "close_unreached": _close("unable_to_reach"),
    "close_no_need": _close("no_longer_needs_or_declines"),
    "hold": _hold,
    "withdraw": _withdraw,
    "reopen": _reopen,
}

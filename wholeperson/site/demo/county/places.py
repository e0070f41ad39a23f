"""Who gives what in the county, who works there, and where their referrals are written to."""

from dataclasses import dataclass
from datetime import date, datetime

from wholeperson import clock
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.referrals import actions as referrals
from wholeperson.record.actors import System
from wholeperson.site.demo import directory, people
from wholeperson.site.demo.county.towns import ASKING, STAFF, TOWNS

MAKER = System("demo", frozenset({"organisation.change", "person.change"}))
SINCE = date(2026, 1, 1)
WRITTEN_TO = 3  # of four organizations have a mailbox that somebody verified


@dataclass(frozen=True)
class Places:
    """Organizations by the cast's key or by their name, and everybody who signs in by name."""

    organisations: dict[str, Organisation]
    people: dict[str, Person]

    def giving(self, programme: str, county: str) -> list[Organisation]:
        """Who has this program in this county, the cast's first."""
        rows = [row for row in (*directory.TOWNS, *TOWNS) if programme in row[3].split() and county in row[4].split()]
        return [self.organisations[row[0] or row[1]] for row in rows]


def cast(*, at: datetime) -> Places:
    """The organizations and people of the small demo."""
    names = {name: key for key, (name, _kind, _plan) in people.ORGANISATIONS.items()}
    rows = list(Organisation.objects.all())
    known = {name: one for one in rows for name in {one.name, names.get(one.name, one.name)}}
    return Places(known, {one.name: stand(one, on=clock.in_california(at), at=at) for one in Person.objects.all()})


def fill(known: Places, *, at: datetime) -> Places:
    """The cast with the organizations of the county and their staff."""
    found = dict(known.organisations)
    found |= directory.fill(found, TOWNS, at=at)
    for name, kind in ASKING:
        found[name] = access.add_organisation(name=name, kind=kind, by=MAKER, at=at)
    for place, (_key, name, *_rest) in enumerate(TOWNS):
        if place % 4 < WRITTEN_TO:
            mailbox = f"intake@{name.replace(' ', '').lower()}.example"
            referrals.keep_mailbox(found[name], mailbox, verified=True, by=MAKER, at=at)
    return Places(found, known.people | _staff(found, at))


def _staff(found: dict[str, Organisation], at: datetime) -> dict[str, Person]:
    made = {}
    for role, name, where in STAFF:
        email = f"{name.lower().replace(' ', '.')}@county.example"
        person = access.add_person(name=name, email=email, by=MAKER, at=at)
        access.give_role(person=person, organisation=found[where], role=role, since=SINCE, by=MAKER, at=at)
        made[name] = stand(person, on=clock.in_california(at), at=at)
    return made

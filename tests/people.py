"""Known people for tests, made through the same actions as everybody's work."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db.models import Q

from wholeperson.access import actions as access
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Likeness, Member, Relationship
from wholeperson.record.actors import System
from wholeperson.record.moments import now_is

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
SINCE = date(2026, 1, 1)
MAKER = System(
    "tests",
    frozenset(
        {"organisation.change", "person.change", "member.register", "member.relate", "member.tell", "consent.record"}
    ),
)


@dataclass
class World:
    """An empty installation that fills as a test asks for people."""

    organisations: dict[str, Organisation] = field(default_factory=dict)

    def organisation(self, name: str, kind: str = "ecm_provider") -> Organisation:
        if name not in self.organisations:
            self.organisations[name] = access.add_organisation(name=name, kind=kind, by=MAKER, at=NOW)
        return self.organisations[name]

    def person(self, name: str, role: str, at: str | None = None) -> Person:
        """Somebody with one role since the new year, standing on today; `at` names their organisation."""
        made = access.add_person(name=name, email=f"{name.lower().replace(' ', '.')}@tests.example", by=MAKER, at=NOW)
        organisation = self.organisation(at) if at else None
        access.give_role(person=made, organisation=organisation, role=role, since=SINCE, by=MAKER, at=NOW)
        return stand(made, on=TODAY)

    def member(self, given: str = "Rosa", family: str = "Delgado", born: date = date(1980, 3, 9)) -> Member:
        return members.register(given_name=given, family_name=family, birth_date=born, by=MAKER, at=NOW)

    def relate(
        self,
        member: Member,
        to: str | Person,
        scope: str = "care",
        reason: str = "assignment",
        since: date = SINCE,
        until: date | None = None,
    ) -> Relationship:
        """Let an organisation (by name) or a person see the member."""
        organisation = self.organisation(to) if isinstance(to, str) else None
        return members.relate(
            member, organisation=organisation, person=to if isinstance(to, Person) else None, reason=reason,
            scope=scope, since=since, until=until, by=MAKER, at=NOW,
        )  # fmt: skip

    def joined(self, gone: Member, into: Member, by: Person) -> None:
        """Say that two records of one name and birth date, both of which `by` sees, are one person's."""
        now_is(NOW)
        members.find_alike.func()
        pair = Likeness.objects.get(Q(first=gone, second=into) | Q(first=into, second=gone))
        members.join(pair, into, why="The same card.", by=by, at=NOW)

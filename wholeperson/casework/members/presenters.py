"""A member in finished words, no more of them than the reader may see."""

from dataclasses import dataclass
from datetime import date

from wholeperson.casework.members.models import Member
from wholeperson.casework.members.queries import Sight


@dataclass(frozen=True)
class MemberPage:
    """What the page of one member shows."""

    member: Member
    sight: Sight
    today: date

    @property
    def name(self) -> str:
        return self.member.called

    @property
    def age(self) -> int:
        born = self.member.birth_date
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Numbers are for those who care for the member or decide about them."""
        if not self.sight.reaches("care"):
            return []
        rows = self.member.identifiers.filter(until=None).order_by("system")
        return [(row.system.upper(), row.value) for row in rows]

"""What somebody is on a day: their roles in their organisations, and so what they may do and how deep they see."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from wholeperson.access.permissions import CARRIED
from wholeperson.access.roles import ROLES, SCOPES, upto


@dataclass(frozen=True)
class Post:
    """One role in one organisation; none for a member, who acts for themself."""

    role: str
    organisation_id: UUID | None
    organisation: str = ""
    is_house: bool = False


@dataclass(frozen=True)
class Standing:
    """All posts somebody holds on a day."""

    on: date
    posts: tuple[Post, ...] = ()
    at: datetime | None = None  # the moment, where somebody asks at one; a day alone means its last
    is_anybody: bool = False  # in whose place all who hold such posts ask what is asked for them (`compiled`)

    @property
    def moment(self) -> datetime:
        """When they act: what ends during a day has ended for whoever asks of the whole day."""
        return self.at or datetime.combine(self.on, time.max, ZoneInfo(settings.TIME_ZONE))

    @cached_property
    def permissions(self) -> frozenset[str]:
        return frozenset().union(*(CARRIED[post.role] for post in self.posts))

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What was worked out of these posts once: it holds for as long as the person stands in them."""
        return {}

    def organisations_where(self, permission: str, *, depth: str = SCOPES[0]) -> list[UUID]:
        """The organisations for which the person may do this, in a role that ever sees so deep."""
        return [
            post.organisation_id
            for post in self.posts
            if post.organisation_id is not None
            and permission in CARRIED[post.role]
            and depth in upto(ROLES[post.role].sees)
        ]

    def reaches(self, organisation_id: UUID | None, permission: str) -> bool:
        """Whether the person may do this there: in an organisation of theirs, or anywhere if they act for the house."""
        return any(
            permission in CARRIED[post.role] and (post.is_house or post.organisation_id == organisation_id)
            for post in self.posts
            if post.organisation_id is not None
        )

    @property
    def is_staff(self) -> bool:
        """Whether the person acts for anybody but themself."""
        return any(post.organisation_id is not None for post in self.posts)

    def deepest(self, organisation_id: UUID | None, permission: str = "member.read") -> str:
        """The deepest scope that the person's roles in this organisation ever open."""
        scopes = [
            ROLES[post.role].sees
            for post in self.posts
            if post.organisation_id == organisation_id and permission in CARRIED[post.role]
        ]
        return max(scopes, key=SCOPES.index, default=SCOPES[0])

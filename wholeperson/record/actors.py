"""Who acts. A person, a job, a link somebody was sent: anything with a kind, an id, a label and a `may` can."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol

from wholeperson.record import refusals


class Actor(Protocol):
    """What the record keeps of whoever acts, and the one question it asks them."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> object: ...
    @property
    def label(self) -> str: ...
    def may(self, permission: str, /) -> bool: ...


@dataclass(frozen=True)
class System:
    """Work that nobody in particular does. It may do only what it is given by name."""

    label: str
    permissions: Set[str] = frozenset()
    kind: str = "system"

    @property
    def id(self) -> str:
        return self.label

    def may(self, permission: str, /) -> bool:
        return permission in self.permissions


def require(by: Actor, permission: str) -> None:
    """Refuse whoever may not."""
    if not by.may(permission):
        raise refusals.not_allowed(by.label, permission)

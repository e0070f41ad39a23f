"""Who acts without an account: whoever asks on the public page, and whoever holds a link and proved the mailbox."""

from dataclasses import dataclass

from wholeperson.casework.referrals.lifecycle import ANSWER, ASK, CLOSE, WITHDRAW, WORK
from wholeperson.casework.referrals.models import Asking, Sending
from wholeperson.record.actors import Actor, System

READER = System("whoever reads the mail of a member", frozenset())
STRANGER = System("somebody without an account", frozenset({ASK, "member.register"}))
HOUSE = System("referrals", frozenset({"referral.lapse", "referral.recall", "member.tell", "place.hold", WORK}))


@dataclass(frozen=True)
class WritesDown:
    """Whoever asks for somebody new writes their name down by asking, and may write down nothing else by that."""

    by: Actor

    @property
    def kind(self) -> str:
        return self.by.kind

    @property
    def id(self) -> object:
        return self.by.id

    @property
    def label(self) -> str:
        return self.by.label

    def may(self, permission: str, /) -> bool:
        return permission == "member.register"


@dataclass(frozen=True)
class AskerAgain:
    """Whoever came back with the number and the birth date: they may take it back, and tell what was missing."""

    asking: Asking
    kind: str = "link"

    @property
    def id(self) -> str:
        return self.asking.public_id

    @property
    def label(self) -> str:
        return f"whoever asked as {self.asking.public_id}"

    def may(self, permission: str, /) -> bool:
        return permission in (ASK, WITHDRAW)


@dataclass(frozen=True)
class LinkHolder:
    """Whoever holds the link of a sending and knew the code. `name` is what they say they are called."""

    sending: Sending
    name: str
    kind: str = "link"

    @property
    def id(self) -> str:
        return self.sending.public_id

    @property
    def label(self) -> str:
        return f"{self.name or 'somebody'} at {self.sending.organisation.name}, by link"

    def may(self, permission: str, /) -> bool:
        return permission in (ANSWER, WORK, CLOSE, "contact.record")

"""A referral in finished words, no more of it than the reader may know."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wholeperson.access.models import Person
from wholeperson.casework.members import tongues
from wholeperson.casework.members.contacts import METHODS
from wholeperson.casework.members.models import Contact
from wholeperson.casework.members.presenters import value_in_words
from wholeperson.casework.referrals import belonging, calling, programmes, queries, sayings, state
from wholeperson.casework.referrals.lifecycle import OPEN
from wholeperson.casework.referrals.models import (
    AskedFor,
    Asking,
    Callback,
    Elsewhere,
    HalfDone,
    Notice,
    PlanForm,
    Referral,
    Sending,
    StateStatus,
)
from wholeperson.casework.referrals.needing import needs_of
from wholeperson.casework.referrals.queries import Seen
from wholeperson.record import steps

RECEIVED, ENDED = ("received",), ("closed", "withdrawn")
HANDLER = ("screen", "send", "hear", "ask", "send_elsewhere", "recall", "start", "hold", "resume", "close", "reopen")
UNDOES = ("recall", "reopen")  # never the first thing to do
AT_ONCE = frozenset(
    {"screen", "accept", "resume"}
)  # nothing more is asked: a page between asked for the same press again
PROVIDER = ("accept", "decline", "reach", "start", "give_back", "hold", "resume", "close")


def little(status: str) -> str:
    """What is told to whoever may know no more."""
    if status in RECEIVED:
        return "received"
    return "closed" if status in ENDED else "worked_on"


@dataclass(frozen=True)
class Status:
    """One referral's status for one reader: a word, its tone, what comes next and by when."""

    referral: Referral
    all: bool

    @property
    def name(self) -> str:
        return programmes.name(self.referral.programme)

    @property
    def word(self) -> "str | Promise":
        return (
            sayings.STATUSES[self.referral.status][0] if self.all else sayings.LITTLE[little(self.referral.status)][0]
        )

    @property
    def tone(self) -> str:
        return (
            sayings.STATUSES[self.referral.status][1] if self.all else sayings.LITTLE[little(self.referral.status)][1]
        )

    @property
    def next(self) -> "str | Promise":
        if self.all and self.referral.closure_reason == "services_received" and not self.is_open:
            return sayings.RECEIVED_AND_CLOSED
        if self.referral.status in RECEIVED and self.referral.plan_id:
            return sayings.LITTLE["received"][2]  # which plan it belongs to is known
        return sayings.NEXT[self.referral.status] if self.all else sayings.LITTLE[little(self.referral.status)][2]

    @property
    def due_at(self) -> datetime | None:
        """Whoever knows little is told by when somebody looks at it, and nothing of what comes later."""
        return self.referral.due_at if self.all or self.referral.status in RECEIVED else None

    @property
    def is_open(self) -> bool:
        return self.referral.status in OPEN

    @property
    def reason(self) -> "str | Promise":
        return sayings.CLOSURES.get(self.referral.closure_reason, "") if self.all else ""


@dataclass(frozen=True)
class Row(Status):
    """A referral on a list of work."""

    @property
    def came_back(self) -> bool:
        """Somebody it was sent to does not have it, and another one is to be chosen."""
        return self.referral.status == "screened" and bool(getattr(self.referral, "sent_back", None))

    @property
    def person(self) -> str:
        return self.referral.member.called


@dataclass(frozen=True)
class Asked:
    """What somebody asked for, on their own list: the name is the one they gave."""

    row: AskedFor
    all: bool

    @property
    def status(self) -> Status:
        return Status(self.row.referral, self.all)

    @property
    def person(self) -> str:
        return name_as_told(self.row.asking)


@dataclass(frozen=True)
class Half:
    """A form kept for later, on a list: by the name that stands in it."""

    row: HalfDone

    @property
    def name(self) -> str:
        told = json.loads(self.row.content)
        said = " ".join(" ".join(told.get(field, [])) for field in ("given_name", "family_name")).strip()
        return said or str(_("A request without a name yet"))


@dataclass(frozen=True)
class Missed:
    """A call that nobody could take, in words."""

    row: Callback

    @property
    def called(self) -> str:
        return self.row.name or str(_("Somebody who gave no name"))

    @property
    def best_time(self) -> "str | Promise":
        return sayings.TIMES[self.row.best_time]

    @property
    def language(self) -> str:
        return str(tongues.name(self.row.language))

    @property
    def leaves_message(self) -> bool:
        return self.row.message == "yes"

    @property
    def outcome(self) -> "str | Promise":
        return sayings.CALLS.get(self.row.outcome, "")

    @property
    def waits(self) -> bool:
        return self.row.status == "waiting"


@dataclass(frozen=True)
class KeptForm:
    """A plan's form as it is kept: for which plan and program, and by whom."""

    row: PlanForm

    @property
    def plan(self) -> Any:
        known = programmes.policy().plans.get(self.row.plan_word)
        return known["name"] if known else self.row.plan_word or _("Any plan")

    @property
    def programme(self) -> Any:
        return programmes.name(self.row.programme) if self.row.programme else _("Any program")


def spelled(number: str) -> list[str]:
    """A number in pieces as one reads it aloud: ask, then three, three and four letters or digits."""
    begins, rest = number.split("-")
    return [begins, *(" ".join(piece) for piece in (rest[:3], rest[3:6], rest[6:]))]


def name_as_told(asking: Asking) -> str:
    """The name as whoever asked gave it; where they picked a record, that record's."""
    told = json.loads(asking.told or "{}")
    said = f"{told.get('given_name', '')} {told.get('family_name', '')}".strip()
    return said or asking.member.called


@dataclass(frozen=True)
class Unwritten:
    """A letter that did not go out: to whom, what it was to say, and why it stays."""

    notice: Notice
    person: str

    @property
    def to(self) -> str:
        return Told(self.notice.asking).who if self.notice.asking else self.person

    @property
    def what(self) -> "str | Promise":
        return sayings.NOTICES[self.notice.kind]

    @property
    def why(self) -> "str | Promise":
        return sayings.HELD_BACK[self.notice.held_back]


@dataclass(frozen=True)
class Told:
    """One asking, for whoever handles the referral."""

    asking: Asking
    heard: frozenset[str] | None = None  # facts that this reader is told; all, where it is none

    @property
    def who(self) -> str:
        person = self.asking.person
        if self.asking.standing == "self":
            return name_as_told(self.asking)
        return self.asking.name or (person.name if person else str(_("Whoever asked gave no name")))

    @property
    def where(self) -> str:
        return self.asking.works_at or (self.asking.organisation.name if self.asking.organisation else "")

    @property
    def standing(self) -> "str | Promise":
        return sayings.ASKERS[self.asking.standing]

    @property
    def safety(self) -> "str | Promise":
        return sayings.SAFETY[self.asking.safe_to_contact]

    @property
    def confirmed(self) -> "str | Promise":
        return sayings.CONFIRMED.get(self.asking.confirmed_as, "")

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.asking.told or "{}")
        return found

    @property
    def is_unreachable(self) -> bool:
        """Whether neither a telephone nor a place was told: then only they can look again."""
        return not (self.told.get("phone") or self.told.get("where") or self.asking.phone or self.asking.person_id)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was told of the person, as question and answer."""
        words = programmes.words()
        told = {fact: value for fact, value in (self.told.get("facts") or {}).items() if self.hears(fact)}
        return [(words.ask(fact), value_in_words(value)) for fact, value in told.items()]

    def hears(self, fact: str) -> bool:
        return self.heard is None or fact in self.heard


def how(contact: Contact | None) -> str:
    """How somebody tried to reach the person, and whether they did."""
    if contact is None:
        return ""
    reached = _("Reached") if contact.successful else _("Not reached")
    return " · ".join(str(word) for word in (METHODS[contact.method], reached, contact.by))


@dataclass(frozen=True)
class Page:
    """The page of one referral."""

    seen: Seen
    reader: Person
    now: datetime

    @property
    def referral(self) -> Referral:
        return self.seen.referral

    @property
    def status(self) -> Status:
        return Status(self.referral, self.seen.all)

    @property
    def person(self) -> str:
        if self.seen.asking and not self.seen.names_person:
            return name_as_told(self.seen.asking)
        return self.referral.member.called

    @property
    def plan(self) -> str:
        if self.referral.plan:
            return self.referral.plan.name
        known = programmes.policy().plans.get(self.referral.plan_word)
        return str(known["name"]) if known else str(_("Not known yet"))

    @property
    def works_on_it(self) -> bool:
        return self.seen.as_what in ("handler", "provider")

    @property
    def opens_contacts(self) -> bool:
        """Only where the page of contacts lets them in: whom it was just sent to sees less of the person."""
        return self.shows_contact and self.reader.may("contact.record")

    @cached_property
    def needs(self) -> "list[tuple[str, str]]":
        """How the person speaks, reads and eats, for whoever works on it: whom it is sent to has to be able to."""
        return [(name, value) for _key, name, value in needs_of(self.referral, self.reader)]

    @property
    def shows_contact(self) -> bool:
        """How to reach the person: for whoever handles it, and for whoever took it."""
        return self.seen.as_what == "handler" or bool(self.seen.sending and self.seen.sending.status == "accepted")

    @cached_property
    def way(self) -> calling.Way | None:
        """How to reach the person: for whoever took it, as long as it is theirs to do."""
        if not (self.seen.sending and self.seen.sending.status == "accepted" and self.status.is_open):
            return None
        said = [
            calling.Said(one.asking.safe_to_contact, one.told.get("phone", ""), one.told.get("where", ""))
            for one in self.askings
        ]
        return calling.way_to(self.reader, self.referral.member, said)

    @property
    def shows_papers(self) -> bool:
        """What others brought: for whoever handles it or took it, and whoever cares for the person anyway."""
        return self.shows_contact or self.seen.as_what in ("member", "carer")

    @property
    def may_close(self) -> bool:
        return self.reader.may("referral.close")

    @property
    def has_sheet(self) -> bool:
        return self.seen.as_what == "handler" and self.reader.may("referral.screen")

    @cached_property
    def askings(self) -> list[Told]:
        return [Told(row.asking) for row in self._of(belonging.askings)]

    @cached_property
    def sendings(self) -> list[tuple[Sending, "str | Promise"]]:
        """Where it was sent, and what came of it."""
        found = self._sendings
        return [(one, sayings.DECLINES.get(one.reason) or sayings.SENDINGS[one.status]) for one in found]

    @cached_property
    def said_no(self) -> "tuple[str | Promise, Sending] | None":
        """Why the reader's own organization does not have it."""
        if self.seen.as_what == "handler" or self.seen.sending:
            return None
        found = queries.said_no(self.reader, self.referral)
        return (sayings.DECLINES.get(found.reason, ""), found) if found else None

    @cached_property
    def held_until(self) -> datetime | None:
        """Until when a place is kept free where it waits for an answer."""
        waiting = next((one for one in self._sendings if one.status == "waiting"), None)
        return queries.held_until(waiting, self.now) if waiting else None

    @property
    def exempt(self) -> bool:
        return state.exempt(self.referral.programme)

    @cached_property
    def state(self) -> list[tuple["str | Promise", StateStatus, str]]:
        """The State's statuses, the newest first, and how somebody tried to reach them; where the reader may know."""
        if not self.seen.all:
            return []
        rows = self._of(belonging.state_statuses)
        tries = queries.tries_for(self.reader, rows)
        return [(sayings.STATE_STATUSES[row.status], row, how(tries.get(row.contact_id))) for row in rows]

    @cached_property
    def told_elsewhere(self) -> list[tuple["str | Promise", Elsewhere]]:
        return [(sayings.ANSWERS_ELSEWHERE[row.answer], row) for row in self._of(belonging.told_elsewhere)]

    @cached_property
    def held_back(self) -> list["Unwritten"]:
        return [Unwritten(row, self.person) for row in self._of(belonging.held_back)]

    @property
    def story(self) -> list[tuple["str | Promise", datetime, str]]:
        """What happened; who did it is told to those who work on it."""
        rows = self._of(belonging.steps)
        return [(sayings.STEPS[row.verb], row.at, row.actor_label if self.works_on_it else "") for row in rows]

    @cached_property
    def _sendings(self) -> list[Sending]:
        return self._of(belonging.sendings)

    def _of(self, question: Callable[..., Any]) -> list[Any]:
        return belonging.of(self.referral, self.reader, question)

    @property
    def moves(self) -> list[tuple[str, "str | Promise", bool]]:
        """The steps that this reader may take now: verb, its words, whether it is the first thing to do."""
        if not self.works_on_it:
            return self._own_moves
        lawful = {move.verb for move in steps.open_to(self.referral, self.reader)}
        if lawful & {"resume", "resume_work"}:
            lawful |= {"resume"}
        if self.referral.status == "elsewhere" and "return" in lawful:
            lawful |= {"hear"}
        if self.referral.asked_at is not None:
            lawful -= {"ask"}
        mine = (HANDLER if self.seen.as_what == "handler" else ()) + (PROVIDER if self.seen.sending else ())
        if self.seen.as_what == "handler" and self.referral.provider_id and not self.seen.sending:
            mine = tuple(verb for verb in mine if verb != "start")
        verbs = [verb for verb in dict.fromkeys(mine) if verb in lawful]
        return [(verb, sayings.VERBS[verb], place == 0 and verb not in UNDOES) for place, verb in enumerate(verbs)]

    @property
    def at_once(self) -> frozenset[str]:
        """Those of the steps that the page itself takes, by one press."""
        return AT_ONCE

    @property
    def _own_moves(self) -> list[tuple[str, "str | Promise", bool]]:
        mine = []
        asking = self.seen.asking
        if self.referral.status == "asked" and asking and self.referral.asked_of_id == asking.pk:
            mine.append("tell")
        if self.status.is_open and self.reader.may("referral.withdraw") and (asking or self.seen.as_what == "member"):
            mine.append("withdraw")
        return [(verb, sayings.VERBS[verb], verb == "tell") for verb in mine]


def checklist(referral: Referral, *, everything: bool) -> list[tuple[str, bool, list[Any]]]:
    """Each paper that the policy names: what it is, whether it is needed, and what of it is there.

    Whoever may not see the person is told only what is asked for, not what others brought.
    """
    there: dict[str, list[Any]] = {}
    for row in queries.papers_of(referral) if everything else ():
        there.setdefault(row.item, []).append(row.document)
    named = [(one.says, one.needed, there.pop(one.id, [])) for one in programmes.documents(referral.programme)]
    rest = [document for documents in there.values() for document in documents]
    return [*named, *([(str(_("Something else")), False, rest)] if rest else [])]

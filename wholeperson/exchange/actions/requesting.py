"""A list of requests: each row goes the way of the form, or is set aside whole with its reason."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members.days import day_of
from wholeperson.casework.referrals import actions as referrals
from wholeperson.casework.referrals.placing import Nowhere
from wholeperson.exchange import requests
from wholeperson.exchange.actions.aside import CANNOT_BE_KEPT, set_aside
from wholeperson.exchange.actions.receiving import asked_of
from wholeperson.exchange.layouts import layouts
from wholeperson.exchange.models import Received
from wholeperson.formats.files.checking import check
from wholeperson.formats.files.findings import Objection, Record, Report
from wholeperson.formats.files.values import NOTE
from wholeperson.record import progress
from wholeperson.record.actors import Actor
from wholeperson.record.refusals import NotAllowed

SAID_EVERY = 10  # rows


class Requests:
    """One list on its way."""

    def __init__(self, received: Received, *, by: Actor, at: datetime) -> None:
        self.received, self.by, self.at = received, by, at
        self.asker = requests.asker(received.organisation, by if isinstance(by, Person) else None)
        self.done = 0

    def run(self, content: bytes) -> Report:
        layout = layouts()[self.received.layout]
        asked = asked_of(layout, day_of(self.at), self.received.organisation)
        return check(BytesIO(content), layouts(), layout, keep=self._keep, asked=asked)

    def _keep(self, batch: Sequence[Record]) -> Iterator[Objection]:
        for row in batch:
            if self.done % SAID_EVERY == 0:
                progress.say(self.received.public_id, self.done)
            self.done += 1
            try:
                with transaction.atomic():
                    is_new = self._one(row)
            except NotAllowed:
                raise
            except Nowhere:
                yield Objection(row.row, "county", "nobody here can take a request for this county", "call the plan")
            except CANNOT_BE_KEPT as why:
                yield set_aside(row, why)
            else:
                yield from () if is_new else (_known(row),)

    def _one(self, row: Record) -> bool:
        """Whether it is new: the same row again is the same request, in whatever file it stands."""
        key, about, wanted = self._key(row), requests.about(row), requests.wanted(row)
        is_new = not referrals.was_asked(key)
        referrals.ask(about, wanted, self.asker, channel="file", key=key, by=self.by, at=self.at)
        return is_new

    def _key(self, row: Record) -> str:
        """A row that says no day is the same only until that request is over: later it is another."""
        key = f"{self.received.organisation_id}:{requests.mark(row)}"
        return key if row.values.get("requested_on") else referrals.key_of_this_time(key)


def _known(row: Record) -> Objection:
    return Objection(
        row.row, None, "this request was received before, so none was made a second time",
        "nothing; if it is asked anew, write the day of the request", severity=NOTE,
    )  # fmt: skip

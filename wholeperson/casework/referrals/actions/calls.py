"""The telephone: what is asked for on it, and the calls that nobody could take."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.referrals import clocks, vocabulary
from wholeperson.casework.referrals.actions.asking import About, Asker, Wanted, ask
from wholeperson.casework.referrals.lifecycle import CALL
from wholeperson.casework.referrals.models import Asking, Callback
from wholeperson.record import refusals, steps, wall
from wholeperson.record.actors import require
from wholeperson.rules.problems import Problem, Refused, Where

OUTCOMES = (*vocabulary.CALL_TRIES, *vocabulary.CALL_ENDS)


@dataclass(frozen=True)
class Missed:
    """Who called while nobody could answer, and how they may be called back. `message`: may one be left?"""

    phone: str
    name: str = ""
    best_time: str = "any"
    language: str = "en"
    message: str = "no"
    said: str = ""


@transaction.atomic
def take_call(
    about: About,
    wanted: Wanted,
    asker: Asker,
    *,
    key: str,
    by: Person,
    at: datetime,
    callback: Callback | None = None,
) -> Asking:
    """What somebody asks for on the telephone is a request like any other; the call that was missed is done by it."""
    require(by, CALL)
    if callback:
        _require_own(callback, by)
    asking = ask(about, wanted, asker, channel="telephone", key=f"{by.public_id}:{key}", by=by, at=at)
    if callback:
        with wall.opened("call.ask"):
            if now := _still_waiting(callback):
                steps.take(now, "ask", by=by, at=at, asking_id=asking.pk)
    return asking


def _still_waiting(callback: Callback) -> Callback | None:
    """Somebody else may have called too; what was asked then is kept all the same."""
    return Callback.objects.select_for_update(no_key=True).filter(pk=callback.pk, status="waiting").first()


def keep_missed(missed: Missed, *, organisation: Organisation, key: str, by: Person, at: datetime) -> Callback:
    """To be called back by the end of the next working day. The same form again is the same call."""
    if organisation.pk not in by.standing.organisations_where(CALL):
        raise refusals.not_allowed(by.label, CALL)
    made = Callback(
        organisation=organisation, name=missed.name, phone=missed.phone, best_time=missed.best_time,
        language=missed.language, message=missed.message, said=missed.said, called_at=at, kept_by=by,
        key=f"{by.public_id}:{key}",
    )  # fmt: skip
    with wall.opened("call.keep"):
        try:
            steps.begin(made, by=by, at=at, due_at=clocks.due("calling_back", at))
        except IntegrityError:
            return Callback.objects.get(key=made.key)
    return made


@transaction.atomic
def call_back(callback: Callback, outcome: str, *, by: Person, at: datetime, key: str | None = None) -> None:
    """How it went: nobody answered, and it is tried again; or it is done. The same form again is the same try."""
    _require_own(callback, by)
    _require_sayable(callback, outcome)
    mark = f"{by.public_id}:{key}" if key else None
    with wall.opened("call.back"):
        now = Callback.objects.select_for_update(no_key=True).get(pk=callback.pk)
        if outcome in vocabulary.CALL_TRIES:
            due = clocks.due("calling_back", at)
            steps.take(now, "try", by=by, at=at, due_at=due, key=mark, outcome=outcome, tries=now.tries + 1)
        else:
            steps.take(now, "close", by=by, at=at, key=mark, outcome=outcome)


def _require_own(callback: Callback, by: Person) -> None:
    if callback.organisation_id not in by.standing.organisations_where(CALL):
        raise refusals.not_allowed(by.label, CALL)


def _require_sayable(callback: Callback, outcome: str) -> None:
    """A call ends in one of our words; and where no message may be left, none was."""
    known = tuple(one for one in OUTCOMES if one != "message_left" or callback.message == "yes")
    if outcome in known:
        return
    if outcome in OUTCOMES:
        raise Refused(_no_message(known))
    raise Refused(_no_outcome(outcome, known))


def _no_message(known: tuple[str, ...]) -> Problem:
    return Problem(
        "no_message", "nobody said that a message may be left", "whoever else hears it may harm the person",
        "hang up, and try again at another time", Where(path="outcome"), known,
    )  # fmt: skip


def _no_outcome(outcome: str, known: tuple[str, ...]) -> Problem:
    return Problem(
        "unknown_outcome", f"no call ends in {outcome!r}", "whoever calls next reads how the last call went",
        "choose one of the words", Where(path="outcome"), known,
    )  # fmt: skip

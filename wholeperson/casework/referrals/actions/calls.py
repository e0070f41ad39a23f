"""The telephone: what is asked for on it, and the calls that nobody could take."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.referrals import clocks, vocabulary
from wholeperson.casework.referrals.actions.asking import About, Asker, Wanted, ask
from wholeperson.casework.referrals.lifecycle import CALL
from wholeperson.casework.referrals.models import Asking, Callback
from wholeperson.record import refusals, steps
from wholeperson.record.actors import require
from wholeperson.rules.problems import Problem, Refused, Where


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
    if callback and (now := _still_waiting(callback)):
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
    try:
        steps.begin(made, by=by, at=at, due_at=clocks.due("calling_back", at))
    except IntegrityError:
        return Callback.objects.get(key=made.key)
    return made


def call_back(callback: Callback, outcome: str, *, by: Person, at: datetime) -> None:
    """How it went: nobody answered, and it is tried again; or it is done."""
    _require_own(callback, by)
    if outcome == "message_left" and callback.message != "yes":
        raise Refused(_no_message())
    if outcome in vocabulary.CALL_TRIES:
        due = clocks.due("calling_back", at)
        steps.take(callback, "try", by=by, at=at, due_at=due, outcome=outcome, tries=callback.tries + 1)
    else:
        steps.take(callback, "close", by=by, at=at, outcome=outcome)


def _require_own(callback: Callback, by: Person) -> None:
    if callback.organisation_id not in by.standing.organisations_where(CALL):
        raise refusals.not_allowed(by.label, CALL)


def _no_message() -> Problem:
    return Problem(
        "no_message", "nobody said that a message may be left", "whoever else hears it may harm the person",
        "hang up, and try again at another time", Where(path="outcome"),
        tuple(one for one in (*vocabulary.CALL_TRIES, *vocabulary.CALL_ENDS) if one != "message_left"),
    )  # fmt: skip

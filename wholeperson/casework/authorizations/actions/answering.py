"""How the referral behind an authorization stands, which units were used, that it ended."""

from datetime import date, datetime

from django.db import transaction

from wholeperson.casework.authorizations.actions.recording import person_of, require_at, see
from wholeperson.casework.authorizations.lifecycle import CLOSED, DECLINED
from wholeperson.casework.authorizations.models import Answer, Authorization, Draw
from wholeperson.record import steps, trail, wall
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Problem, Refused, Where


@transaction.atomic
def answer(found: Authorization, said: str, *, since: date, by: Actor, at: datetime, closure: str = "") -> Answer:
    """How the referral stands from that day on. A provider that declined closes nothing: the plan asks another.

    Where the referral itself is kept here, its own steps say it, and this refuses.
    """
    require_at(by, found.organisation)
    if found.referral_id:
        raise Refused(_said_there())
    with wall.opened("authorization.answer"):
        Authorization.objects.select_for_update(no_key=True).get(pk=found.pk)
        last: Answer | None = Answer.objects.filter(authorization=found).order_by("since", "kept_at", "id").last()
        if last and last.answer == DECLINED and said == CLOSED:
            raise Refused(_declined())
        if bool(closure) != (said == CLOSED):
            raise Refused(_says_why())
        if last and (last.answer, last.since, last.closure) == (said, since, closure):
            return last
        row = Answer(
            authorization=found, member_id=found.member_id, answer=said, since=since, closure=closure,
            person=person_of(by), kept_at=at,
        )  # fmt: skip
        row.save(force_insert=True)
    trail.wrote(found, "authorization.answer", by=by, at=at, subject=found.member_id)
    return row


@transaction.atomic
def draw(
    found: Authorization, units: int, *, on: date, source: str, key: str, by: Actor, at: datetime
) -> tuple[Draw, bool]:
    """Units used. More than are left are kept too: what was done was done, and the page says so."""
    require_at(by, found.organisation)
    with wall.opened("authorization.draw"):
        row, is_new = Draw.objects.get_or_create(
            key=key,
            defaults={
                "authorization": found, "member_id": found.member_id, "units": units, "on": on, "source": source,
                "person": person_of(by), "kept_at": at,
            },
        )  # fmt: skip
    if is_new:
        trail.wrote(found, "authorization.draw", by=by, at=at, subject=found.member_id)
    return row, is_new


@transaction.atomic
def end(found: Authorization, *, on: date, by: Actor, at: datetime) -> Authorization:
    """It ended on that day; the service stays to be seen for as long as files about it are owed."""
    require_at(by, found.organisation)
    with wall.opened("authorization.end"):
        steps.take(found, "end", by=by, at=at, subject=found.member_id, ended_on=on)
        see(found, on, by=by, at=at)
    return found


def _declined() -> Problem:
    return Problem(
        "declined", "this provider declined, and the loop stays open", "the plan has to find another provider first",
        "say accepted, if the provider takes it after all", Where(path="answer"), ("accepted", "pending"),
    )  # fmt: skip


def _said_there() -> Problem:
    return Problem(
        "said_at_the_referral", "the referral behind this authorization is kept here", "its own steps tell the plan",
        "take the step at the referral", Where(path="answer"),
    )  # fmt: skip


def _says_why() -> Problem:
    return Problem(
        "says_why", "a loop that closes says why, and no other answer does", "the plan tells whoever asked",
        "give the reason with the closing, and only with it", Where(path="closure"),
    )  # fmt: skip

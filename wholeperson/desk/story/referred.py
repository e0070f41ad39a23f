"""What was asked for a member and what came of it: the steps of referrals, what plans allowed, letters about both."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wholeperson.casework.authorizations import presenters as allowed
from wholeperson.casework.authorizations import queries as authorizations
from wholeperson.casework.authorizations.models import Authorization, Told
from wholeperson.casework.referrals import programmes, queries, sayings
from wholeperson.casework.referrals.lifecycle import REFERRAL
from wholeperson.casework.referrals.models import Notice, Referral
from wholeperson.desk.story.entries import Entry, Reader, Rows, rows
from wholeperson.desk.story.entries import Told as Entries
from wholeperson.record.models import Step


def _referrals(reader: Reader) -> QuerySet[Referral]:
    return queries.within(reader.user).filter(member=reader.member)


def _steps(reader: Reader) -> "QuerySet[Step]":
    return Step.objects.filter(of=REFERRAL.of, thing_id__in=_referrals(reader).values("pk"))


def _told_steps(reader: Reader, wanted: list[Any]) -> Entries:
    """Who did it is told to those who work on it."""
    of = {row.pk: row for row in _referrals(reader)}
    works_on = queries.ours_of(reader.user, reader.member)
    return {
        step.pk: _step(step, of[step.thing_id], step.thing_id in works_on)
        for step in _steps(reader).filter(pk__in=wanted)
    }


def _step(step: Step, of: Referral, works_on_it: bool) -> Entry:
    why = sayings.CLOSURES.get(of.closure_reason, "") if step.verb == "close" else ""
    return Entry(
        sayings.STEPS[step.verb],
        f"{programmes.name(of.programme)} · {why}" if why else programmes.name(of.programme),
        step.actor_label if works_on_it else "",
        href=reverse("referral", args=[of.public_id]),
    )


def _authorized(reader: Reader) -> QuerySet[Authorization]:
    return authorizations.authorizations_for(reader.user).filter(member=reader.member).order_by()


def _decisions(reader: Reader) -> QuerySet[Told]:
    found: QuerySet[Told] = Told.objects.for_user(reader.user).filter(authorization__in=_authorized(reader))
    return found.select_related("authorization__plan")


def _decision(_reader: Reader, row: Told) -> Entry:
    """What the plan decided, and how that was told."""
    card, of = allowed.ToldCard(row), row.authorization
    until = _("until %(day)s") % {"day": date_format(row.ends)} if row.ends else ""
    text = " · ".join(filter(None, [allowed.name_of(of.programme), of.plan.name, until]))
    return Entry(card.title, text, card.how, href=reverse("authorization", args=[of.public_id]))


def _ended(_reader: Reader, row: Authorization) -> Entry:
    text = f"{allowed.name_of(row.programme)} · {row.plan.name}"
    return Entry(_("The authorization ended"), text, href=reverse("authorization", args=[row.public_id]))


def _letters(reader: Reader) -> QuerySet[Notice]:
    """For those who handle the referral."""
    ours = reader.user.standing.organisations_where(queries.HANDLE)
    found: QuerySet[Notice] = Notice.objects.for_user(reader.user).filter(
        member=reader.member, referral__in=_referrals(reader).filter(handled_by__in=ours).order_by()
    )
    return found.select_related("referral")


def _letter(_reader: Reader, row: Notice) -> Entry:
    to = _("To the person") if row.asking_id is None else _("To whoever asked")
    title = _("Not written to yet") if row.held_back else _("A letter was sent")
    text = " · ".join(filter(None, [programmes.name(row.referral.programme), str(_held(row))]))
    return Entry(title, text, to, href=reverse("referral", args=[row.referral.public_id]))


def _held(row: Notice) -> Any:
    return sayings.HELD_BACK.get(row.held_back, "")


SOURCES: list[Rows] = [
    Rows("referrals", _steps, "at", _told_steps),
    rows("authorizations", _decisions, "on", _decision),
    rows("authorizations", lambda reader: _authorized(reader).exclude(ended_on=None), "ended_on", _ended),
    rows("notices", _letters, "at", _letter),
]

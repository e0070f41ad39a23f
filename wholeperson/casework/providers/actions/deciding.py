"""What the plan does with an application: each step by its verb, notes for colleagues, the place in the directory."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholeperson.access import actions as access
from wholeperson.access.models import Identifier, Organisation, Person
from wholeperson.casework.providers import asked, clocks, letters
from wholeperson.casework.providers.actions.offering import join
from wholeperson.casework.providers.models import Application, ApplicationLook, ApplicationNote, Attestation
from wholeperson.record import refusals, steps, trail
from wholeperson.record.actors import System
from wholeperson.rules.problems import Problem, Refused, Where

LISTING = System("provider listing", frozenset({"organisation.change", "directory.keep"}))
SAYS = {"ask": "question", "request_papers": "question", "decline": "reason", "sign": "contract_from"}


@transaction.atomic
def decide(
    application: Application, verb: str, *, by: Person, at: datetime, said: Any = None, key: str = ""
) -> Application:
    """Take a step for the plan. `said` is what the step needs: a question, a reason, the day a contract begins."""
    _require_plan(application, by)
    if verb == "list":
        raise refusals.unlawful("provider_application", verb, application.status, ("list_it",))
    if verb == "clear" and (unlooked := unlooked_at(application)):
        raise Refused(_unlooked(unlooked))
    move = application.lifecycle.find(verb, application.status)
    due = clocks.due(move.clock, at) if move and move.clock else None
    changes = {SAYS[verb]: said} if verb in SAYS else {}
    taken = steps.take(application, verb, by=by, at=at, due_at=due, key=key or None, **changes)
    letters.post(application, f"application-step:{taken.pk}", letters.of_step, by=by, at=at)
    return application


@transaction.atomic
def list_it(application: Application, *, name: str, by: Person, at: datetime, key: str = "") -> Organisation:
    """Put it and its services into the directory. An organization here with its NPI is the same: none is made twice."""
    _require_plan(application, by)
    if application.status == "listed" and application.organisation:
        return application.organisation
    if application.lifecycle.find("list", application.status) is None:
        lawful = (move.verb for move in application.lifecycle.moves_from(application.status))
        raise refusals.unlawful("provider_application", "list", application.status, lawful)
    organisation = known_by_npi(application.npi) or _made(application, name, at)
    taken = steps.take(application, "list", by=by, at=at, key=key or None, organisation_id=organisation.pk)
    application.attestations.update(organisation=organisation)
    join(application, organisation, by=LISTING, at=at)
    letters.post(application, f"application-step:{taken.pk}", letters.of_step, by=by, at=at)
    return organisation


def known_by_npi(npi: str) -> Organisation | None:
    """The organization here that has this number today."""
    row = Identifier.objects.filter(system="npi", value=npi, until=None).select_related("organisation").first()
    return row.organisation if row and npi else None


def _made(application: Application, name: str, at: datetime) -> Organisation:
    if Organisation.objects.filter(name__iexact=name).exists():
        raise Refused(_name_taken(name))
    made = access.add_organisation(name=name, kind=application.kind, by=LISTING, at=at)
    access.add_identifier(of=made, system="npi", value=application.npi, by=LISTING, at=at)
    if application.tin and not Identifier.objects.filter(system="tin", value=application.tin, until=None).exists():
        access.add_identifier(of=made, system="tin", value=application.tin, by=LISTING, at=at)
    return made


@transaction.atomic
def note(application: Application, *, text: str, by: Person, at: datetime) -> ApplicationNote:
    """For colleagues at the plan. The same words by the same person again are the same note."""
    _require_plan(application, by)
    known = application.notes.filter(by=by, text=text).first()
    if known:
        return known
    made = ApplicationNote(application=application, by=by, at=at, text=text)
    made.save(force_insert=True)
    trail.wrote(application, "application.note", by=by, at=at)
    return made


@transaction.atomic
def look_at(application: Application, items: Collection[str], *, by: Person, at: datetime) -> None:
    """What has been looked at by now, and nothing stands against it. What is no longer among it goes."""
    _require_plan(application, by)
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    if application.status != "vetting":
        raise refusals.unlawful("provider_application", "look_at", application.status, ())
    application.looks.exclude(item__in=list(items)).delete()
    kept = set(application.looks.values_list("item", flat=True))
    new = [one for one in asked.vetting(application.medi_cal) if one in items and one not in kept]
    ApplicationLook.objects.bulk_create(ApplicationLook(application=application, item=one, by=by, at=at) for one in new)
    trail.wrote(application, "application.look", by=by, at=at, details={"items": sorted(items)})


def unlooked_at(application: Application) -> list[str]:
    """What nobody has looked at yet, in the reader's words."""
    kept = set(application.looks.values_list("item", flat=True)) if application.status == "vetting" else None
    listed = asked.vetting(application.medi_cal).items()
    return [] if kept is None else [str(name) for item, name in listed if item not in kept]


@transaction.atomic
def renew(row: Attestation, *, on: date, by: Person, at: datetime) -> Attestation:
    """The organization has said it again, on that day."""
    _require_plan(row.application, by)
    row.since, row.renew_by = on, on + clocks.ATTESTED_FOR
    row.save(update_fields=["since", "renew_by"])
    trail.wrote(row, "attestation.renew", by=by, at=at)
    return row


def _require_plan(application: Application, by: Person) -> None:
    if application.plan_id not in by.standing.organisations_where("application.decide"):
        raise refusals.not_allowed(by.label, "application.decide")


def _unlooked(missing: list[str]) -> Problem:
    return Problem(
        "not_looked_at", "something has not been looked at yet", "a contract is made with whom the plan has looked at",
        "look at it and tick it, then go on", Where(path="application"), tuple(missing),
    )  # fmt: skip


def _name_taken(name: str) -> Problem:
    return Problem(
        "name_taken", f"there is an organization called {name:.80} already", "two with one name would be taken for one",
        "give a name that tells them apart, like the name with its town", Where(path="name"),
    )  # fmt: skip

"""What an applicant does, by the link: begin, write, send, answer, hand in, withdraw."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wholeperson.access.models import Organisation
from wholeperson.casework.providers import asked, clocks, letters, links
from wholeperson.casework.providers.lifecycle import WRITABLE
from wholeperson.casework.providers.models import (
    Application,
    ApplicationCounty,
    ApplicationLink,
    ApplicationService,
    Attestation,
)
from wholeperson.record import refusals, steps, trail
from wholeperson.record.actors import Actor
from wholeperson.record.sealed import fingerprint
from wholeperson.rules.problems import Problem, Refused, Where

Address = Callable[[str], str]  # of a token: the whole address of its link
FIELDS = {
    "organization": "legal_name other_name kind npi tin medi_cal address".split(),
    "contact": "contact_name contact_title contact_phone".split(),
    "team": "staff years experience".split(),
}
CLOCKS = {"send": "screening", "answer": "screening", "hand_in": "vetting", "withdraw": None}


@transaction.atomic
def begin(
    *,
    plan: Organisation,
    legal_name: str,
    contact_name: str,
    contact_email: str,
    secret: str,
    language: str,
    at: datetime,
    address: Address,
) -> tuple[Application, str]:
    """Returns the application and the token of its link. The same form sent again returns the same."""
    key, token = fingerprint("application", secret), links.token_for(secret)
    if known := Application.objects.filter(key=key).first():
        return known, token
    made = Application(
        plan=plan, legal_name=legal_name, contact_name=contact_name, contact_email=contact_email.strip().lower(),
        key=key, language=language, made_at=at,
    )  # fmt: skip
    by = links.Holder(made)
    try:
        with transaction.atomic():
            steps.begin(made, by=by, at=at, due_at=clocks.end_of_day(at, clocks.LINK_DAYS))
    except IntegrityError:
        if known := Application.objects.filter(key=key).first():  # the same form, sent in the same moment
            return known, token
        raise
    _link(made, token, by=by, at=at, address=address)
    return made, token


def _link(application: Application, token: str, *, by: Actor, at: datetime, address: Address) -> ApplicationLink:
    until = clocks.end_of_day(at, clocks.LINK_DAYS)
    row = ApplicationLink(application=application, fingerprint=links.mark(token), made_at=at, expires_at=until)
    row.save(force_insert=True)
    trail.wrote(application, "application.link", by=by, at=at)
    letter = partial(letters.of_link, address(token), until)
    letters.post(application, f"application-link:{row.pk}", letter, by=by, at=at)
    return row


@transaction.atomic
def link_again(email: str, *, secret: str, at: datetime, address: Address) -> int:
    """Write a new link for each open application of this mailbox. Whoever asks is not told how many there were."""
    mine = Application.objects.filter(contact_email=email.strip().lower()).exclude(status__in=("lapsed", "withdrawn"))
    found = mine.select_for_update().order_by("pk")  # held: the same form sent in the same moment writes no second link
    for application in found:
        token = links.token_for(f"{secret}/{application.pk}")
        if not ApplicationLink.objects.filter(fingerprint=links.mark(token)).exists():
            _link(application, token, by=links.Holder(application), at=at, address=address)
    return len(found)


@transaction.atomic
def write(application: Application, step: str, said: Mapping[str, Any], *, by: links.Holder, at: datetime) -> None:
    """Keep what one step of the form says. Refused once it is the plan's turn."""
    _require_holder(application, by)
    # read anew and held: a form that stayed open in another window writes over no step that was taken meanwhile
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    if application.status not in WRITABLE:
        raise refusals.unlawful("provider_application", "write", application.status, ())
    _WRITES.get(step, _fields)(application, step, said, at)
    if step not in application.done:
        application.done = [*application.done, step]
    application.save()
    trail.wrote(application, "application.write", by=by, at=at, details={"step": step})


def _fields(application: Application, step: str, said: Mapping[str, Any], at: datetime) -> None:
    for field in FIELDS[step]:
        setattr(application, field, said[field])


def _services(application: Application, step: str, said: Mapping[str, Any], at: datetime) -> None:
    chosen = asked.in_order(said["services"])
    application.services.exclude(programme__in=chosen).delete()
    application.attestations.exclude(programme__in=chosen).delete()
    kept = set(application.services.values_list("programme", flat=True))
    new = [ApplicationService(application=application, programme=one) for one in chosen if one not in kept]
    ApplicationService.objects.bulk_create(new)


def _places(application: Application, step: str, said: Mapping[str, Any], at: datetime) -> None:
    application.languages = list(said["languages"])
    application.counties.exclude(county__in=said["counties"]).delete()
    kept = set(application.counties.values_list("county", flat=True))
    new = [ApplicationCounty(application=application, county=one) for one in said["counties"] if one not in kept]
    ApplicationCounty.objects.bulk_create(new)


def _room(application: Application, step: str, said: Mapping[str, Any], at: datetime) -> None:
    for row in application.services.all():
        row.capacity = said.get(row.programme)
        row.save(update_fields=["capacity"])


def _statements(application: Application, step: str, said: Mapping[str, Any], at: datetime) -> None:
    """What was said before keeps its day; what is no longer said goes."""
    application.at_once = list(said.get("at_once", ()))
    ticked = {item.key: item for item in said["items"]}
    for row in application.attestations.all():
        if ticked.pop(f"{row.programme}.{row.item}", None) is None:
            row.delete()
    since = clocks.end_of_day(at, 0).date()
    rows = (
        Attestation(
            application=application, organisation=application.organisation, programme=item.programme, item=item.id,
            since=since, renew_by=since + clocks.ATTESTED_FOR,
        )
        for item in ticked.values()
    )  # fmt: skip
    Attestation.objects.bulk_create(rows)


_WRITES: dict[str, Callable[[Application, str, Mapping[str, Any], datetime], None]] = {
    "services": _services,
    "places": _places,
    "room": _room,
    "statements": _statements,
}


@transaction.atomic
def take_own_step(application: Application, verb: str, *, by: links.Holder, at: datetime, key: str = "") -> None:
    """Send it, answer what was asked, hand in papers, or withdraw. With a key the same call again has one effect."""
    _require_holder(application, by)
    missing = missing_of(application) if verb in ("send", "answer", "hand_in") else []
    if missing:
        raise Refused(_incomplete(missing))
    clock = CLOCKS[verb]
    changes: dict[str, Any] = {"sent_at": at} if verb == "send" else {}
    due = clocks.due(clock, at) if clock else None
    steps.take(application, verb, by=by, at=at, due_at=due, key=f"{verb}:{key}" if key else None, **changes)


def missing_of(application: Application) -> list[str]:
    """What must be there before it goes to the plan, in the reader's words."""
    missing = []
    if not application.kind:
        missing.append(_("what kind of organization you are"))
    if not application.services.exists():
        missing.append(_("at least one service"))
    if not application.counties.exists():
        missing.append(_("at least one county"))
    if application.status == "documents":
        missing += [item.says for item in unsaid(application) if item.required]
    return missing


def unsaid(application: Application) -> Iterable[asked.Item]:
    """What the policy asks of whoever gives these services, and the applicant has not said of itself."""
    said = {f"{row.programme}.{row.item}" for row in application.attestations.all()}
    return [item for item in asked.items(row.programme for row in application.services.all()) if item.key not in said]


def _require_holder(application: Application, by: links.Holder) -> None:
    if by.application.pk != application.pk:
        raise refusals.not_allowed(by.label, "application.answer")


def _incomplete(missing: list[str]) -> Problem:
    return Problem(
        "incomplete",
        "something is still missing",
        "without it the plan cannot go on",
        "fill it in, then send it",
        Where(path="application"),
        tuple(missing),
    )

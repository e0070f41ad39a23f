"""Questions about applications and services, asked for somebody."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value

from wholeperson.access import upto
from wholeperson.access.due import our_turn
from wholeperson.access.models import Identifier, Organisation, Person
from wholeperson.casework.providers.actions.deciding import known_by_npi
from wholeperson.casework.providers.clocks import RENEW_AHEAD
from wholeperson.casework.providers.lifecycle import OPEN, WRITABLE
from wholeperson.casework.providers.models import (
    Application,
    ApplicationPaper,
    Applications,
    Attestation,
    Service,
    Services,
)
from wholeperson.casework.providers.models.room import FREE, Capacity
from wholeperson.record import wall


def plans_here() -> QuerySet[Organisation]:
    """The plans that take applications in this house."""
    return Organisation.objects.filter(kind="plan", identifiers__system="plan", identifiers__until=None).order_by(
        "name"
    )


def plan_word(plan: Organisation) -> str:
    """How the policy calls it."""
    return plan.identifiers.filter(system="plan", until=None).values_list("value", flat=True).first() or ""


def plan_words(plans: Iterable[Organisation]) -> set[str]:
    """How the policy calls these, in one question."""
    rows = Identifier.objects.filter(organisation__in=plans, system="plan", until=None)
    return set(rows.values_list("value", flat=True))


def listed(user: Person, asked: Mapping[str, str], *, now: datetime) -> Applications:
    """What somebody sees of applications, narrowed by what the address says; what is due first stands first."""
    found: Applications = Application.objects.for_user(user)
    if asked.get("status"):
        found = found.filter(status=asked["status"])
    elif not asked.get("all"):
        found = found.filter(status__in=OPEN)
    if asked.get("late"):
        found = found.filter(due_at__lt=now)
    if asked.get("service"):
        found = found.filter(services__programme=asked["service"])
    if asked.get("county"):
        found = found.filter(counties__county=asked["county"])
    if text := asked.get("text", "").strip():
        found = found.filter(Q(legal_name__icontains=text) | Q(other_name__icontains=text) | Q(npi=text))
    return upto.in_order(found.annotate(offered=Count("services", distinct=True)), "due_at")


def due(user: Person) -> Applications:
    """Those that are open; the plan's turn but where the applicant writes."""
    return Application.objects.for_user(user).filter(status__in=OPEN).annotate(ours=our_turn(~Q(status__in=WRITABLE)))


def counted(user: Person) -> dict[str, int]:
    """How many there are in each state."""
    rows = Application.objects.for_user(user).values_list("status").annotate(number=Count("pk")).order_by("status")
    return dict(rows)


def application_for(user: Person, public_id: str) -> Application | None:
    found = Application.objects.for_user(user).filter(public_id=public_id)
    return found.select_related("plan", "organisation").first()


def papers_of(application: Application) -> list[ApplicationPaper]:
    """Those that were not taken back. Papers stand behind the second wall, and these are about no member."""
    with wall.opened("application.papers"):
        rows = application.papers.filter(taken_back_at=None).select_related("document")
        return list(rows.order_by("at", "pk"))


def same_npi(application: Application) -> tuple[Organisation | None, list[Application]]:
    """For staff only: the organization here with this number, and other applications to this plan that give it."""
    if not application.npi:
        return None, []
    others = Application.objects.filter(plan=application.plan_id, npi=application.npi).exclude(pk=application.pk)
    return known_by_npi(application.npi), list(others.exclude(sent_at=None).order_by("pk"))


def to_renew(user: Person, *, today: date) -> QuerySet[Attestation]:
    """Statements of listed providers that end soon or have ended."""
    plans = user.standing.organisations_where("application.read")
    found = Attestation.objects.filter(application__plan__in=plans, application__status="listed")
    return found.filter(renew_by__lte=today + RENEW_AHEAD).select_related("application").order_by("renew_by", "pk")


def unsaid(user: Person) -> Services:
    """Services this person keeps, of which nobody has said lately what is free; `said_until` is since when, if ever."""
    said = Capacity.objects.filter(service=OuterRef("pk"), kind__in=FREE).order_by("-stale_at").values("stale_at")
    kept = Service.objects.for_user(user, on=user.standing.on).listed()
    kept = kept.annotate(said_until=Subquery(said[:1]), ours=Value(value=True))
    return kept.filter(Q(said_until=None) | Q(said_until__lte=user.standing.moment))

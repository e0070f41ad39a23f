"""What care management did for a member: how the case stood, who led it, every contact, and the plan's files."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wholeperson.casework.care import presenters, queries
from wholeperson.casework.care.models import Assignment, Case, Lead, PlanReview, Standing
from wholeperson.casework.members.contacts import METHODS
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Contact
from wholeperson.desk.story.entries import Entry, Reader, rows


def _cases(reader: Reader) -> QuerySet[Case]:
    return queries.cases_for(reader.user).filter(member=reader.member).order_by()


def _standings(reader: Reader) -> QuerySet[Standing]:
    found: QuerySet[Standing] = Standing.objects.for_user(reader.user).filter(case__in=_cases(reader))
    return found.select_related("case__organisation")


def _standing(_reader: Reader, row: Standing) -> Entry:
    text = " · ".join(filter(None, [row.case.organisation.name, str(presenters.REASONS.get(row.reason, ""))]))
    return Entry(presenters.STATUSES[row.status][0], text, href=_to(row.case))


def _leads(reader: Reader) -> QuerySet[Lead]:
    found: QuerySet[Lead] = Lead.objects.for_user(reader.user).filter(case__in=_cases(reader))
    return found.select_related("case__organisation", "person")


def _lead(_reader: Reader, row: Lead) -> Entry:
    title = _("%(name)s leads the care") % {"name": row.person.name} if row.person else _("Nobody leads the care")
    return Entry(title, row.case.organisation.name, href=_to(row.case))


def _contacts(reader: Reader) -> QuerySet[Contact]:
    """Those of the organizations whose cases the reader sees, without what was struck out."""
    ours = reader.user.standing.organisations_where(queries.READ, depth="care")
    found: QuerySet[Contact] = Contact.objects.for_user(reader.user).filter(
        member=reader.member, organisation__in=ours, struck_at=None
    )
    return found.select_related("person")


def _contact(reader: Reader, row: Contact) -> Entry:
    """Whoever writes contacts down finds there which of them may be struck out."""
    href = reverse("member_contacts", args=[reader.member.public_id]) if reader.user.may("contact.record") else ""
    reached = _("Reached") if row.successful else _("Not reached")
    return Entry(
        METHODS[row.method], f"{reached} · {presenters.PURPOSES[row.purpose]}", row.by,
        more=row.note, href=href,
    )  # fmt: skip


def _assignments(reader: Reader) -> QuerySet[Assignment]:
    found: QuerySet[Assignment] = Assignment.objects.for_user(reader.user).filter(case__in=_cases(reader))
    return found.select_related("case__plan")


def _assignment(_reader: Reader, row: Assignment) -> Entry:
    month = date_format(row.month, "F Y")
    return Entry(_("The plan's file for %(month)s names them") % {"month": month}, row.case.plan.name,
                 href=_to(row.case))  # fmt: skip


def _reviews(reader: Reader) -> QuerySet[PlanReview]:
    found: QuerySet[PlanReview] = PlanReview.objects.for_user(reader.user).filter(case__in=_cases(reader))
    return found.select_related("case__organisation", "person", "struck_by")


def _review(_reader: Reader, row: PlanReview) -> Entry:
    """What changed, as it was written; of one that was struck out, that it was and why."""
    days = {"day": date_format(row.reviewed_on), "next": date_format(row.next_on)}
    struck = ""
    if row.struck_at:
        told = {"day": date_format(day_of(row.struck_at)), "why": row.struck_why}
        struck = _("Struck out on %(day)s: %(why)s") % told
    return Entry(
        _("The care plan was looked at"), _("On %(day)s, again by %(next)s.") % days, row.person.name,
        more=" ".join(filter(None, [row.note, struck])), href=_to(row.case),
    )  # fmt: skip


def _to(case: Case) -> str:
    return reverse("case", args=[case.public_id])


SOURCES = [
    rows("care", _standings, "since", _standing),
    rows("care", _leads, "since", _lead),
    rows("care", _reviews, "reviewed_on", _review),
    rows("contacts", _contacts, "happened_at", _contact),
    rows("papers", _assignments, "kept_at", _assignment),
]

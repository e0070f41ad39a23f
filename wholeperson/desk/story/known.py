"""What is known of a member: coverage, facts, what the rules answered, consents, papers, and who opened the record."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wholeperson.access.roles import upto
from wholeperson.casework.eligibility import findings
from wholeperson.casework.eligibility.models import Determination, Telling
from wholeperson.casework.eligibility.programs import ANSWERS
from wholeperson.casework.members import consents, queries
from wholeperson.casework.members.facts import words
from wholeperson.casework.members.models import BreakGlass, Consent, Coverage, Fact, Renaming
from wholeperson.casework.members.presenters import fact_in_words
from wholeperson.casework.referrals.knowing import TRUSTED
from wholeperson.desk.story.entries import Entry, Reader, Rows, Source, Told, rows
from wholeperson.record.models import Document

MONTH = "F Y"
NAMED = 6  # so many programs are said by name


def _covered(reader: Reader) -> dict[tuple[str, date], date]:
    """By plan and first month the last month of each unbroken stretch."""
    found: dict[tuple[str, date], date] = {}
    months = Coverage.objects.for_user(reader.user).filter(member=reader.member).order_by("plan", "month")
    told = list(months.values_list("plan__name", "month"))
    begins = told[0] if told else ("", reader.today)
    for before, (plan, month) in pairwise([("", reader.today), *told]):
        if before[0] != plan or not _follows(before[1], month):
            begins = (plan, month)
        found[begins] = month
    return found


def _follows(before: date, month: date) -> bool:
    return (month.year * 12 + month.month) - (before.year * 12 + before.month) == 1


def _coverage_keys(reader: Reader) -> Iterable[tuple[date, Any]]:
    return [(first, (plan, first, last)) for (plan, first), last in _covered(reader).items()]


def _coverage(_reader: Reader, wanted: list[Any]) -> Told:
    """The key says it all."""
    return {key: _stretch(*key) for key in wanted}


def _stretch(plan: str, first: date, last: date) -> Entry:
    months = {"first": date_format(first, MONTH), "last": date_format(last, MONTH)}
    return Entry(_("Covered by %(plan)s") % {"plan": plan}, _("%(first)s to %(last)s") % months)


def _facts(reader: Reader) -> QuerySet[Fact]:
    told = queries.told_for(reader.user, reader.member).filter(scope__in=upto(reader.sight.scope))
    return told.select_related("superseded_by")


def _fact(reader: Reader, row: Fact) -> Entry:
    question, answer = fact_in_words(row)
    who = row.attested_by or words(reader.language).phrase(row.source)
    return Entry(question, answer, who, more=_shown(row), guarded=row.scope == "part2")


def _shown(row: Fact) -> str:
    """What somebody saw; and of one that was corrected, by what."""
    if row.superseded_by is None:
        return row.evidence
    told = {"day": date_format(row.superseded_by.learnt), "answer": fact_in_words(row.superseded_by)[1]}
    return " ".join(filter(None, [row.evidence, _("Corrected on %(day)s: %(answer)s.") % told]))


def _renamed(reader: Reader) -> QuerySet[Renaming]:
    found: QuerySet[Renaming] = Renaming.objects.for_user(reader.user).filter(member=reader.member)
    return found.select_related("person")


def _name(_reader: Reader, row: Renaming) -> Entry:
    return Entry(_("Their name changed"), f"{row.before} → {row.after}", row.person.name)


def _determined(reader: Reader) -> QuerySet[Determination]:
    """Those whose reasons the reader may know: of the others not even the answer is told."""
    if not reader.user.may("determination.read"):
        return Determination.objects.none()
    told = Telling.objects.for_user(reader.user).filter(determination=OuterRef("pk"))
    return Determination.objects.for_user(reader.user).filter(Exists(told), member=reader.member)


def _determined_keys(reader: Reader) -> Iterable[tuple[datetime, Any]]:
    """The rules answer about many programs at once: that is one entry."""
    return [(at, at) for at in _determined(reader).order_by().values_list("decided_at", flat=True).distinct()]


def _determinations(reader: Reader, wanted: list[Any]) -> Told:
    found: dict[datetime, list[Determination]] = {}
    for row in _determined(reader).filter(decided_at__in=wanted).order_by("programme"):
        found.setdefault(row.decided_at, []).append(row)
    href = reverse("member_programs", args=[reader.member.public_id])
    return {at: Entry(_("The rules were asked"), _answered(each), more=_fit(each, reader), href=href)
            for at, each in found.items()}  # fmt: skip


def _answered(made: list[Determination]) -> str:
    many = Counter(row.answer for row in made)
    return " · ".join(f"{ANSWERS[answer][0]}: {many[answer]}" for answer in ANSWERS if many[answer])


def _fit(made: list[Determination], reader: Reader) -> str:
    names = findings.names(reader.language, reader.today)
    fit = [names.get(row.programme, row.programme) for row in made if row.answer == "yes"]
    return ", ".join(fit[:NAMED]) + (" …" if len(fit) > NAMED else "")


def _consents(reader: Reader) -> QuerySet[Consent]:
    if not reader.user.may("consent.read"):
        return Consent.objects.none()
    return queries.consents_for(reader.user, reader.member)


def _given(reader: Reader, row: Consent) -> Entry:
    return Entry(_("The person agreed"), consents.FORMS[row.form], consents.METHODS[row.method], href=_to(reader, row),
                 guarded=row.scope == "part2")  # fmt: skip


def _taken_back(reader: Reader, row: Consent) -> Entry:
    return Entry(_("The person took a consent back"), consents.FORMS[row.form], href=_to(reader, row),
                 guarded=row.scope == "part2")  # fmt: skip


def _to(reader: Reader, row: Consent) -> str:
    return reverse("consent", args=[reader.member.public_id, row.public_id])


def _papers(reader: Reader) -> "QuerySet[Document]":
    """As deep as they may open them; for whoever sees the person for more than one referral."""
    if reader.sight.row.reason not in TRUSTED:
        return Document.objects.none()
    return Document.objects.filter(subject_id=reader.member.pk, scope__in=upto(reader.sight.scope))


def _paper(_reader: Reader, row: Document) -> Entry:
    return Entry(_("A paper was kept"), row.name, href=reverse("document", args=[row.public_id]),
                 guarded=row.scope == "part2")  # fmt: skip


def _glasses(reader: Reader) -> QuerySet[BreakGlass]:
    if not reader.user.may("break_glass.review"):
        return BreakGlass.objects.none()
    return queries.glasses_for(reader.user).filter(member=reader.member)


def _glass(_reader: Reader, row: BreakGlass) -> Entry:
    href = reverse("break_glass_judge", args=[row.public_id])
    return Entry(_("The record was opened in an emergency"), row.organisation.name, row.person.name, href=href)


SOURCES: list[Source | Rows] = [
    Source("coverage", _coverage_keys, _coverage),
    rows("facts", _facts, "learnt", _fact),
    rows("facts", _renamed, "since", _name),
    Source("programs", _determined_keys, _determinations),
    rows("consents", _consents, "since", _given),
    rows("consents", lambda reader: _consents(reader).exclude(revoked_at=None), "revoked_at", _taken_back),
    rows("papers", _papers, "made_at", _paper),
    rows("emergencies", _glasses, "opened_at", _glass),
]

"""Releases as work for a facility: who leaves soon with nothing asked for, who was to have left, and who has no day."""

from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wholeperson.access.due import Few, Line, end_of
from wholeperson.access.models import Person
from wholeperson.casework.members.models import Member
from wholeperson.casework.releases import queries
from wholeperson.casework.releases.presenters import Held
from wholeperson.record import wall

MOST = 50  # whoever leaves first; the page has them all


def lines(user: Person) -> list[Line]:
    on, found = user.standing.on, queries.held(user)
    with wall.opened("release.due"):
        soon = queries.leaving(found, on).filter(Q(is_asked=False) | Q(leaves__lt=on))
        silent = queries.unsaid(found, on).count()
        told = [_line(Held(row, on), user) for row in soon[:MOST]]
    return [*told, *([_silent(silent)] if silent else [])]


def _line(held: Held, user: Person) -> Line:
    row: Member = held.row
    words, address = _to_do(held, may_ask=user.may("referral.ask"))
    day = held.row.leaves
    said = _("Was to leave on %(day)s") if held.was_to_leave else _("Leaves on %(day)s")
    return Line(
        kind="release", key=row.pk, about=row.called, what=said % {"day": date_format(day)}, why=words,
        address=address, due_at=end_of(day), member=row.pk,
    )  # fmt: skip


def _to_do(held: Held, *, may_ask: bool) -> tuple[str, str]:
    """Words and address."""
    if held.was_to_leave:
        return _("Say whether they left"), reverse("release_tell", args=[held.row.public_id])
    if may_ask:
        return _("Ask for help before they leave"), f"{reverse('referral_new')}?member={held.row.public_id}"
    return _("Nobody here asked for help yet: tell your health staff"), f"{reverse('releases')}?show=soon"


def _silent(many: int) -> Line:
    said = ngettext("Of %(number)s person no day is said", "Of %(number)s people no day is said", many)
    return Line(
        kind="release", key=uuid5(NAMESPACE_URL, "release"), about=_("Leaving"), what=said % {"number": many},
        why=_("Say when they leave, or that nobody knows"), address=f"{reverse('releases')}?show=unsaid",
    )  # fmt: skip


FEW = Few("release", gettext_lazy("Leaving"), queries.READ, lines)

"""Two records are of one person: somebody says so, with a reason, and may take it back. No row moves from either."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Joining, Likeness, Member
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.rules.problems import Problem, Refused, Where


@transaction.atomic
def join(pair: Likeness, into: Member, *, why: str, by: Person, at: datetime) -> Joining:
    """From now on `into` is the record that goes on, and the other one points to it.

    Raises NotAllowed where `by` does not see both so deep, Unlawful or Overtaken where the pair is decided, and Refused
    where one of the two was joined otherwise.
    """
    _require_both(pair, by)
    gone = pair.second if into.pk == pair.first_id else pair.first
    made = Joining(likeness=pair, gone=gone, into=into, why=_reason(why), by=by, at=at)
    with wall.opened("member.join"):
        _lock(pair)
        steps.take(pair, "join", by=by, at=at, subject=pair.first_id)
        _require_free(gone, into)
        made.save(force_insert=True)
        _tell(made, "member.join", by, at)
    return made


@transaction.atomic
def part(pair: Likeness, *, why: str, by: Person, at: datetime) -> Joining:
    """That was a mistake: each record stands for itself again, with all that came since. Raises as `join` does."""
    _require_both(pair, by)
    why = _reason(why)
    with wall.opened("member.part"):
        _lock(pair)
        steps.take(pair, "part", by=by, at=at, subject=pair.first_id)
        joining: Joining = Joining.objects.standing().get(likeness=pair)
        joining.parted_why, joining.parted_at, joining.parted_by = why, at, by
        joining.save(update_fields=["parted_why", "parted_at", "parted_by"])
        _tell(joining, "member.part", by, at)
    return joining


def _require_both(pair: Likeness, by: Person) -> None:
    if not queries.joinable(by, [pair]):
        raise refusals.not_allowed(by.label, "member.register")


def _lock(pair: Likeness) -> None:
    """Two who join one record with two others at once come one after the other."""
    both = Member.objects.select_for_update(no_key=True).filter(pk__in=(pair.first_id, pair.second_id))
    list(both.order_by("pk").values_list("pk"))


def _require_free(gone: Member, into: Member) -> None:
    """No chains: what goes on elsewhere goes nowhere else, and what others go on in does not go."""
    taken = Q(gone__in=(gone, into)) | Q(into=gone)
    if Joining.objects.standing().filter(taken).exists():
        raise Refused(
            Problem(
                "joined_already", "these two records cannot be joined this way round",
                "each record goes on in one place, and what others go on in stays",
                "let the other record go on; where that is refused too, take back what was joined first",
                Where(path="into"),
            )
        )  # fmt: skip


def _reason(why: str) -> str:
    if not why.strip():
        raise Refused(
            Problem("no_reason", "there is no reason", "whoever looks later must be able to judge it",
                    "say how you know", Where(path="why"))
        )  # fmt: skip
    return why.strip()


def _tell(joining: Joining, verb: str, by: Person, at: datetime) -> None:
    """In the trail of both."""
    for member in (joining.gone_id, joining.into_id):
        trail.wrote(joining, verb, by=by, at=at, subject=member)

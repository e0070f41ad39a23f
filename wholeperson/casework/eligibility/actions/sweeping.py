"""What a sweep found is taken in: for members we know, the programmes they may fit and are not said to have."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Final

from django.db import transaction

from wholeperson.access.models import Organisation
from wholeperson.casework.eligibility import policies
from wholeperson.casework.eligibility.models import Finding, Sweep
from wholeperson.casework.members.models import Identifier
from wholeperson.record import trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.sealed import fingerprint
from wholeperson.rules.explain import name_is_a_reason
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.report.found import Found

TAKE: Final = "found.take"
AT_ONCE: Final = 500


@transaction.atomic
def take_in(
    found: Iterable[Found],
    *,
    organisation: Organisation,
    on: date,
    policy_version: str,
    digest: str,
    system: str,
    by: Actor,
    at: datetime,
) -> tuple[Sweep, bool]:
    """All of it or nothing; the same worklist again is the sweep that is there, and False. Who is not known is counted.

    `system` is the kind of number that the worklist calls a member by, such as `cin`.
    """
    require(by, TAKE)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if known := Sweep.objects.filter(organisation=organisation, digest=digest).first():
        return known, False
    made = Sweep(organisation=organisation, on=on, policy_version=policy_version, digest=digest, taken_at=at)
    policy = policies.policy_on(on)
    with wall.opened(TAKE):
        rows: list[Finding] = []
        for some in _chunks(found):
            made.read += len(some)
            rows += _rows(made, some, system, policy)
        rows = list({(row.member_id, row.programme): row for row in reversed(rows)}.values())
        made.kept = len(rows)
        made.save(force_insert=True)
        Finding.objects.bulk_create(rows, batch_size=AT_ONCE)
        trail.wrote(made, TAKE, by=by, at=at, details={"read": made.read, "kept": made.kept})
    return made, True


def _chunks(found: Iterable[Found]) -> Iterator[list[Found]]:
    lines = iter(found)
    while some := list(islice(lines, AT_ONCE)):
        yield some


def _rows(sweep: Sweep, some: list[Found], system: str, policy: Policy) -> Iterator[Finding]:
    marks = {one.member_id: fingerprint(system, one.member_id) for one in some}
    rows = Identifier.objects.filter(system=system, fingerprint__in=set(marks.values()), until=None)
    known = {row.fingerprint: row.member_id for row in rows}
    for one in some:
        programme, member = policy.programmes.get(one.programme), known.get(marks[one.member_id])
        if programme and member:
            yield Finding(
                sweep=sweep, member_id=member, programme=one.programme, kind=one.kind, answer=one.answer,
                why=list(one.why), next_fact=one.next_fact, rank=one.rank,
                scope="sensitive" if name_is_a_reason(programme) else "care",
            )  # fmt: skip

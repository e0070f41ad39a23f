"""What the rules answer about a member is kept, a row for each programme. A new row supersedes the one before."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from wholeperson.casework.eligibility import policies
from wholeperson.casework.eligibility.gathering import digest, gather, person_of
from wholeperson.casework.eligibility.models import DEPTHS, Basis, Determination, Telling
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member
from wholeperson.record import policies as kept
from wholeperson.record import trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.rules.case import Case
from wholeperson.rules.engine import engine_version
from wholeperson.rules.explain import check, name_is_a_reason
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.words import Words

MAKE: Final = "determination.make"
AUDIENCES: Final = {"care": "others", "sensitive": "sensitive", "part2": "care"}  # depth → whom explain speaks to
ON_THE_ROW: Final = {"id", "name", "answer", "available", "available_because", "version"}

Told = dict[str, dict[str, Any]]  # depth → what is told of a programme there


@transaction.atomic
def determine(
    *, member: Member, programmes: Iterable[str] | None = None, by: Actor, on: date, at: datetime
) -> list[Determination]:
    """Ask the rules about these programmes, or all, with what is known now; returns a row for each.

    The same question on the same knowledge, policy and engine is the row that is there. Two at once meet at the
    member's row. Nothing ends and nothing is refused by an answer.
    """
    require(by, MAKE)
    with wall.opened(MAKE):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        case, basis = _known(member, on=on, at=at)
        asked = [case.policy.programmes[name] for name in programmes or case.policy.programmes]
        before = unsuperseded(member)
        made = [one for one in _made(case, basis, asked, at) if not _stands(one, before)]
        if made:
            _keep(made, basis, case, before, at)
            details = {"programmes": len(made), "changed": sum(one.answer != one.before != "" for one, _ in made)}
            trail.wrote(basis, MAKE, by=by, at=at, subject=member.pk, details=details)
        wanted = {one.id for one in asked}
        found = {row.programme: row for row in unsuperseded(member) if row.basis_id == basis.pk}
        return [found[name] for name in found if name in wanted]


def unsuperseded(member: Member) -> list[Determination]:
    """Every row that none has taken the place of, those about earlier days first. The house asks."""
    rows = Determination.objects.filter(member=member, superseded_by=None)
    return list(rows.order_by("on", "pk"))


def _known(member: Member, *, on: date, at: datetime) -> tuple[Case, Basis]:
    """The question as it is put to the rules, and the row that keeps it, made where it is not there yet."""
    gathered = gather(member, known_at=day_of(at))
    policy = policies.policy_on(on)
    case = Case(policy, person_of(gathered.person, policy), on=on, known_at=day_of(at))
    if policy.plans.get(case.plan or "", {}).get("parameters"):  # the plan has settled open questions for itself
        policy = policies.policy_on(on, plan=case.plan)
        case = Case(policy, person_of(gathered.person, policy), on=on, known_at=day_of(at))
    said = {
        "on": on.isoformat(),
        "known_at": day_of(at).isoformat(),
        "plan": case.plan or "",
        "county": case.county or "",
        "person": gathered.person,
        "elections": policy.plans.get(case.plan or "", {}).get("elections") or [],
    }
    row = Basis(member=member, digest=digest(said), newest=gathered.newest, scope=gathered.scope, made_at=at,
                **said | {"on": on, "known_at": day_of(at)})  # fmt: skip
    known = Basis.objects.filter(member=member, digest=row.digest).first()
    return case, known or row


def _made(case: Case, basis: Basis, asked: list[Programme], at: datetime) -> Iterator[tuple[Determination, Told]]:
    """A row for each programme with what is told of it at each depth; none of them is kept yet."""
    for programme, told in tellings(case, asked):
        deepest = list(told.values())[-1]
        yield Determination(
            member_id=basis.member_id, basis=basis, programme=programme.id, on=basis.on, known_at=basis.known_at,
            answer=deepest["answer"], available=deepest["available"], available_because=deepest["available_because"],
            version=case.policy.versions[programme.id], engine=engine_version(), decided_at=at,
            told=digest({depth: why(each) for depth, each in told.items()}), scope=next(iter(told)),
        ), told  # fmt: skip


def tellings(case: Case, asked: list[Programme]) -> Iterator[tuple[Programme, Told]]:
    """What is told of each programme at each depth that may know of it; a deeper one only where it says more."""
    words, names = Words(case.policy), [one.id for one in asked]
    reports = {depth: check(case, names, words, audience=AUDIENCES[depth])["programmes"] for depth in DEPTHS}
    for at, programme in enumerate(asked):
        told: Told = {}
        for depth in DEPTHS[1 if name_is_a_reason(programme) else 0 :]:
            said = reports[depth][at]
            if not told or why(said) != why(list(told.values())[-1]):
                told[depth] = said
        yield programme, told


def why(said: dict[str, Any]) -> dict[str, Any]:
    """What a telling keeps of a report: all but what stands on the row, and without its empty places."""
    return {key: _filled(value) if key == "tree" else value for key, value in said.items() if key not in ON_THE_ROW}


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in node.items() if value not in (None, [], {}, "")}
    return told | ({"children": [_filled(each) for each in node["children"]]} if node.get("children") else {})


def _stands(made: tuple[Determination, Told], before: list[Determination]) -> bool:
    """Whether this very answer stands already."""
    one = made[0]
    same = ((row.programme, row.basis_id, row.version, row.engine) for row in before)
    return (one.programme, one.basis_id, one.version, one.engine) in same


def _keep(
    made: list[tuple[Determination, Told]], basis: Basis, case: Case, before: list[Determination], at: datetime
) -> None:
    if basis._state.adding:
        basis.save(force_insert=True)
    kept.keep_all(case.policy, [one.programme for one, _ in made], at=at)
    latest = {row.programme: row for row in before}
    for one, _told in made:
        earlier = latest.get(one.programme)
        if earlier and earlier.on <= one.on:  # about an earlier day than the last it stands beside it
            one.supersedes, one.before = earlier, earlier.answer
        one.sign()
    Determination.objects.bulk_create([one for one, _ in made])
    Telling.objects.bulk_create(
        Telling(determination=one, member_id=one.member_id, scope=depth, why=why(said))
        for one, told in made
        for depth, said in told.items()
    )

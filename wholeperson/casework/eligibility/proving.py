"""Deciding again what was decided: on what was known, by the policy that is kept, with the engine of today.

Each kept answer comes out the same, or it differs; or it differs and another engine decided then, which proves nothing
against the row. A row that was changed, or rests on something that was, fails whatever it would come out as.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from wholeperson.casework.eligibility.actions.determining import tellings, why
from wholeperson.casework.eligibility.gathering import digest, person_of
from wholeperson.casework.eligibility.models import Basis, Determination
from wholeperson.record import chain, wall
from wholeperson.record.models import PolicyVersion
from wholeperson.record.proof import Failure, Proof
from wholeperson.rules.case import Case
from wholeperson.rules.engine import engine_version
from wholeperson.rules.reading.kept import policy_of

CHUNK = 200
SPOKEN = {"says", "name", "cites", "settled_by"}  # words, and what is asked next, decide nothing
SAME, DIFFERS, ENGINE_CHANGED = "same", "differs", "engine changed"


@dataclass
class Decided(Proof):
    """The proof, and beside it what comes out otherwise only because another engine decided then."""

    engine_changed: list[Failure] = field(default_factory=list)


def prove_decisions() -> Decided:
    """Every determination there is, decided again."""
    proof = Decided()
    with wall.opened("verify.decisions"):
        rows = Determination.objects.order_by("basis_id", "pk").select_related("basis").prefetch_related("tellings")
        for _basis, group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row.basis_id):
            for found in _again(list(group)):
                proof.checked += 1
                _note(proof, *found)
    return proof


def _note(proof: Decided, row: Determination, outcome: str, said: str) -> None:
    if outcome == ENGINE_CHANGED:
        proof.engine_changed.append({"id": row.public_id, "why": said})
    elif outcome == DIFFERS:
        proof.fail(row.public_id, said)


def _again(rows: list[Determination]) -> Iterator[tuple[Determination, str, str]]:
    kept = PolicyVersion.objects.filter(version__in={row.version for row in rows}).in_bulk(field_name="version")
    intact = _is_intact(rows[0].basis)
    for row in rows:
        yield row, *_outcome(row, kept.get(row.version), intact)


def _outcome(row: Determination, kept: PolicyVersion | None, intact: bool) -> tuple[str, str]:
    """What came of one, and in words why."""
    if not chain.is_signed(row):
        return DIFFERS, "the row was changed after it was written, or was not written by us"
    if not intact:
        return DIFFERS, "what was known then is not what is kept of it now"
    told = {one.scope: one.why for one in row.tellings.all()}
    if digest(told) != row.told:
        return DIFFERS, "its reasons were changed, removed or added to"
    if kept is None or hashlib.sha256(kept.canonical.encode()).hexdigest() != row.version:
        return DIFFERS, "the policy that decided is not kept as it was"
    again = Again(row, kept.canonical)
    if again.says == Said.of(row, told):
        return SAME, ""
    if row.engine != engine_version():
        return ENGINE_CHANGED, f"decided by engine {row.engine}; the one here, {engine_version()}, answers otherwise"
    return DIFFERS, f"{row.programme} answers {again.says.answer} by its policy and facts, and {row.answer} is kept"


@dataclass(frozen=True)
class Said:
    """What is compared: the answer, whether it can be had, and the reasons at every depth, without the words."""

    answer: str
    available: str
    because: list[str]
    told: dict[str, Any]

    @classmethod
    def of(cls, row: Determination, told: dict[str, Any]) -> "Said":
        return cls(row.answer, row.available, row.available_because, _unspoken(told))


@dataclass
class Again:
    """One determination decided again."""

    row: Determination
    canonical: str

    @cached_property
    def says(self) -> Said:
        basis = self.row.basis
        policy = policy_of(self.canonical, plan=basis.plan or None, elections=basis.elections)
        policy.versions[self.row.programme] = self.row.version
        case = Case(policy, person_of(basis.person, policy), on=basis.on, known_at=basis.known_at)
        ((_, told),) = tellings(case, [policy.programmes[self.row.programme]])
        one = list(told.values())[-1]
        reasons = {depth: why(said) for depth, said in told.items()}
        return Said(one["answer"], one["available"], one["available_because"], _unspoken(reasons))


def _is_intact(basis: Basis) -> bool:
    said = {
        "on": basis.on.isoformat(), "known_at": basis.known_at.isoformat(), "plan": basis.plan, "county": basis.county,
        "person": basis.person, "elections": basis.elections,
    }  # fmt: skip
    return digest(said) == basis.digest


def _unspoken(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: _unspoken(value) for key, value in said.items() if key not in SPOKEN}
    return [_unspoken(each) for each in said] if isinstance(said, list) else said

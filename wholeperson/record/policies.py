"""The policy that decided, kept: whoever asks in ten years what the rule said needs no repository for it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wholeperson.record.models import PolicyVersion
from wholeperson.record.proof import Proof
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.versions import canonical


def keep(policy: Policy, programme: str, *, at: datetime) -> str:
    """Keep the version of a programme that is about to decide, unless it is kept already; returns the version."""
    keep_all(policy, [programme], at=at)
    return policy.versions[programme]


def keep_all(policy: Policy, programmes: Iterable[str], *, at: datetime) -> None:
    """The same for several, in one question to the database where all are kept."""
    names = {policy.versions[name]: name for name in programmes}
    known = PolicyVersion.objects.filter(version__in=names).values_list("version", flat=True)
    memo: dict[int, Any] = {}
    rows = [
        PolicyVersion(
            version=version, programme=names[version], first_used_at=at,
            canonical=canonical(policy.programmes[names[version]], policy, memo),
        )
        for version in sorted(names.keys() - set(known))
    ]  # fmt: skip
    PolicyVersion.objects.bulk_create(rows, ignore_conflicts=True)


def keep_text(version: str, name: str, text: str, *, at: datetime) -> None:
    """Keep what a policy is laid together from, under the SHA-256 of its canonical text."""
    row = PolicyVersion(version=version, programme=name[:60], canonical=text, first_used_at=at)
    PolicyVersion.objects.bulk_create([row], ignore_conflicts=True)


def prove_policies() -> Proof:
    """That what is kept under a version is what that version is counted from."""
    proof = Proof()
    for row in PolicyVersion.objects.order_by("pk").iterator(chunk_size=50):
        proof.checked += 1
        if hashlib.sha256(row.canonical.encode()).hexdigest() != row.version:
            proof.fail(row.version, f"what is kept of {row.programme} is not what decided")
    return proof

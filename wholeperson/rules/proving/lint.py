"""What is wrong with the policy, and what a careful reader should know of it though it is not wrong."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.check_documents import check
from wholeperson.rules.reading.files import Documents, policy_folders, policy_paths, read_documents
from wholeperson.rules.reading.library import Policy, build


def lint(extra: Path | None) -> tuple[list[Problem], list[Problem]]:
    """Findings (mistakes) and notes (unconfirmed leaves, facts nobody uses, words not reviewed)."""
    try:
        documents = read_documents(policy_paths(policy_folders(extra)))
    except Refused as refused:
        return list(refused.problems), []
    return lint_documents(documents)


def lint_documents(documents: Documents) -> tuple[list[Problem], list[Problem]]:
    """The same for documents that were read already."""
    findings = check(documents)
    if findings:
        return findings, []
    policy = build(documents)
    return [], [*_unconfirmed(policy), *_unused(policy), *_untranslated(policy), *_stale(policy)]


def _unconfirmed(policy: Policy) -> Iterator[Problem]:
    for programme in policy.programmes.values():
        for node in programme.nodes:
            if node.children or not (node.unconfirmed or node.wider or node.alternatives):
                continue
            cause = (
                f"a wider reading of {node.wider}" if node.wider else "open" if node.alternatives else node.confidence
            )
            yield Problem(
                "unconfirmed_leaf",
                f"{node.id} is {cause}",
                "it may help somebody and never hurt them",
                "find the source that settles it, then correct its mark in the sheet",
                Where(programme.id, None, None, node.id),
            )


def _unused(policy: Policy) -> Iterator[Problem]:
    used = {
        name
        for programme in policy.programmes.values()
        for node in programme.nodes
        for name in (node.attested, node.args.get("fact"))
        if name
    }
    used |= {
        name
        for programme in policy.programmes.values()
        for _, _, node in programme.conditions
        for name in (node.attested, node.args.get("fact"))
        if name
    }
    used |= {rule["fact"] for fact in policy.facts.values() for rule in fact.evidence if "fact" in rule}
    for name in sorted(policy.facts.keys() - used - {"birth_date"}):
        yield Problem(
            "unused_fact",
            f"no criterion uses {name}",
            "a question nobody needs should not be asked",
            "use it, or leave it for the programme to come",
            Where("facts", None, None, name),
        )


def _untranslated(policy: Policy) -> Iterator[Problem]:
    for name, data in policy.documents.inside("words").items():
        waiting = sum(1 for entry in data.get("words", {}).values() if not entry.get("reviewed"))
        if waiting:
            yield Problem(
                "words_not_reviewed",
                f"{waiting} sentences in {name} await a reviewer",
                "a notice leaves only in sentences somebody has read",
                "have a native reader review them",
                Where(f"words/{name}"),
            )


def _stale(policy: Policy) -> Iterator[Problem]:
    """Programmes whose authority has a last day: somebody must look before it comes."""
    for programme in policy.programmes.values():
        if programme.authority_until and programme.authority_until != date.max:
            yield Problem(
                "authority_ends",
                f"the authority of {programme.id} runs to {programme.authority_until}",
                "after it a would-be refusal goes to a person",
                "look for the renewal",
                Where(programme.id, None, None, "authority"),
            )

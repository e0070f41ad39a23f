"""What the record refuses: a step that is not lawful, not allowed, not ready, or already taken by somebody else."""

from collections.abc import Iterable

from wholeperson.record.lifecycle import Move
from wholeperson.rules.problems import Problem, Refused, Where


class Unlawful(Refused):
    """The thing is in no status from which this verb leads on."""


class NotAllowed(Refused):
    """Whoever asks has no role that may."""


class NotReady(Refused):
    """Something the step needs is not filled."""


class Overtaken(Refused):
    """Somebody else took a step first."""


def unlawful(of: str, verb: str, status: str, lawful: Iterable[str]) -> Unlawful:
    return Unlawful(
        Problem(
            "unlawful_step",
            f"a {of} that is {status} cannot be taken to the step {verb!r}",
            "its lifecycle has no such row",
            "open it again and take one of the steps it offers",
            Where(path=of),
            tuple(lawful),
        )
    )


def not_allowed(label: str, permission: str) -> NotAllowed:
    return NotAllowed(
        Problem(
            "not_allowed",
            f"{label} may not do this",
            f"it needs the permission {permission}",
            "ask an administrator of your organization which role carries it",
            Where(path=permission),
        )
    )


def not_ready(of: str, move: Move, empty: Iterable[str]) -> NotReady:
    return NotReady(
        Problem(
            "not_ready",
            f"the step {move.verb!r} needs {', '.join(empty)}",
            f"without it the next person cannot go on with this {of}",
            "fill it in, then take the step again",
            Where(path=of),
        )
    )


def overtaken(of: str, verb: str) -> Overtaken:
    return Overtaken(
        Problem(
            "overtaken",
            f"somebody else has just taken a step with this {of}",
            f"{verb!r} was meant for the status it had before; nothing was written",
            "open it again, see what happened, and decide anew",
            Where(path=of),
        )
    )

"""The numbers the world knows organisations and people by, each with the form it must have."""

import re
from collections.abc import Callable

from wholeperson.rules.problems import Problem, Refused, Where

NPI_PREFIX = "80840"  # says "health, United States" to the check digit; never written with the number


def npi(value: str) -> str | None:
    """Ten digits, the last of which checks the others (Luhn, counted with the prefix)."""
    digits = re.sub(r"[\s-]", "", value)
    if not re.fullmatch(r"[12]\d{9}", digits):
        return None
    return digits if _luhn(NPI_PREFIX + digits) else None


def tin(value: str) -> str | None:
    """Nine digits, kept as 12-3456789."""
    digits = re.sub(r"[\s-]", "", value)
    return f"{digits[:2]}-{digits[2:]}" if re.fullmatch(r"\d{9}", digits) and digits[:2] != "00" else None


def licence(value: str) -> str | None:
    """Letters and digits as the board wrote them."""
    tidy = " ".join(value.upper().split())
    return tidy if re.fullmatch(r"[A-Z0-9][A-Z0-9 ./-]{1,39}", tidy) else None


def plan(value: str) -> str | None:
    """The word by which the policy knows a plan."""
    return value if re.fullmatch(r"[a-z][a-z0-9_]{1,79}", value) else None


# system: (brings it into its form, or None where it has none; what the form is)
SYSTEMS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "npi": (npi, "ten digits that begin with 1 or 2 and pass the check digit"),
    "tin": (tin, "nine digits, like 12-3456789"),
    "licence": (licence, "letters and digits as the board wrote them, like RN 123456"),
    "plan": (plan, "the word by which the policy knows the plan, like health_net"),
}


def tidied(system: str, value: str) -> str:
    """The number as it is kept. Refuses a system there is not, and a number that cannot be right."""
    if system not in SYSTEMS:
        raise _refused(system, f"{system!r} is no kind of number that is kept here", tuple(SYSTEMS))
    form, said = SYSTEMS[system]
    tidy = form(value.strip())
    if tidy is None:
        raise _refused(system, f"this is no {system.upper()}", (said,))
    return tidy


def taken(system: str) -> Refused:
    """Somebody has the number already."""
    return _refused(system, f"this {system.upper()} belongs to somebody already", ())


def _refused(system: str, problem: str, allowed: tuple[str, ...]) -> Refused:
    why = "a wrong number would send files, bills and referrals to somebody else"
    return Refused(
        Problem("not_a_number", problem, why, "copy it again from the letter or the card", Where(path=system), allowed)
    )


def _luhn(digits: str) -> bool:
    """Every second digit from the right doubled; the sum of all digits ends in 0."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0

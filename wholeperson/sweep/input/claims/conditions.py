"""What the policy asks of a claim line, as SQL over the columns of a staged line."""

from collections.abc import Iterable
from typing import Any

from wholeperson.sweep.input.claims.classify import Asked, Classified
from wholeperson.sweep.input.database import text, words


def line_asked(asked: Asked) -> str:
    """SQL of whether a line has everything that is asked, its diagnosis left out."""
    return " AND ".join(_ASKED[key](value) for key, value in asked.items() if key != "primary") or "true"


def some_line(asked: Iterable[Asked]) -> str:
    """SQL of whether it has what one of them asks."""
    return " OR ".join(f"coalesce({line_asked(each)}, false)" for each in asked) or "false"


def interesting(rules: Classified, service_codes: Iterable[str]) -> str:
    """SQL of whether a line can make anything by its own codes (diagnoses left out)."""
    lines = [each for rule in rules.by_claim for each in (*rule.lines, *rule.else_one_for_day)]
    services = tuple(sorted(set(service_codes)))
    return f"{some_line(lines)} OR coalesce(hcpcs IN {words(services)}, false)" if services else some_line(lines)


def _ranges(values: list[str]) -> str:
    pairs = [each.partition("-") for each in values]
    each = [f"revenue BETWEEN {text(low)} AND {text(high or low)}" for low, _, high in pairs]
    return f"({' OR '.join(each)})"


def _in(column: str) -> Any:
    return lambda values: f"{column} IN {words(tuple(values))}"


_ASKED = {
    "bill_type": _in("left(bill, 2)"),
    "revenue_center": _ranges,
    "place_of_service": _in("place"),
    "admit_type": _in("admit_type"),
    "claim_type": _in("type"),
}

"""What the policy asks of a claim line, as SQL over the columns of a staged line."""

from collections.abc import Iterable, Mapping

from wholeperson.sweep.input.claims.classify import Asked, Classified
from wholeperson.sweep.input.database import text, words

COLUMNS = {
    "bill_type": "bill",
    "revenue_center": "revenue",
    "place_of_service": "place",
    "admit_type": "admit_type",
    "claim_type": "type",
}
RAREST = ("revenue_center", "place_of_service", "bill_type", "admit_type", "claim_type")
OWN = {each: each for each in COLUMNS.values()}


def line_asked(asked: Asked) -> str:
    """SQL of whether a line has everything that is asked, its diagnosis left out."""
    return " AND ".join(_one(key, value, OWN) for key, value in asked.items() if key != "primary") or "true"


def some_line(asked: Iterable[Asked]) -> str:
    """SQL of whether it has what one of them asks."""
    return " OR ".join(f"coalesce({line_asked(each)}, false)" for each in asked) or "false"


def telling(rules: Classified) -> dict[str, str]:
    """Of each code column SQL of the values that may make an event, over the code as it is kept.

    More than what makes one: of what is asked of a line only the rarest is looked at here.
    """
    found: dict[str, list[str]] = {}
    for rule in rules.by_claim:
        for asked in (*rule.lines, *rule.else_one_for_day):
            key = next(each for each in RAREST if each in asked)
            found.setdefault(COLUMNS[key], []).append(_one(key, asked[key], OWN))
    return {column: " OR ".join(each) for column, each in found.items()}


def _one(key: str, values: list[str], at: Mapping[str, str]) -> str:
    column = at[COLUMNS[key]]
    if key == "bill_type":
        return f"left({column}, 2) IN {words(tuple(values))}"
    if key == "revenue_center":
        pairs = [each.partition("-") for each in values]
        ranges = [f"{column} BETWEEN {text(low)} AND {text(high or low)}" for low, _, high in pairs]
        return f"({' OR '.join(ranges)})"
    return f"{column} IN {words(tuple(values))}"

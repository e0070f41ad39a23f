"""Whose files a command works with: the provider by its NPI, the plan by its word in the policy."""

from typing import TYPE_CHECKING

from wholeperson.rules.problems import Problem, Refused, Where

if TYPE_CHECKING:
    from wholeperson.access.models import Organisation


def provider(npi: str | None) -> "Organisation":
    """The organization with that NPI; without one, the only one there is that has any."""
    return _one("npi", npi, "--provider", "no provider here has this NPI", "say which provider it is: --provider NPI")


def plan(word: str | None) -> "Organisation":
    """The plan with that word; without one, the only plan there is."""
    return _one("plan", word, "--plan", "no plan here has this name", "say which plan it is: --plan P")


def _one(system: str, value: str | None, option: str, unknown: str, do: str) -> "Organisation":
    from wholeperson.access.models import Identifier

    rows = (
        Identifier.objects.filter(system=system, until=None).exclude(organisation=None).select_related("organisation")
    )
    found = list((rows.filter(value=value) if value else rows).order_by("value")[:2])
    if len(found) == 1 and found[0].organisation:
        return found[0].organisation
    known = tuple(rows.order_by("value").values_list("value", flat=True)[:20])
    problem = unknown if value else "it is not said whose file this is"
    raise Refused(Problem("whose_file", problem, "it would be somebody else's", do, Where(option), known))

"""Numbers are kept in the form their system has; one that cannot be right is refused, with what would be."""

import pytest

from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access import actions, numbers
from wholeperson.rules.problems import Refused


@pytest.mark.parametrize(
    ("system", "given", "kept"),
    [
        ("npi", "1234567893", "1234567893"),  # the example of the NPI's own standard: 80840 + 123456789 checks with 3
        ("npi", " 1234-567 893 ", "1234567893"),
        ("npi", "1245319599", "1245319599"),
        ("tin", "94-1234567", "94-1234567"),
        ("tin", "941234567", "94-1234567"),
        ("licence", "rn  123456", "RN 123456"),
        ("plan", "health_net", "health_net"),
    ],
)
def test_a_number_is_kept_in_its_form(system: str, given: str, kept: str) -> None:
    assert numbers.tidied(system, given) == kept


@pytest.mark.parametrize(
    ("system", "given"),
    [
        ("npi", "1234567890"),  # the check digit is 3
        ("npi", "1234567839"),  # two digits exchanged
        ("npi", "3234567893"),
        ("npi", "123456789"),
        ("npi", ""),
        ("tin", "94-123456"),
        ("tin", "00-1234567"),
        ("licence", "?"),
        ("plan", "Health Net"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(system: str, given: str) -> None:
    with pytest.raises(Refused, match=f"this is no {system.upper()}"):
        numbers.tidied(system, given)


def test_a_kind_of_number_nobody_keeps_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refused) as refused:
        numbers.tidied("ssn", "123-45-6789")
    assert refused.value.problems[0].allowed == ("npi", "tin", "licence", "plan")


def test_a_number_has_one_owner_at_a_time(world: World) -> None:
    bayside, hillside = world.organisation("Bayside"), world.organisation("Hillside")
    mine = actions.add_identifier(of=bayside, system="npi", value="1234567893", by=MAKER, at=NOW)
    with pytest.raises(Refused, match="belongs to somebody already"):
        actions.add_identifier(of=hillside, system="npi", value="1234 567 893", by=MAKER, at=NOW)
    actions.end_identifier(mine, until=TODAY, by=MAKER, at=NOW)
    assert actions.add_identifier(of=hillside, system="npi", value="1234567893", by=MAKER, at=NOW).value == "1234567893"

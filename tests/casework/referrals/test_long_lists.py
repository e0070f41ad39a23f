"""Lists of referrals that are longer than anybody reads: counted up to a limit, and going on behind it."""

import re
from collections.abc import Iterator

import pytest

from tests.casework.referrals.conftest import Town
from wholeperson.access import compiled, upto
from wholeperson.casework.referrals.models import Referral
from wholeperson.casework.referrals.views import desk
from wholeperson.record import wall


@pytest.fixture(autouse=True)
def _three_are_the_limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(upto, "MOST", 3)
    compiled.kept_for.cache_clear()
    yield
    compiled.kept_for.cache_clear()


def asked(town: Town, many: int) -> set[str]:
    for number in range(many):
        member = town.world.member(given=f"Person{number}", family="Oflist")
        town.asked(member=member, key=f"list {number}")
    return {f"Person{number}" for number in range(many)}


@pytest.mark.parametrize(("many", "said"), [(2, "2 referrals"), (3, "3 referrals"), (4, "1,000+ referrals")])
def test_the_list_says_how_many_up_to_the_limit(town: Town, many: int, said: str) -> None:
    asked(town, many)
    for show in ("turn", "open"):
        assert f">{said}<" in town.browser(town.paula).get(f"/referrals/?show={show}").content.decode()


@pytest.mark.parametrize("show", ["turn", "open"])
def test_what_has_no_day_stands_last_on_every_page(town: Town, show: str) -> None:
    asked(town, 5)
    with wall.opened("tests"):
        Referral.objects.filter(member__given_name__in=["Person0", "Person3"]).update(due_at=None)
    paula, address, pages = town.browser(town.paula), f"/referrals/?show={show}", []
    for _ in range(2):
        page = paula.get(address).content.decode()
        pages.append(re.findall(r"(Person\d) Oflist</a>", page))
        further = re.findall(r'href="([?][^"]*after=[^"]+)" rel="next"', page)
        address = f"/referrals/{further[0].replace('&amp;', '&')}" if further else ""
    assert pages == [["Person1", "Person2", "Person4"], ["Person0", "Person3"]]
    assert not address


@pytest.mark.parametrize("show", ["turn", "open"])
def test_the_next_page_begins_behind_the_last_line(town: Town, show: str) -> None:
    """Each once; and a place of somebody else's list shows nothing of it."""
    names, paula = asked(town, 5), town.browser(town.paula)
    first = paula.get(f"/referrals/?show={show}").content.decode()
    further = re.findall(r'href="([?][^"]*after=[^"]+)" rel="next"', first)[0].replace("&amp;", "&")
    second = paula.get(f"/referrals/{further}").content.decode()
    shown = [re.findall(r"(Person\d) Oflist</a>", page) for page in (first, second)]
    assert [len(one) for one in shown] == [3, 2]
    assert {*shown[0], *shown[1]} == names
    assert "From the top" in second
    assert "Oflist" not in town.browser(town.ines).get(f"/referrals/{further}").content.decode()


def test_who_asked_stands_page_by_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five asked for the same: three on the first page, two on the next."""
    monkeypatch.setattr(desk, "ON_A_PAGE", 3)
    member, paula = town.world.member(), town.browser(town.paula)
    for number in range(5):
        town.asked(member=member, key=f"same {number}")
    with wall.opened("tests"):
        address = f"/referrals/{Referral.objects.get().public_id}/"
    told = [paula.get(one).content.decode().count("Safe to call or write?") for one in (address, f"{address}?page=2")]
    assert told == [3, 2]

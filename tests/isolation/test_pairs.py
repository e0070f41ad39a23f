"""Two hundred pairs of a person and a member, drawn by lot: nothing shows one to the other without a reason.

Who sees whom is worked out beside the code, by a plain reading of the rule (town.py).
"""

import csv
import random
import re
from io import StringIO

import pytest

from tests.isolation.asking import Asker
from tests.isolation.town import SEED, Town, build
from tests.people import TODAY, World
from wholeperson.access.queries import stand
from wholeperson.casework.members.views.people import ON_A_PAGE

PAIRS = 200
SHOWN = re.compile(r'href="/members/(mem-[0-9a-z]{10})/"')
COUNTED = re.compile(r"<p role=\"status\">(\d+) members?</p>")


@pytest.fixture
def town(world: World) -> Town:
    return build(world)


@pytest.mark.once
def test_no_pair_meets_without_a_reason(town: Town) -> None:
    hold(town)


@pytest.mark.usefixtures("only_the_second_wall")
def test_no_pair_meets_with_the_second_wall_alone(town: Town) -> None:
    hold(town)


def hold(town: Town) -> None:
    dice = random.Random(SEED + 1)
    askers: dict[int, Asker] = {}
    looked: set[tuple[int, str]] = set()  # whose list was looked through in which order, so that it is done once
    met = 0
    for _ in range(PAIRS):
        person, member = dice.randrange(len(town.people)), dice.randrange(len(town.members))
        asker = askers.setdefault(person, Asker(town.people[person]))
        stand(town.people[person], on=TODAY)
        if not town.people[person].may("member.read"):
            assert asker.ask("get", "/members/").status_code == 404
            continue
        met += town.sees(person, member)
        page_of_one(town, asker, person, member)
        sort = dice.choice(["name", "born", "county"])
        if (person, sort) not in looked:
            lists(town, asker, person, sort)
            looked.add((person, sort))
    assert met >= PAIRS // 10, "the lot must draw pairs that see each other as well"


def page_of_one(town: Town, asker: Asker, person: int, member: int) -> None:
    """Their page, and the list searched for their name."""
    sees, one = town.sees(person, member), town.members[member]
    assert (asker.ask("get", f"/members/{one.public_id}/").status_code == 200) == sees
    found = asker.ask("post", "/members/", text=one.family_name).content.decode()
    assert SHOWN.findall(found) == ([one.public_id] if sees else [])
    assert (one.family_name in re.sub(r"<input[^>]*>", "", found)) == sees


def lists(town: Town, asker: Asker, person: int, sort: str) -> None:
    """Every other way to a member: the list, its count, its next page, sorted, taken along."""
    seen = town.seen_by(person)
    pages = [
        asker.ask("get", f"/members/?sort={sort}&page={page}") for page in range(1, -(-len(seen) // ON_A_PAGE) + 1)
    ]
    assert {found for page in pages for found in SHOWN.findall(page.content.decode())} == seen
    first = asker.ask("post", "/members/", sort=sort, page="1").content.decode()
    assert int(COUNTED.findall(first)[0]) == len(seen)
    if town.people[person].may("member.export"):
        rows = csv.DictReader(StringIO(asker.ask("post", "/members/export/", sort=sort).content.decode()))
        names = {one.family_name for one in town.members if one.public_id in seen}
        assert {row["family_name"] for row in rows} == names

"""Leaks that other systems of health records had: by a page's address, a count, an order, a search, a shared memory."""

import re

import pytest
from django.test import Client

from tests.people import MAKER, NOW, World
from wholeperson.casework.members import actions
from wholeperson.casework.members.models import Member

pytestmark = pytest.mark.django_db
LIST = "/members/"


class Two:
    """Bayside has twenty-seven people, Harbor House three; of Harbor's first Bayside sees the name alone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.bayside = self._people("Bayside", 27)
        self.harbor = self._people("Harbor House", 3)
        world.relate(self.harbor[0], "Bayside", scope="minimal")
        actions.add_identifier(self.harbor[0], system="cin", value="91234567A", by=MAKER, at=NOW)

    def _people(self, name: str, many: int) -> list[Member]:
        made = [self.world.member(f"Person{number:02}", f"Of {name}") for number in range(many)]
        for one in made:
            self.world.relate(one, name)
        return made

    def browser(self, name: str, at: str) -> Client:
        client = Client()
        client.force_login(self.world.person(name, "lead_care_manager", at=at))
        return client


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def names(page: str) -> list[str]:
    return re.findall(r">(Person\d\d Of [A-Z][a-z]+(?: House)?)<", page)


def test_a_page_of_one_house_is_an_empty_or_own_page_to_another(two: Two) -> None:
    lena, hana = two.browser("Lena Ortiz", "Bayside"), two.browser("Hana Mills", "Harbor House")
    second = lena.get(f"{LIST}?page=2").content.decode()
    assert len(names(second)) == 3
    own = hana.get(f"{LIST}?page=2").content.decode()
    assert names(own) == [f"Person{number:02} Of Harbor House" for number in range(3)]


def test_who_is_hidden_is_in_no_count(two: Two) -> None:
    counted = {}
    for name, at in (("Lena Ortiz", "Bayside"), ("Hana Mills", "Harbor House"), ("Nora Elm", "Nobody's House")):
        counted[at] = two.browser(name, at).get(LIST).context["page"].paginator.count
    assert counted == {"Bayside": 28, "Harbor House": 3, "Nobody's House": 0}


def test_a_list_is_in_no_order_that_its_lines_do_not_show(two: Two) -> None:
    lena = two.browser("Lena Ortiz", "Bayside")
    usual = names(lena.get(LIST).content.decode())
    for sort in ("identifiers__value", "-birth_date", "facts__value", "relationships__scope", "because_id"):
        assert names(lena.get(f"{LIST}?sort={sort}").content.decode()) == usual


def test_who_sees_a_name_alone_finds_nobody_by_a_number(two: Two) -> None:
    """That a number finds somebody would tell whose it is."""
    for name, at, found in (("Lena Ortiz", "Bayside", 0), ("Hana Mills", "Harbor House", 1)):
        answer = two.browser(name, at).post(LIST, {"text": "91234567A"})
        assert len(names(answer.content.decode())) == found


def test_what_one_was_answered_is_no_answer_to_the_next(two: Two) -> None:
    """One after the other with the same words, as two people at one desk or behind one proxy do."""
    lena, hana = two.browser("Lena Ortiz", "Bayside"), two.browser("Hana Mills", "Harbor House")
    for _again in range(2):
        for client, at in ((lena, "Of Bayside"), (hana, "Of Harbor House")):
            answer = client.get(f"{LIST}?sort=born")
            shown = answer.content.decode()
            assert at in shown
            assert {"no-store", "private"} <= set(re.split(r",\s*", answer["Cache-Control"]))
        assert "Of Bayside" not in shown
    assert Client().get(LIST).status_code == 302


def differ(member: Member) -> None:
    for source, value in (("clinician", True), ("referrer", False)):
        actions.tell(
            member, fact="can_store_and_prepare_food", value=value, source=source, learnt=NOW.date(), by=MAKER, at=NOW
        )


def test_of_whom_sources_disagree_is_told_where_one_may_read_of_what(two: Two) -> None:
    """The fact is sensitive: nobody else's line, no number of it, and nothing of whom one sees the name alone."""
    rosa, mai = two.world.member("Rosa", "Ofboth"), two.world.member("Mai", "Ofharbor")
    two.world.relate(rosa, "Bayside", scope="sensitive")
    two.world.relate(rosa, "Harbor House", scope="minimal")
    two.world.relate(mai, "Harbor House", scope="sensitive")
    for one in (rosa, mai):
        differ(one)
    told = {}
    for name, at in (("Lena Ortiz", "Bayside"), ("Hana Mills", "Harbor House"), ("Nora Elm", "Nobody's House")):
        page = two.browser(name, at).get("/desk/work/?kind=unsettled").content.decode()
        told[at] = (re.findall(r">(Rosa|Mai) Of", page), re.findall(r">(\d+) line", page))
    assert told == {"Bayside": (["Rosa"], ["1"]), "Harbor House": (["Mai"], ["1"]), "Nobody's House": ([], [])}


@pytest.mark.usefixtures("only_the_second_wall")
def test_the_second_wall_alone_tells_no_more_of_whom_sources_disagree(two: Two) -> None:
    differ(two.harbor[1])
    page = two.browser("Nora Elm", "Nobody's House").get("/desk/work/?kind=unsettled").content.decode()
    assert names(page) == []

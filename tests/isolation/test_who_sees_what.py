"""Every role at every address, with four objects: what they get is what somebody wrote down by hand.

The table is tests/house/who_sees_what.yaml.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.urls import get_resolver

from tests.isolation.asking import METHODS, TABLE, WRITTEN, Asker, address, people, wrong
from tests.isolation.scene import SAID_OF_TREATMENT, WHOSE, Scene
from tests.people import MAKER, NOW, TODAY
from tests.walls import served
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.scoping import Scoped, tell_the_wall
from wholeperson.casework.referrals import actions as referrals
from wholeperson.casework.referrals.models import Callback, HalfDone
from wholeperson.record import outbox, wall
from wholeperson.record.models import Document, Outgoing
from wholeperson.site import permits

OF_MEMBERS = [name for name, row in TABLE.items() if "{member}" in row["at"] or "members" in row["at"]]
OF_MEMBERS += ["document", "break_glass", "break_glass_review", "break_glass_judge", "today"]
OF_MEMBERS += ["case", "case_contact", "case_lead", "case_step"]
THE_REST = [name for name in TABLE if name not in OF_MEMBERS]


def test_every_address_has_its_rows() -> None:
    """A page that nobody thought about is open to whom nobody thought of."""
    assert sorted(TABLE) == sorted(set(permits.names(get_resolver().url_patterns)))


@pytest.mark.parametrize("name", TABLE)
def test_an_address_about_something_is_tried_with_four_of_it(name: str) -> None:
    assert set(TABLE[name]) == ({"at", *WHOSE} if "{" in TABLE[name]["at"] else {"at", *METHODS})


@pytest.mark.parametrize("names", [OF_MEMBERS, pytest.param(THE_REST, marks=pytest.mark.once)], ids=["members", "rest"])
def test_the_table(scene: Scene, askers: dict[str, Asker], names: list[str]) -> None:
    assert not wrong(scene, askers, names)


def test_a_block_that_one_may_not_see_is_not_there(scene: Scene, askers: dict[str, Asker]) -> None:
    """Not greyed out and not behind stars: that there is such a block would tell of the treatment already."""
    told = {who for who, asker in askers.items() if says_so(asker.ask("get", address(scene, "member", "part2")))}
    assert told == set(people(WRITTEN["told_of_treatment"]))


@pytest.mark.usefixtures("only_the_second_wall")
def test_the_second_wall_alone_holds_the_table(scene: Scene, askers: dict[str, Asker]) -> None:
    assert not wrong(scene, askers, OF_MEMBERS)


@pytest.mark.usefixtures("only_the_second_wall")
def test_the_second_wall_alone_keeps_the_block_away(scene: Scene, askers: dict[str, Asker]) -> None:
    told = {who for who, asker in askers.items() if says_so(asker.ask("get", address(scene, "member", "part2")))}
    assert told == set(people(WRITTEN["told_of_treatment"]))


@pytest.mark.usefixtures("only_the_second_wall")
def test_the_first_wall_is_gone(scene: Scene) -> None:
    """Else the second would be proved by the first."""
    assert queries.members_for(scene.people["administrator"]).count() == Member.objects.count()


def says_so(answer: object) -> bool:
    return SAID_OF_TREATMENT in getattr(answer, "content", b"").decode()


@pytest.mark.django_db
def test_every_table_of_members_is_walled() -> None:
    """A table that somebody adds and forgets stands open to the first query that forgets as well."""
    if not wall.stands():
        pytest.skip("SQLite has no second wall; on PostgreSQL this runs")
    tables = {model._meta.db_table for model in apps.get_models() if isinstance(model._default_manager.all(), Scoped)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    assert tables | {"record_document", "record_outgoing", "referrals_callback", "referrals_halfdone"} <= walled


@pytest.mark.usefixtures("only_the_second_wall")
def test_who_serves_pages_puts_letters_and_reads_none(scene: Scene) -> None:
    """A letter says to whom and what; a query of a page that forgot to ask must not find one."""
    put = {"channel": "fax", "to": "555-0142", "content": {"text": "Rosa may begin"}, "by": MAKER, "at": NOW}
    with served():
        outbox.put(key="notice-1", **put)
        outbox.put(key="notice-1", **put)
        assert not Outgoing.objects.exists()
        assert not Outgoing.objects.update(status="sent")
        assert outbox.send_waiting(at=NOW, through={"fax": Taken()}) >= 1
    assert [row.status for row in Outgoing.objects.filter(key="notice-1")] == ["sent"]


@pytest.mark.usefixtures("only_the_second_wall")
def test_who_serves_pages_reads_only_papers_of_members_it_was_told(scene: Scene) -> None:
    kept = Document.objects.count()
    assert kept >= len(WHOSE)
    with served():
        assert Document.objects.count() == 0
        with wall.opened("test"):
            assert Document.objects.count() == kept


@pytest.mark.usefixtures("only_the_second_wall")
def test_who_serves_pages_reads_only_the_calls_of_a_post_and_the_drafts_of_one_person(scene: Scene) -> None:
    """Of no member yet, and with people's names all the same: seen where whoever asks has a post, or as their own."""
    keepers = {name: Person.objects.get(name=f"Answers {name}") for name in ("own", "other")}
    for person in keepers.values():
        referrals.keep_half({"given_name": [person.name]}, by=stand(person, on=TODAY, at=NOW), at=NOW)
    with served():
        assert not Callback.objects.exists()
        assert not HalfDone.objects.exists()
        tell_the_wall(stand(keepers["other"], on=TODAY, at=NOW))
        assert [row.name for row in Callback.objects.all()] == ["Caller other"]
        assert ["Answers other" in row.content for row in HalfDone.objects.all()] == [True]
        assert not Callback.objects.update(name="Somebody")
        assert not HalfDone.objects.all().delete()[0]
        wall.forget()


class Taken:
    def send(self, *, key: str, to: str, content: Mapping[str, Any]) -> None:
        assert content["text"] == "Rosa may begin"

"""Who read or changed this record last month: the auditor finds it by the number; other days are not there."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions
from wholeperson.casework.members.models import Likeness, Member
from wholeperson.casework.members.queries import members_for
from wholeperson.record.models import AuditRow
from wholeperson.record.moments import now_is

pytestmark = pytest.mark.django_db
OCTOBER = {"first": "2026-10-01", "last": "2026-10-31"}


@pytest.fixture
def rosa(world: World) -> Member:
    """Lena opened her record in October, Sam had her on a list then, Lena again in November."""
    made = world.member()
    actions.add_identifier(made, system="cin", value="91234567A", by=MAKER, at=NOW)
    world.relate(made, "Bayside")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    sam = world.person("Sam Whitfield", "supervisor", at="Bayside")
    actions.look_at(made, by=lena, at=NOW - timedelta(days=30))
    actions.look_at_list(members_for(sam), "member.list", by=sam, at=NOW - timedelta(days=22))
    actions.look_at(made, by=lena, at=NOW)
    return made


@pytest.fixture
def auditor(world: World) -> Person:
    house = world.organisation("Whole Person", "community_organisation")
    Organisation.objects.filter(pk=house.pk).update(is_house=True)
    return world.person("Anders Lund", "auditor", at="Whole Person")


def test_the_last_month_is_shown_with_lists(client: Client, rosa: Member, auditor: Person) -> None:
    client.force_login(auditor)
    found = client.post("/trail/", {"number": "91234567a", **OCTOBER})
    assert found.status_code == 303
    assert "91234567" not in found["Location"]
    page = client.get(found["Location"]).content.decode()
    assert "2 rows" in page
    assert page.index("Sam Whitfield") < page.index("Lena Ortiz")
    assert "Bayside" in page
    assert "Delgado" not in page
    november = client.get(
        f"/trail/?record={rosa.public_id}&first=2026-11-01&last=2026-11-21&what=read"
    ).content.decode()
    assert "Lena Ortiz" in november
    assert "Sam Whitfield" not in november
    assert AuditRow.objects.filter(verb="trail.look_at", subject_id=rosa.pk, actor_id=str(auditor.pk)).count() == 2


def test_without_days_it_is_the_month_that_is_over(client: Client, rosa: Member, auditor: Person) -> None:
    client.force_login(auditor)
    assert "2 rows" in client.get(f"/trail/?record={rosa.public_id}").content.decode()
    again = client.post("/trail/", {"record": rosa.public_id, **OCTOBER})
    assert again["Location"] == f"/trail/?record={rosa.public_id}&first=2026-10-01&last=2026-10-31"


def test_an_organizations_own_auditor_sees_its_own_reads(client: Client, rosa: Member, world: World) -> None:
    world.relate(rosa, "Other House")
    other = world.person("Olga Reed", "lead_care_manager", at="Other House")
    actions.look_at(rosa, by=other, at=NOW - timedelta(days=25))
    client.force_login(world.person("Arno Vos", "auditor", at="Bayside"))
    page = client.get(f"/trail/?record={rosa.public_id}").content.decode()
    assert "2 rows" in page
    assert "Olga Reed" not in page


def test_what_was_mistyped_is_said(client: Client, rosa: Member, auditor: Person) -> None:
    client.force_login(auditor)
    assert client.post("/trail/", {"number": "12", **OCTOBER}).status_code == 422
    assert client.post("/trail/", {"number": "99999999Z", **OCTOBER}).status_code == 422
    assert client.get(f"/trail/?record={rosa.public_id}&first=2026-11-02&last=2026-11-01").status_code == 422
    assert client.get("/trail/?record=mem-nobody&first=x").status_code == 422
    never = f"record={rosa.public_id}&first=2026-01-01&last=9999-12-31"
    assert (client.get(f"/trail/?{never}").status_code, client.get(f"/trail/rows.csv?{never}").status_code) == (
        422,
        404,
    )


def test_a_record_that_goes_on_in_another_is_found_by_its_own_number(
    client: Client, rosa: Member, auditor: Person, world: World
) -> None:
    again = world.member("Rosana")
    actions.add_identifier(again, system="cin", value="91234568B", by=MAKER, at=NOW)
    world.relate(again, "Bayside")
    now_is(NOW)
    actions.find_alike.func()
    sam = stand(Person.objects.get(name="Sam Whitfield"), on=TODAY)
    actions.join(Likeness.objects.get(), rosa, why="One card.", by=sam, at=NOW)
    client.force_login(auditor)
    assert again.public_id in client.post("/trail/", {"number": "91234568B", **OCTOBER})["Location"]


def test_where_nobody_looked_last_month_it_is_the_latest_month_with_something(
    client: Client, world: World, auditor: Person
) -> None:
    """Looked at in August and September, asked in November: September, and the page says so; chosen days stay."""
    ana = world.member("Ana", "Cruz")
    actions.add_identifier(ana, system="cin", value="91234568B", by=MAKER, at=NOW)
    world.relate(ana, "Bayside")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    for days in (60, 95):
        actions.look_at(ana, by=lena, at=NOW - timedelta(days=days))
    client.force_login(auditor)
    found = client.post("/trail/", {"number": "91234568B", "what": "read", **OCTOBER})
    page = client.get(found["Location"]).content.decode()
    assert "Nothing stands there for last month. This is September 2026" in page
    assert 'value="2026-09-01"' in page
    assert "1 row<" in page
    august = client.get(f"/trail/?record={ana.public_id}&first=2026-08-01&last=2026-08-31&what=read").content.decode()
    assert "Nothing stands there" not in august
    assert "1 row<" in august


NOVEMBER = "first=2026-11-01&last=2026-11-21"


def test_who_changed_something_is_told_by_what_it_was(client: Client, rosa: Member, auditor: Person) -> None:
    lena = stand(Person.objects.get(name="Lena Ortiz"), on=TODAY)
    where = "The bench behind the library."
    actions.move(rosa, kind="no_fixed", since=TODAY, where=where, by=lena, at=NOW)
    actions.set_rule(rosa, "do_not_contact", how="", since=TODAY, by=lena, at=NOW)
    actions.lift_rule(rosa, by=lena, at=NOW)
    client.force_login(auditor)
    page = client.get(f"/trail/?record={rosa.public_id}&{NOVEMBER}&what=wrote").content.decode()
    changed = ("Where the person lives", "A rule of contact", "A rule of contact: ended", "The record: made")
    told = re.findall(r"<td[^>]*>([^<]*)</td>", page)
    assert not set(changed) - set(told)
    assert "bench" not in page, "that it was changed, never to what"
    assert "Looked" not in told
    assert ">Looked</td>" in client.get(f"/trail/?record={rosa.public_id}&{NOVEMBER}").content.decode()


def test_the_rows_are_taken_along_as_a_file(client: Client, rosa: Member, auditor: Person) -> None:
    client.force_login(auditor)
    page = client.get(f"/trail/?record={rosa.public_id}").content.decode()
    link = f"/trail/rows.csv?record={rosa.public_id}&amp;first=2026-10-01&amp;last=2026-10-31&amp;what="
    assert f'href="{link}"' in page
    file = client.get(link.replace("&amp;", "&"))
    assert file["Content-Type"].startswith("text/csv")
    head, *rows = file.content.decode("utf-8-sig").splitlines()
    assert head == "Who,When,What they did,What it was,On behalf of,In the words of the trail"
    assert rows == [
        "Sam Whitfield,2026-10-30T10:00:00-07:00,Looked,A list of members,Bayside,access.person member.list",
        "Lena Ortiz,2026-10-22T10:00:00-07:00,Looked,The record,Bayside,members.member member.look_at",
    ]
    assert AuditRow.objects.filter(verb="trail.export", subject_id=rosa.pk, actor_id=str(auditor.pk)).count() == 1
    assert client.get(f"/trail/rows.csv?record=mem-nobody&{NOVEMBER}").status_code == 404
    assert client.get(f"/trail/rows.csv?record={rosa.public_id}&first=x").status_code == 404


def test_an_organizations_own_auditor_sees_what_its_own_people_changed(
    client: Client, rosa: Member, world: World
) -> None:
    """Lena works there alone; Olga works elsewhere as well, and may have changed it for them."""
    lena = stand(Person.objects.get(name="Lena Ortiz"), on=TODAY)
    olga = world.person("Olga Reed", "lead_care_manager", at="Bayside")
    other = world.organisation("Other House")
    access.give_role(person=olga, organisation=other, role="lead_care_manager", since=SINCE, by=MAKER, at=NOW)
    for one, where in ((lena, "The bench."), (stand(olga, on=TODAY), "The car.")):
        actions.move(rosa, kind="no_fixed", since=TODAY, where=where, by=one, at=NOW)
    client.force_login(world.person("Arno Vos", "auditor", at="Bayside"))
    page = client.get(f"/trail/?record={rosa.public_id}&{NOVEMBER}&what=wrote").content.decode()
    assert "Lena Ortiz" in page
    assert "Olga Reed" not in page
    assert "The record: made" not in page, "by the house"


def test_the_number_is_needed_until_a_record_is_open(client: Client, rosa: Member, auditor: Person) -> None:
    client.force_login(auditor)
    first = client.get("/trail/").content.decode()
    assert "Eight digits and a letter, like 91234567A." in first
    assert "(optional)" not in first.partition("What do you want to know?")[0]
    assert client.post("/trail/", {"number": "", **OCTOBER}).status_code == 422
    assert client.post("/trail/", {"number": "", "record": rosa.public_id, **OCTOBER}).status_code == 303

"""Who speaks for somebody is named with a document, and ended; what their account sees opens and closes with it."""

from datetime import date

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.access.typed import fill
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.actions import Spokesperson
from wholeperson.casework.members.family import EndForm
from wholeperson.casework.members.models import Member, Relationship, Representative
from wholeperson.record import documents, wall
from wholeperson.record.models import AuditRow, Document
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

CHILD, ALMOST, OF_AGE = date(2010, 3, 9), date(2008, 11, 22), date(2008, 11, 21)
SENT = {
    "what": "name", "name": "Ana Delgado", "relation": "mother", "document": "parent", "power": "decide",
    "since": "2026-11-01", "email": "ana.delgado@tests.example",
}  # fmt: skip


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


@pytest.fixture
def ana(world: World) -> Person:
    return world.person("Ana Delgado", "member")


def child(world: World, born: date = CHILD) -> Member:
    luz = world.member("Luz", "Delgado", born)
    world.relate(luz, "Bayside", scope="sensitive")
    return luz


def named(member: Member, by: Person, account: Person | None = None, **told: object) -> Representative:
    said = {"name": "Ana Delgado", "document": "power_of_attorney", "power": "decide", "since": SINCE, **told}
    return actions.name_representative(member, Spokesperson(**said, account=account), by=by, at=NOW)


def paper(member: Member, by: Person) -> Document:
    received = documents.Received("order.txt", b"An order of the court.")
    return documents.keep(received, by=by, at=NOW, subject=member.pk, scope="care")


def test_a_mother_is_named_sees_what_care_needs_and_no_more_and_is_ended(
    world: World, lena: Person, ana: Person
) -> None:
    luz, client, hers = child(world), Client(), Client()
    client.force_login(lena)
    hers.force_login(ana)
    page, record = f"/members/{luz.public_id}/family/", f"/members/{luz.public_id}/"
    with wall.opened("tests"):
        received = documents.Received("clinic.txt", b"Of the clinic.")
        documents.keep(received, by=lena, at=NOW, subject=luz.pk, scope="sensitive")
    assert "Private things of a minor stay theirs" in client.get(page).content.decode()
    assert hers.get(record).status_code == 404
    assert client.post(page, {**SENT, "email": "nobody@tests.example"}).status_code == 422
    assert client.post(page, {**SENT, "email": lena.email}).status_code == 422, "who works here is no family"
    assert client.post(page, {**SENT, "until": "2026-10-31"}).status_code == 422
    assert [client.post(page, SENT).status_code for _pressed in range(2)] == [303, 303]
    with wall.opened("tests"):
        row, reason = Representative.objects.get(), Relationship.objects.get(reason="family")
    assert (row.until, reason.until, reason.scope) == (date(2028, 3, 8), date(2028, 3, 8), "care")
    assert hers.get(record).status_code == 200
    assert "clinic.txt" not in hers.get(f"{record}story/").content.decode()
    assert hers.get(page).status_code in (403, 404)
    shown = client.get(page).content.decode()
    assert all(
        words in shown for words in ("Parent of a minor", "Sees what is needed to care for them", "March 8, 2028")
    )
    assert client.post(page, {"what": "end", "which": str(row.pk), f"{row.pk}-why": ""}).status_code == 422
    assert client.post(page, {"what": "end", "which": str(luz.pk), "why": "No."}).status_code == 404
    ended = {"what": "end", "which": str(row.pk), f"{row.pk}-why": "The court said so."}
    assert [client.post(page, ended).status_code for _pressed in range(2)] == [303, 303]
    assert hers.get(record).status_code == 404
    assert "The court said so." in client.get(page).content.decode()
    with wall.opened("tests"):
        assert AuditRow.objects.filter(verb="representative.end").count() == 1


@pytest.mark.parametrize(("born", "refused"), [(ALMOST, False), (OF_AGE, True)])
def test_a_parent_speaks_until_the_day_before_they_are_18(
    world: World, lena: Person, born: date, refused: bool
) -> None:
    luz = child(world, born)
    if refused:
        with pytest.raises(Refused, match="18 or older"):
            named(luz, lena, document="parent")
    else:
        assert named(luz, lena, document="parent").until == TODAY


@pytest.mark.parametrize(
    ("document", "power", "born", "depth"),
    [
        ("power_of_attorney", "decide", OF_AGE, "sensitive"), ("power_of_attorney", "decide", ALMOST, "care"),
        ("power_of_attorney", "talk", OF_AGE, "care"), ("spoken", "decide", OF_AGE, "care"),
        ("conservatorship", "decide", OF_AGE, "sensitive"), ("guardianship", "decide", ALMOST, "care"),
    ],
)  # fmt: skip
def test_how_far_an_account_sees(
    world: World, lena: Person, ana: Person, document: str, power: str, born: date, depth: str
) -> None:
    luz = child(world, born)
    named(luz, lena, ana, document=document, power=power, paper=paper(luz, lena))
    with wall.opened("tests"):
        assert Relationship.objects.get(reason="family").scope == depth


@pytest.mark.parametrize(
    ("role", "organisation_sees", "is_shown", "depth"),
    [
        ("lead_care_manager", "sensitive", True, "sensitive"), ("lead_care_manager", "sensitive", False, "care"),
        ("lead_care_manager", "part2", True, "sensitive"), ("lead_care_manager", "care", True, "care"),
        ("plan_intake", "sensitive", True, "care"), ("plan_intake", "minimal", True, "minimal"),
    ],
)  # fmt: skip
def test_nobody_opens_more_than_they_see_nor_private_things_without_a_paper(
    world: World, ana: Person, role: str, organisation_sees: str, is_shown: bool, depth: str
) -> None:
    paula, luz = world.person("Paula Reyes", role, at="Plan"), world.member("Luz", "Delgado", OF_AGE)
    world.relate(luz, "Plan", scope=organisation_sees)
    named(luz, paula, ana, document="form", paper=paper(luz, paula) if is_shown else None)
    assert [one.scope for one in queries.near_to(luz, on=TODAY, at=NOW)] == [depth]


def test_an_emergency_and_no_reason_at_all_open_to_nobody(world: World, ana: Person) -> None:
    luz, sam = child(world), world.person("Sam Whitfield", "supervisor", at="Hillside")
    with pytest.raises(NotAllowed):
        named(luz, sam, ana)
    place = world.organisation("Hillside").pk
    actions.break_glass(luz, kind="safety", reason="He is at the door.", organisation_id=place, by=sam, at=NOW)
    stand(sam, on=TODAY, at=NOW)
    with pytest.raises(NotAllowed):
        named(luz, sam, ana)
    assert queries.near_to(luz, on=TODAY, at=NOW) == []
    assert named(luz, sam).name == "Ana Delgado", "who speaks for them can be written down all the same"


def test_what_was_closed_is_opened_by_naming_them_again_and_no_deeper_twice(
    world: World, lena: Person, ana: Person
) -> None:
    luz, paula = child(world, OF_AGE), world.person("Paula Reyes", "plan_intake", at="Bayside")
    shown = paper(luz, lena)
    for by, depth in ((paula, ["care"]), (lena, ["care", "sensitive"]), (paula, ["care", "sensitive"])):
        named(luz, by, ana, paper=shown)
        assert [one.scope for one in queries.near_to(luz, on=TODAY, at=NOW)] == depth
    for reason in queries.near_to(luz, on=TODAY, at=NOW):
        actions.close_to(reason, by=lena, at=NOW)
    assert queries.near_to(luz, on=TODAY, at=NOW) == []
    for _pressed in range(2):
        named(luz, lena, ana, paper=shown)
        assert [one.scope for one in queries.near_to(luz, on=TODAY, at=NOW)] == ["sensitive"]
    with wall.opened("tests"):
        assert Representative.objects.count() == 1
        assert AuditRow.objects.filter(verb="relationship.open", details__scope="sensitive").count() == 3, (
            "Bayside's too"
        )


def test_why_it_ended_is_read_by_who_sees_private_things(world: World, lena: Person) -> None:
    luz, client = child(world), Client()
    ines = world.person("Ines Mora", "provider_intake", at="Bayside")
    actions.end_representative(named(luz, lena), why="He hit her.", by=lena, at=NOW)
    for who, reads in ((lena, True), (ines, False)):
        client.force_login(who)
        shown = client.get(f"/members/{luz.public_id}/family/").content.decode()
        assert ["Ended by Lena Ortiz on Nov. 21, 2026." in shown, "He hit her." in shown] == [True, reads]


def test_nobody_opens_a_record_to_themselves_or_without_the_right_to(world: World, lena: Person, ana: Person) -> None:
    luz = child(world)
    own = access.add_person(name=lena.name, email="lena@home.example", by=MAKER, at=NOW)
    worker = world.person("Wes Park", "community_supports_worker", at="Bayside")
    for by, account in ((lena, own), (worker, ana)):
        with pytest.raises(NotAllowed):
            named(luz, by, account)
    named(luz, worker)
    world.relate(luz, lena, reason="family")
    with pytest.raises(NotAllowed):
        named(luz, lena)
    with wall.opened("tests"):
        assert Representative.objects.count() == 1


def test_what_was_opened_before_is_closed_here_and_a_consent_is_not(world: World, lena: Person, ana: Person) -> None:
    luz, client = child(world), Client()
    client.force_login(lena)
    page = f"/members/{luz.public_id}/family/"
    old = world.relate(luz, ana, reason="family")
    consent = world.relate(luz, ana, reason="consent")
    assert client.post(page, {"what": "close", "which": str(consent.pk)}).status_code == 404
    for _pressed in range(2):
        assert client.post(page, {"what": "close", "which": str(old.pk)}).status_code == 303
    assert [one.reason for one in queries.near_to(luz, on=TODAY, at=NOW)] == ["consent"]
    with wall.opened("tests"):
        assert AuditRow.objects.filter(verb="relationship.end").count() == 1


def test_their_own_account_is_no_family(world: World, lena: Person, ana: Person) -> None:
    luz, client = child(world, OF_AGE), Client()
    world.relate(luz, ana, reason="self", scope="part2")
    client.force_login(lena)
    sent = {**SENT, "document": "form"}
    refused = client.post(f"/members/{luz.public_id}/family/", sent)
    assert (refused.status_code, "own account" in refused.content.decode()) == (422, True)
    with pytest.raises(NotAllowed):
        named(luz, lena, ana)
    assert queries.near_to(luz, on=TODAY, at=NOW) == []


def test_what_was_typed_about_one_is_given_back_to_no_other() -> None:
    ana, luis = EndForm(key="1"), EndForm(key="2")
    typed = {"1-why": ["He hit her."]}
    assert [fill(ana, typed), fill(luis, typed)] == [True, False]
    assert "why" not in luis.initial


def test_nobody_is_taken_for_a_parent_without_saying_so(world: World, lena: Person) -> None:
    luz, client = child(world), Client()
    client.force_login(lena)
    page = f"/members/{luz.public_id}/family/"
    assert '<option value="" selected>Choose one</option>' in client.get(page).content.decode()
    assert client.post(page, {**SENT, "document": ""}).status_code == 422
    assert client.post(page, {**SENT, "email": "", "phone": "5555550112"}).status_code == 303
    assert "(555) 555-0112" in client.get(page).content.decode()

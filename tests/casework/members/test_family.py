"""Who speaks for somebody is named with a document, and ended; what their account sees opens and closes with it."""

from datetime import date, timedelta

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

ADDRESS, BY_HAND = "Email address of their account", "You cannot open the record to this address."
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


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (CHILD, date(2028, 3, 8)), (ALMOST, TODAY), (OF_AGE, None), (date(2008, 2, 29), None),
        (date(2012, 2, 29), date(2030, 2, 28)),
    ],
)  # fmt: skip
def test_by_whatever_document_nobody_speaks_for_a_minor_beyond_their_18th_birthday(
    world: World, lena: Person, ana: Person, born: date, last: date | None
) -> None:
    luz = child(world, born)
    for document in ("form", "spoken", "power_of_attorney", "conservatorship"):
        assert named(luz, lena, ana, document=document).until == last, document
    assert {one.until for one in queries.near_to(luz, on=TODAY, at=NOW)} == {last}
    assert named(luz, lena, document="form", relation="uncle", until=SINCE).until == SINCE, "an earlier end stays"


def test_nobody_is_written_down_ahead(world: World, lena: Person) -> None:
    """Else a parent named today from the 18th birthday on would speak for ever."""
    luz = child(world)
    for since in (date(2028, 3, 9), date(2026, 11, 22)):
        with pytest.raises(Refused, match="no later than 2026-11-21"):
            named(luz, lena, document="parent", since=since)
    assert named(luz, lena, document="parent", since=TODAY).since == TODAY


def test_the_page_opens_to_nobody_who_may_be_the_worker_or_is_the_member(
    world: World, lena: Person, ana: Person
) -> None:
    """A namesake, her own mailbox, the member's own account, who works elsewhere: with words, and nothing is kept."""
    luz, client = child(world, OF_AGE), Client()
    client.force_login(lena)
    page = f"/members/{luz.public_id}/family/"
    for name, email in (("Lena  ortiz", "other@home.example"), ("Leni", "lena.ortiz+home@tests.example")):
        account = access.add_person(name=name, email=email, by=MAKER, at=NOW)
        access.give_role(person=account, organisation=None, role="member", since=SINCE, by=MAKER, at=NOW)
    own = world.person("Luz Delgado", "member")
    world.relate(luz, own, reason="self", scope="part2")
    both = world.person("Ines Mora", "member")
    access.give_role(
        person=both, organisation=world.organisation("Hillside"), role="supervisor", since=SINCE, by=MAKER, at=NOW
    )
    sent = {**SENT, "document": "form"}
    for email in ("other@home.example", "lena.ortiz+home@tests.example", own.email, both.email, "none@tests.example"):
        answer = client.post(page, {**sent, "email": email})
        assert (answer.status_code, BY_HAND in answer.content.decode()) == (422, True), email
        assert "mother" in answer.content.decode(), "what was typed is still there"
    with pytest.raises(NotAllowed):
        named(luz, lena, own)
    with wall.opened("tests"):
        assert not Representative.objects.exists()
    assert not queries.is_near(own, luz)
    assert client.post(page, sent).status_code == 303, "and somebody else is opened to"


def test_the_account_of_a_second_record_of_the_member_is_no_family(world: World, lena: Person) -> None:
    luz, again, own = child(world, OF_AGE), child(world, OF_AGE), world.person("Luz Delgado", "member")
    world.relate(again, own, reason="self", scope="part2")
    assert named(luz, lena, own, relation="sister").account == own, "two people of one name"
    world.joined(again, luz, by=world.person("Sam Ito", "supervisor", at="Bayside"))
    with pytest.raises(NotAllowed):
        named(luz, lena, own)


def test_addresses_are_not_tried_one_after_another(world: World, lena: Person, ana: Person) -> None:
    """Each miss stands in the trail; after twenty in an hour even a right one opens nothing."""
    luz, client = child(world), Client()
    client.force_login(lena)
    page, missed = f"/members/{luz.public_id}/family/", {**SENT, "email": "none@tests.example"}
    for email in (ana.email, "none@tests.example"):
        assert BY_HAND not in client.post(page, {**SENT, "email": email, "name": ""}).content.decode(), "not looked up"
    assert {BY_HAND in client.post(page, missed).content.decode() for _tried in range(20)} == {True}
    kept = AuditRow.objects.filter(verb="representative.attempt", actor_id=str(lena.pk))
    assert (kept.count(), "none@" in str(list(kept.values()))) == (20, False)
    for email in ("none@tests.example", ana.email):
        answer = client.post(page, {**SENT, "email": email})
        assert (answer.status_code, "Too many addresses were tried." in answer.content.decode()) == (422, True)
    assert kept.count() == 20
    assert client.post(page, {**SENT, "email": ""}).status_code == 303
    assert not actions.has_tried_too_often(lena, at=NOW + timedelta(hours=1), of="representative.attempt")
    assert not actions.has_tried_too_often(lena, at=NOW), "the emergency is counted by itself"


def test_where_no_family_has_an_account_none_is_asked_for(world: World, lena: Person) -> None:
    luz, client = child(world), Client()
    client.force_login(lena)
    page = f"/members/{luz.public_id}/family/"
    assert ADDRESS not in client.get(page).content.decode()
    ines = world.person("Ines Mora", "member")
    access.give_role(
        person=ines, organisation=world.organisation("Hillside"), role="supervisor", since=SINCE, by=MAKER, at=NOW
    )
    assert ADDRESS not in client.get(page).content.decode(), "who works here is no family"
    assert client.post(page, {**SENT, "email": ""}).status_code == 303
    world.person("Ana Delgado", "member")
    assert ADDRESS in client.get(page).content.decode()


def test_long_lists_come_in_pages(world: World, lena: Person) -> None:
    """Thirty that speak for them, and thirty that see the record, are two pages each, turned by themselves."""
    luz, client = child(world, OF_AGE), Client()
    client.force_login(lena)
    page = f"/members/{luz.public_id}/family/"
    for at in range(30):
        named(luz, lena, name=f"Nora No{at:02}", since=SINCE + timedelta(days=at))
        world.relate(luz, world.person(f"Fay No{at:02}", "member"), reason="family")
    for asked, first, second in (("", 25, 25), ("?page=2", 5, 25), ("?near=2", 25, 5), ("?page=2&near=2", 5, 5)):
        shown = client.get(f"{page}{asked}").content.decode()
        assert (shown.count('-why" '), shown.count("Close it to them")) == (first, second), asked
    with wall.opened("tests"):
        oldest = Representative.objects.order_by("since").first()
    on_the_second = client.post(f"{page}?page=2", {"what": "end", "which": str(oldest.pk), f"{oldest.pk}-why": ""})
    assert (on_the_second.status_code, "This field is required." in on_the_second.content.decode()) == (422, True)
    assert client.post(page, {"what": "end", "which": "nonsense", "why": "No."}).status_code == 404
    assert (
        client.post(f"{page}?page=2", {"what": "end", "which": str(oldest.pk), f"{oldest.pk}-why": "Hers."}).status_code
        == 303
    )

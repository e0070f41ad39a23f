"""Ten thousand rows where nobody expects them: the page stays a page, says that there is more, and leads to it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import NOW, SINCE, World
from wholeperson.access.models import Person
from wholeperson.casework.eligibility.models import Overlay
from wholeperson.casework.members.models import FormerName, LanguageNeeds, Member, Renaming, Representative
from wholeperson.handbook.shelf.models import Piece, Wording
from wholeperson.record.models import Document

pytestmark = pytest.mark.django_db
MANY, LARGEST = 10_000, 100_000  # rows, bytes
LONG_AGO = date(1990, 1, 1)


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


@pytest.fixture
def rosa(world: World, lena: Person) -> Member:
    made = world.member()
    world.relate(made, "Bayside", scope="sensitive")
    told = {"member": made, "person": lena, "kept_at": NOW}
    Renaming.objects.bulk_create(
        Renaming(
            kind="legal", given_name="Rosa", family_name=f"Vega{at}", was_given_name="Rosa",
            was_family_name=f"Vega{at - 1}", since=LONG_AGO + timedelta(days=at), **told,
        ) for at in range(MANY)
    )  # fmt: skip
    FormerName.objects.bulk_create(FormerName(given_name="Rosa", family_name=f"Luna{at}", **told) for at in range(MANY))
    Representative.objects.bulk_create(
        Representative(name=f"Ana{at}", document="conservatorship", power="decide", since=SINCE, **told)
        for at in range(MANY)
    )  # fmt: skip
    LanguageNeeds.objects.bulk_create(LanguageNeeds(spoken="es", written="es", **told) for _ in range(MANY))
    Document.objects.bulk_create(
        Document(
            address=f"{at:064x}", kind="application/pdf", size=10, name=f"Paper {at}", made_at=NOW + timedelta(0, at),
            subject_id=made.pk, scope="care",
        ) for at in range(MANY)
    )  # fmt: skip
    return made


def opened(person: Person, address: str) -> str:
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content
    assert len(page) < LARGEST, f"{address}: {len(page)} bytes"
    assert len(asked) <= 25
    return page.decode()


def test_a_person_of_whom_everything_was_told_ten_thousand_times(rosa: Member, lena: Person) -> None:
    record = f"/members/{rosa.public_id}/"
    assert "Every name that is known" in opened(lena, record)
    assert "Vega9999" in opened(lena, f"{record}name/")
    family = opened(lena, f"{record}family/")
    assert "Page 1 of 400" in family
    assert family.count(">Paper ") == 50
    assert "Paper 9999" in family, "the newest papers"
    assert "The newest fifty can be chosen." in family
    needs = opened(lena, f"{record}needs/")
    assert "Luna9999" in needs
    assert "These are the latest." in needs
    assert "Luna0<" in opened(lena, f"{record}needs/?names=400")
    assert "And others: see the page below." in opened(lena, f"{record}reach/")


def test_a_name_on_the_last_page_can_be_struck_out(rosa: Member, lena: Person) -> None:
    last, client = FormerName.objects.get(family_name="Luna0"), Client()
    client.force_login(lena)
    address = f"/members/{rosa.public_id}/needs/"
    assert client.post(address, {"what": "strike", "name": str(last.pk)}).status_code == 303
    assert client.post(address, {"what": "strike", "name": str(last.pk)}).status_code == 404
    assert client.post(address, {"what": "strike", "name": "no key"}).status_code == 404


def test_a_shelf_of_which_all_should_be_looked_at_again(world: World) -> None:
    carla = world.person("Carla Nunez", "content_editor", at="House")
    made = Piece.objects.bulk_create(
        Piece(
            kind="bulletin", key=f"28-{at}", dated=LONG_AGO, written_by=carla, status="published",
            due_at=NOW - timedelta(days=at + 1), review_by=LONG_AGO,
        ) for at in range(MANY)
    )  # fmt: skip
    Wording.objects.bulk_create(Wording(piece=one, language="en", title=f"Number {one.key}.") for one in made)
    page = opened(carla, "/shelf/")
    assert '<a class="usa-link" href="/desk/work/?kind=piece">9990 more stand in your work</a>' in page
    assert "Number 28-9999." in page, "what is late longest stands first"


def test_overlays_are_listed_without_what_they_say(world: World) -> None:
    house = world.organisation("House", "community_organisation")
    type(house).objects.filter(pk=house.pk).update(is_house=True)
    ada, aiko = (world.person(name, "administrator", at="House") for name in ("Ada Okafor", "Aiko Mori"))
    Overlay.objects.bulk_create(
        Overlay(
            plan="health_net", text="name: x", version=f"{at:064x}", effective_on=LONG_AGO, uploader=ada, approver=aiko,
            made_at=NOW, approved_at=NOW, status="approved",
        ) for at in range(MANY)
    )  # fmt: skip
    client = Client()
    client.force_login(ada)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/policy/overlays/").content.decode()
    assert "Page 1 of 400" in page
    assert not [one for one in asked if '"eligibility_overlay"."text"' in one["sql"]]

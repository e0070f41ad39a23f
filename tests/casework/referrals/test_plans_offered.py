"""Which plans the form offers: those of this house by their own names; no real one in an invented county."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def poppy(world: World) -> None:
    made = access.add_organisation(name="Golden Poppy", kind="plan", by=MAKER, at=NOW)
    access.add_identifier(of=made, system="plan", value="contra_costa_health_plan", by=MAKER, at=NOW)


def test_the_demo_offers_its_own_plans_alone(client: Client) -> None:
    page = client.get("/refer/").content.decode()
    assert '<option value="contra_costa_health_plan">Golden Poppy</option>' in page
    assert "Contra Costa Health Plan" not in page
    assert "Health Net" not in page
    assert "Another plan" in page


def test_elsewhere_the_others_are_offered_too(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    page = client.get("/refer/").content.decode()
    assert '<option value="contra_costa_health_plan">Golden Poppy</option>' in page
    assert '<option value="health_net">Health Net</option>' in page

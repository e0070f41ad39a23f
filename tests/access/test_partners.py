"""Sign-in with the account of one's organisation: invited people only, and a partner speaks for its own addresses."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client

from tests.access.provider import CLIENT, Provider, running
from tests.people import World
from wholeperson.access.models import Person
from wholeperson.site import environment


@pytest.fixture
def partner(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Bayside's own sign-in, which speaks for tests.example."""
    with running() as provider:
        told = {
            "id": "bayside", "name": "Bayside Care", "issuer": provider.address, "client_id": CLIENT,
            "client_secret": "kept-between-us", "domains": ["Tests.example"],
        }  # fmt: skip
        monkeypatch.setenv("WHOLEPERSON_OIDC", json.dumps([told]))
        settings.SOCIALACCOUNT_PROVIDERS = environment.partners("WHOLEPERSON_OIDC")
        yield provider


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def come_back(client: Client, provider: Provider, **claims: object) -> HttpResponse:
    """Go to the partner's page and come back as whoever it says."""
    provider.says = {"sub": "u-1", "email_verified": True, **claims}
    away = urlsplit(client.get("/account/oidc/bayside/login/")["Location"])
    assert away.netloc == urlsplit(provider.address).netloc
    asked = parse_qs(away.query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/account/oidc/bayside/login/callback/", {"code": "c-1", "state": asked["state"][0]})


def test_the_sign_in_page_offers_it(client: Client, partner: Provider, db: None) -> None:
    page = client.get("/account/login/").content.decode()
    assert "Or with the account of your organization" in page
    assert 'href="/account/oidc/bayside/login/' in page


def test_somebody_invited_comes_in_and_still_needs_a_second_step(
    client: Client, partner: Provider, lena: Person
) -> None:
    assert come_back(client, partner, email=lena.email)["Location"] == "/desk/"
    assert client.get("/desk/")["Location"] == "/account/security/"
    assert "client_secret=kept-between-us" in partner.asked


def test_where_the_partner_asked_for_a_second_step_we_do_not_ask_again(
    client: Client, partner: Provider, lena: Person
) -> None:
    come_back(client, partner, email=lena.email, amr=["pwd", "mfa"])
    assert client.get("/desk/").status_code == 200
    again = Client()
    come_back(again, partner, email=lena.email, amr=["pwd"])
    assert again.get("/desk/")["Location"] == "/account/security/"


def test_whom_nobody_invited_gets_no_account(client: Client, partner: Provider, lena: Person) -> None:
    answer = come_back(client, partner, email="stranger@tests.example")
    assert "You need an invitation" in answer.content.decode()
    assert Person.objects.count() == 1


def test_a_partner_cannot_speak_for_addresses_that_are_not_its_own(
    client: Client, partner: Provider, world: World
) -> None:
    other = world.person("Omar Haddad", "administrator", at="Hillside")
    Person.objects.filter(pk=other.pk).update(email="omar@hillside.example")
    answer = come_back(client, partner, email="omar@hillside.example")
    assert "You need an invitation" in answer.content.decode()
    assert client.get("/desk/")["Location"] == "/account/login/?next=/desk/"


def test_without_partners_nothing_is_offered(client: Client, db: None) -> None:
    assert b"account of your organization" not in client.get("/account/login/").content
    assert client.get("/account/oidc/bayside/login/").status_code == 404


@pytest.mark.parametrize("told", ["{", '[{"id": "x"}]', '["x"]'])
def test_a_setting_that_cannot_be_read_does_not_start(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOLEPERSON_OIDC", told)
    with pytest.raises(ImproperlyConfigured, match="it is a JSON list like"):
        environment.partners("WHOLEPERSON_OIDC")

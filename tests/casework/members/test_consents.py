"""A consent opens reasons, taking it back closes them from that moment on, and drug treatment has one of its own."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import Consent, Member, Relationship
from wholeperson.casework.members.views import consents
from wholeperson.record.models import AuditRow, Step
from wholeperson.record.refusals import NotAllowed, Unlawful
from wholeperson.rules.problems import Refused


def agreed(member: Member, world: World, *to: str, **other: object) -> Consent:
    said = {"form": "ascmi_ab133", "categories": ["physical_health"], "since": date(2026, 3, 1), **other}
    return actions.give_consent(
        member, version="2024-06", method="paper", recipients=[world.organisation(one) for one in to], by=MAKER, at=NOW,
        **said,
    )  # fmt: skip


def test_a_consent_lets_its_recipients_see_and_nobody_else(world: World) -> None:
    rosa = world.member()
    consent = agreed(rosa, world, "Bayside", "Hillside")
    seers = [world.person(f"Lena {place}", "lead_care_manager", at=place) for place in ("Bayside", "Hillside", "Far")]
    assert [queries.members_for(one).exists() for one in seers] == [True, True, False]
    row = Relationship.objects.filter(organisation=world.organisation("Bayside")).get()
    assert (row.reason, row.scope, row.about_kind, row.about_id) == ("consent", "care", "consent", consent.pk)


@pytest.mark.parametrize(
    ("form", "categories", "scope"),
    [
        ("ascmi_ab133", [], "minimal"),
        ("ascmi_ab133", ["physical_health"], "care"),
        ("ascmi", ["physical_health", "justice"], "sensitive"),
        ("part2", ["substance_use"], "part2"),
    ],
)
def test_the_categories_say_how_deep(world: World, form: str, categories: list[str], scope: str) -> None:
    assert agreed(world.member(), world, form=form, categories=categories).scope == scope


@pytest.mark.parametrize(
    ("form", "categories"),
    [
        ("ascmi_ab133", ["substance_use"]),
        ("ascmi", ["physical_health", "substance_use"]),
        ("part2", ["physical_health"]),
        ("part2", ["substance_use", "mental_health"]),
        ("part2", []),
    ],
)
def test_drug_treatment_is_never_mixed_with_the_rest(world: World, form: str, categories: list[str]) -> None:
    with pytest.raises(Refused, match="has a consent of its own"):
        agreed(world.member(), world, "Bayside", form=form, categories=categories)
    assert not Consent.objects.exists()
    assert not Relationship.objects.exists()


def test_a_no_to_all_of_it_is_kept_and_lets_nobody_see(world: World) -> None:
    agreed(world.member(), world, categories=[])
    assert Consent.objects.count() == 1
    assert not Relationship.objects.exists()


def test_taken_back_it_ends_at_that_moment_and_what_was_stays(world: World) -> None:
    rosa = world.member()
    consent = agreed(rosa, world, "Bayside")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    assert actions.look_at(rosa, by=lena, at=NOW)
    rosa_herself = world.person("Rosa Delgado", "member")
    assert actions.revoke_consent(consent, by=rosa_herself, at=NOW) == 1
    before = stand(lena, on=TODAY, at=NOW - timedelta(seconds=1))
    assert queries.members_for(before).exists()
    assert not queries.members_for(stand(lena, on=TODAY, at=NOW)).exists()
    assert AuditRow.objects.filter(did="read", subject_id=rosa.pk).count() == 1
    assert (consent.status, consent.revoked_at) == ("revoked", NOW)


def test_other_reasons_go_on(world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope="care")
    actions.revoke_consent(agreed(rosa, world, "Bayside"), by=world.person("Rosa D", "member"), at=NOW)
    assert queries.members_for(world.person("Lena Ortiz", "lead_care_manager", at="Bayside")).exists()


def test_it_is_taken_back_once(world: World) -> None:
    consent, rosa = agreed(world.member(), world, "Bayside"), world.person("Rosa D", "member")
    actions.revoke_consent(consent, by=rosa, at=NOW)
    with pytest.raises(Unlawful):
        actions.revoke_consent(consent, by=rosa, at=NOW)
    assert Step.objects.filter(verb="revoke").count() == 1


def test_who_may_not_is_refused(world: World) -> None:
    consent = agreed(world.member(), world, "Bayside")
    with pytest.raises(NotAllowed):
        actions.revoke_consent(consent, by=world.person("Bill C", "provider_biller", at="Bayside"), at=NOW)
    assert Relationship.objects.get().ends_at is None


def test_the_same_reason_is_open_once(world: World) -> None:
    rosa = world.member()
    assert world.relate(rosa, "Bayside") == world.relate(rosa, "Bayside")
    assert Relationship.objects.count() == 1
    world.relate(rosa, "Bayside", scope="sensitive")
    assert Relationship.objects.count() == 2


def test_many_consents_and_many_who_see_a_record_come_in_pages(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two to a page here: of three consents and of those whom they reach none is lost."""
    monkeypatch.setattr(consents, "ON_A_PAGE", 2)
    monkeypatch.setattr(consents, "SEEN_ON_A_PAGE", 2)
    rosa = world.member()
    own = world.person("Rosa Delgado", "member")
    world.relate(rosa, own, scope="part2", reason="self")
    for name in ("One", "Two", "Three"):
        agreed(rosa, world, name)
    client.force_login(own)
    address = f"/members/{rosa.public_id}/consents/"
    cards = [client.get(f"{address}?page={number}").content.decode().count("wp-card") for number in (1, 2)]
    assert cards[0] == 2 * cards[1] > 0
    pages = "".join(client.get(f"{address}?seen={number}").content.decode() for number in (1, 2))
    assert all(f">{name}</th>" in pages for name in ("One", "Two", "Three"))

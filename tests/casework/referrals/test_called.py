"""Whom a referral does not reach here is called: nothing waits for an answer that nobody there could give."""

from datetime import timedelta

from tests.casework.providers.streets import service
from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW, TODAY
from wholeperson.access.models import Membership, Organisation
from wholeperson.access.queries import stand
from wholeperson.casework.providers.models import Site
from wholeperson.casework.referrals import actions, reached
from wholeperson.casework.referrals.models import Sending


def there(town: Town, name: str) -> Organisation:
    return town.world.organisation(name, "community_supports_provider")


def test_who_reads_a_verified_mailbox_or_answers_signed_in_is_reached(town: Town) -> None:
    """Not by a mailbox that nobody verified, not by an account that may not answer, and not by one that ended."""
    verified, unverified, biller, gone, soon = (there(town, name) for name in ("A", "B", "C", "D", "E"))
    actions.keep_mailbox(verified, "intake@a.example", verified=True, by=MAKER, at=NOW)
    actions.keep_mailbox(unverified, "intake@b.example", verified=False, by=MAKER, at=NOW)
    town.world.person("Bill Ng", "provider_biller", at=biller.name)
    for organisation, days in ((gone, -1), (soon, 0)):
        person = town.world.person(f"Tom {organisation.name}", "provider_intake", at=organisation.name)
        Membership.objects.filter(person=person).update(until=TODAY + timedelta(days=days))
    everybody = [town.bayside, verified, unverified, biller, gone, soon]
    assert reached.here(everybody, stand(town.paula, on=TODAY, at=NOW)) == {town.bayside.pk, verified.pk, soon.pk}


def test_it_goes_elsewhere_and_what_they_say_is_written_down(town: Town) -> None:
    harbor, paula = there(town, "Harbor Shelter"), town.browser(town.paula)
    Site.objects.create(
        organisation=harbor, name="Harbor", county="contra_costa", phone="925-555-0177",
    )  # fmt: skip
    referral = town.one(town.asked())
    actions.screen(referral, by=town.paula, at=NOW)
    page = f"/referrals/{referral.public_id}/"
    choice = paula.get(f"{page}steps/send/?find=Harbor").content.decode()
    assert "Has no mailbox and no account here: you call them" in choice
    assert "you call them" not in paula.get(f"{page}steps/send/?find=Bayside").content.decode()
    sent = paula.post(f"{page}steps/send/", {"organisation": harbor.public_id}, follow=True).content.decode()
    assert "Harbor Shelter has no verified mailbox here" in sent
    assert "Call them: 925-555-0177." in sent
    referral = town.again(referral)
    assert (referral.status, referral.elsewhere, kept(Sending)) == ("elsewhere", "Harbor Shelter", [])
    assert f"{page}steps/hear/" in sent, "what they told can be written down"
    assert f"{page}sheet/" in sent


def test_who_said_no_by_telephone_is_not_offered_again(town: Town) -> None:
    """The first one, and the second after it."""
    referral, paula = town.one(town.asked()), town.browser(town.paula)
    actions.screen(referral, by=town.paula, at=NOW)
    page = f"/referrals/{referral.public_id}/steps/"
    houses = [service(town.world, name, referral.programme, plan=town.plan, free=2) for name in ("Harbor", "Pier")]
    for number, house in enumerate(houses):
        offered = paula.get(f"{page}send/").content.decode()
        assert [one.organisation.public_id in offered for one in houses] == [number == 0, True]
        paula.post(f"{page}send/", {"organisation": house.organisation.public_id})
        actions.hear_from_elsewhere(
            town.again(referral), answer="refused", on=TODAY, way="telephone", told_by="Ana Vega", key=f"no {number}",
            by=town.paula, at=NOW,
        )  # fmt: skip
    offered = paula.get(f"{page}send/").content.decode()
    assert not [one for one in houses if one.organisation.public_id in offered]


def test_who_is_reached_is_sent_to_as_before(town: Town) -> None:
    referral, paula = town.one(town.asked()), town.browser(town.paula)
    actions.screen(referral, by=town.paula, at=NOW)
    page = f"/referrals/{referral.public_id}/steps/send/"
    assert paula.post(page, {"organisation": town.bayside.public_id}).status_code == 303
    assert town.again(referral).status == "sent"

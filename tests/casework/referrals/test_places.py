"""A place goes with a referral: held when it is sent, taken when it is accepted, free again when it comes back."""

from datetime import timedelta

from tests.casework.providers.streets import KEEPER, service
from tests.casework.referrals.conftest import Town, kept
from tests.people import NOW
from wholeperson.casework.providers.actions import Said, say_room
from wholeperson.casework.providers.models import Capacity, Hold, Service
from wholeperson.casework.providers.roominess import room_of, whole
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.holders import LinkHolder

BED = "cs.recuperative_care"


def free(one: Service, after: timedelta = timedelta(minutes=5)) -> int | None:
    found: int | None = room_of(whole(Service.objects.filter(pk=one.pk), at=NOW + after).get(), at=NOW + after).free
    return found


def test_the_last_bed_is_held_for_who_was_sent_first(town: Town) -> None:
    beds = service(town.world, "Bayside", BED, free=1)
    referral, _first = town.sent(town.asked(BED))
    assert free(beds) == 0
    assert "A place is held until" in town.browser(town.paula).get(f"/referrals/{referral.public_id}/").content.decode()
    other = town.world.member("Jimmy")
    town.sent(town.asked(BED, member=other, given_name="Jimmy", key="two"))
    (held,) = Hold.objects.all()
    assert held.due_at == NOW + timedelta(hours=2), "the second goes without, and waits for an answer all the same"
    assert free(beds, timedelta(hours=2)) == 1


def test_whoever_accepts_by_link_takes_it(town: Town) -> None:
    beds = service(town.world, "Bayside", BED, free=2)
    _referral, sending = town.sent(town.asked(BED))
    actions.accept(sending, by=LinkHolder(sending, "Tom Ng"), name="Tom Ng", at=NOW)
    assert (free(beds), Capacity.objects.get().number, Hold.objects.get().status) == (1, 1, "taken")


def test_declined_or_recalled_it_is_free_at_once(town: Town) -> None:
    beds = service(town.world, "Bayside", BED, free=1)
    referral, sending = town.sent(town.asked(BED))
    actions.decline(sending, by=town.ines, name="Ines Tran", reason="no_room", at=NOW)
    assert free(beds) == 1
    referral = town.again(referral)
    actions.send(referral, town.bayside, by=town.paula, at=NOW, address=str)
    assert free(beds) == 0
    actions.recall(town.again(referral), by=town.paula, at=NOW)
    assert free(beds) == 1


def test_where_nobody_counts_it_goes_without(town: Town) -> None:
    beds = service(town.world, "Bayside", BED)
    say_room(beds, [Said("waiting", 4)], by=KEEPER, at=NOW)
    _referral, sending = town.sent(town.asked(BED))
    assert not Hold.objects.exists()
    actions.accept(sending, by=town.ines, name="Ines Tran", at=NOW)
    assert kept(Hold) == []

"""Who is told of a request is told their part: by a link what matters for this help, on a sheet its own number."""

import json
import re

from django.test import Client

from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW, TODAY
from wholeperson.casework.referrals import actions, programmes, sheet
from wholeperson.casework.referrals.holders import AskerAgain
from wholeperson.record.models import Outgoing

MEALS = "cs.mtm_msf"


def by_link(town: Town, at: str = "/r/") -> str:
    """What whoever opens the link sees, with the code that was sent to the mailbox."""
    holder = Client()
    (link,) = [found for one in kept(Outgoing) for found in re.findall(r"/r/[\w-]+/", json.loads(one.content)["body"])]
    holder.get(link)
    holder.post("/r/code/")
    code = re.search(r"\d{6}", json.loads(kept(Outgoing)[-1].content)["body"])
    assert code
    assert holder.post("/r/", {"code": code[0]}).status_code == 303
    return holder.get(at).content.decode()


def sent(town: Town, asking: object) -> None:
    actions.keep_mailbox(town.bayside, "intake@bayside.example", verified=True, by=MAKER, at=NOW)
    referral = town.one(asking)
    actions.screen(referral, by=town.paula, at=NOW)
    actions.send(
        referral, town.bayside, by=town.paula, at=NOW, address=lambda token: f"https://demo.example/r/{token}/"
    )  # fmt: skip


def test_by_link_stands_what_matters_for_this_help(town: Town) -> None:
    """One form asks for several kinds: whether somebody has asthma is nothing to who brings meals."""
    facts = {"sole_purpose_food_insecurity": False, "asthma_poor_control": True}
    sent(town, town.asked(MEALS, facts=facts, comment="She eats little."))
    page, words = by_link(town), programmes.words()
    assert "She eats little." in page
    assert words.ask("sole_purpose_food_insecurity") in page
    assert words.ask("asthma_poor_control") not in page


def test_who_took_their_asking_back_is_not_shown_by_link(town: Town) -> None:
    rosa = town.world.member()
    first, gone = town.asked(MEALS, member=rosa), town.asked(MEALS, member=rosa, key="gone", comment="I ask no more.")
    actions.withdraw(town.one(gone), by=AskerAgain(gone), at=NOW)
    sent(town, first)
    assert "I ask no more." not in by_link(town)


def test_of_many_who_ask_there_are_pages(town: Town) -> None:
    rosa = town.world.member()
    first = town.asked(MEALS, member=rosa)
    for number in range(25):
        town.asked(MEALS, member=rosa, key=f"many {number}")
    sent(town, first)
    assert "Page 1 of 2" in by_link(town)
    assert by_link(town, "/r/?page=2").count("wp-told") == 1


def test_the_sheet_has_the_requests_own_number(town: Town) -> None:
    """Not that of who asked: whoever has it and the birth date, which stands on the sheet, reads how it goes."""
    asking = town.asked(MEALS)
    referral = town.one(asking)
    told = sheet.values(referral, town.paula, today=TODAY)
    assert told["request_number"] == referral.public_id
    page = town.browser(town.paula).get(f"/referrals/{referral.public_id}/sheet/").content.decode()
    assert referral.public_id in page
    assert asking.public_id not in page

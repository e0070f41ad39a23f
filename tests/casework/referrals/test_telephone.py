"""The telephone: what is asked for on it, and the call that nobody could take, until it is done."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW, SINCE
from wholeperson.access import actions as access
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.models import Asking, Callback, Referral
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

TOLD = {
    "key": "a-key-of-one-form", "standing": "family", "name": "Ana Vega", "given_name": "Marisol",
    "family_name": "Vega", "birth_date": "1991-05-04", "county": "contra_costa", "spoken": "es",
    "phone": "925-555-0142",
    "safe_to_contact": "ask_first", "programmes": ["cs.mtm_msf"], "urgency": "standard", "comment": "She cannot cook.",
}  # fmt: skip
MISSED = {"key": "k", "phone": "925-555-0161", "name": "Ana Vega", "language": "es", "best_time": "morning", "said": ""}


@pytest.fixture
def paula(town: Town) -> Client:
    return town.browser(town.paula)


def missed(town: Town, message: str = "no") -> Callback:
    call = actions.Missed("925-555-0161", "Ana Vega", "morning", "es", message)
    return actions.keep_missed(call, organisation=town.plan, key="k", by=town.paula, at=NOW)


def test_a_call_ends_in_a_request_and_its_number_read_aloud(town: Town, paula: Client) -> None:
    script = paula.get("/calls/take/?in=es").content.decode()
    assert 'lang="es">¿Qué ayudaría? Cuénteme qué pasó.' in script
    assert "What kind of help?" in script, "beside it, what whoever answers writes down"
    assert paula.post("/calls/take/?in=es", TOLD)["Location"] == "/calls/taken/"
    (asking,), (referral,) = kept(Asking), kept(Referral)
    assert (asking.channel, asking.standing, asking.name, asking.person, asking.language) == (
        "telephone", "family", "Ana Vega", None, "es"
    )  # fmt: skip
    assert (referral.status, referral.handled_by) == ("received", town.plan)
    page = paula.get("/calls/taken/").content.decode()
    number = asking.public_id.removeprefix("ask-")
    assert re.findall(r"<span>([a-z0-9 ]+)</span>", page)[:4] == [
        "ask", *(" ".join(piece) for piece in (number[:3], number[3:6], number[6:]))
    ]  # fmt: skip
    assert paula.post("/calls/take/?in=es", TOLD).status_code == 303
    assert len(kept(Asking)) == 1, "the same form twice is one request"


def test_what_was_written_down_is_for_that_browser_alone(town: Town, paula: Client) -> None:
    paula.post("/calls/take/", TOLD)
    sam = town.browser(town.world.person("Sam Ruiz", "plan_intake", at=town.plan.name))
    assert sam.get("/calls/taken/").status_code == 404


def test_a_missed_call_waits_on_the_desk_until_the_end_of_the_next_working_day(town: Town, paula: Client) -> None:
    assert paula.post("/calls/missed/", MISSED | {"message": "no"}).status_code == 303
    (call,) = Callback.objects.all()
    here = ZoneInfo("America/Los_Angeles")
    # the day of the tests is a Saturday
    assert call.due_at == datetime(2026, 11, 23, 23, 59, 59, tzinfo=here)
    assert "Ana Vega" in paula.get("/desk/work/?kind=callback").content.decode()
    assert "Ana Vega" not in town.browser(town.ines).get("/desk/work/?kind=callback").content.decode()
    assert "925-555-0161" in paula.get(f"/calls/{call.public_id}/").content.decode()


def test_where_it_is_not_safe_nothing_is_left_on_a_machine(town: Town, paula: Client) -> None:
    call = missed(town)
    page = paula.get(f"/calls/{call.public_id}/").content.decode()
    assert "Leave no message" in page
    assert "message_left" not in page
    assert paula.post(f"/calls/{call.public_id}/", {"outcome": "message_left"}).status_code == 422
    with pytest.raises(Refused, match="may be left"):
        actions.call_back(call, "message_left", by=town.paula, at=NOW)
    assert Callback.objects.get().tries == 0


def test_it_is_tried_again_then_asked_and_done(town: Town, paula: Client) -> None:
    call = missed(town, "yes")
    here = f"/calls/{call.public_id}/"
    paula.post(here, {"outcome": "message_left"})
    again = Callback.objects.get()
    assert (again.status, again.tries, again.outcome) == ("waiting", 1, "message_left")
    script = paula.get(f"/calls/take/?back={call.public_id}").content.decode()
    assert 'value="925-555-0161"' in script
    assert "¿Cuál es su nombre?" in script, "in the language of whoever called"
    for _twice in range(2):
        assert paula.post(f"/calls/take/?in=es&back={call.public_id}", TOLD).status_code == 303
    done = Callback.objects.get()
    assert (done.status, done.asking, len(kept(Asking))) == ("asked", kept(Asking)[0], 1)
    assert paula.post(here, {"outcome": "answered"}).status_code == 303
    assert Callback.objects.get().status == "asked", "somebody was faster"


def test_one_try_is_counted_once(town: Town, paula: Client) -> None:
    call = missed(town)
    for key in ("one", "one", "two"):
        answer = paula.post(f"/calls/{call.public_id}/", {"outcome": "no_answer", "key": key})
        assert answer.status_code == 303
    assert Callback.objects.get().tries == 2, "a double click is one try"
    with pytest.raises(Refused, match="no call ends in 'sang'"):
        actions.call_back(call, "sang", by=town.paula, at=NOW)


def test_the_number_of_whoever_called_is_not_the_members(town: Town, paula: Client) -> None:
    call = missed(town, "no")
    script = paula.get(f"/calls/take/?back={call.public_id}").content.decode()
    (own,) = re.findall(r'<input[^>]* name="own_phone"[^>]*>', script)
    (members,) = re.findall(r'<input[^>]* name="phone"[^>]*>', script)
    assert ('value="925-555-0161"' in own, "value" in members) == (True, False)
    (safe,) = re.findall(r'<input[^>]* name="safe_to_contact"[^>]* checked[^>]*>', script)
    assert 'value="ask_first"' in safe, "where no message may be left, one thinks first"


def test_a_long_list_of_calls_has_pages(town: Town, paula: Client) -> None:
    Callback.objects.bulk_create(
        Callback(
            organisation=town.plan, phone="925-555-0161", called_at=NOW, due_at=NOW, kept_by=town.paula, key=str(one)
        )
        for one in range(26)
    )
    pages = [paula.get(f"/calls/?page={number}").content.decode() for number in (1, 2)]
    assert [page.count('href="/calls/cal-') for page in pages] == [25, 1]
    assert "Page 2 of 2" in pages[1]


def test_what_was_typed_is_given_back_to_the_same_call_only(town: Town, paula: Client) -> None:
    """A locked screen keeps it; what one caller told is not given back for another."""
    call = missed(town)
    here = f"/calls/take/?back={call.public_id}"
    script = paula.get(here).content.decode()
    assert "<span data-draft hidden>" in script, "the page locks with what is in it"
    (asked,) = re.findall(r'name="draft_asked" value="([^"]+)"', script)
    access.keep_draft(town.paula, "/calls/take/", {"given_name": ["Marisol"], "draft_asked": [asked]}, at=NOW)
    again = paula.get(here).content.decode()
    assert ('value="Marisol"' in again, "We kept what you had typed." in again) == (True, True)
    assert "Marisol" not in paula.get("/calls/take/").content.decode()


def test_each_call_begins_empty_but_for_its_own_words(town: Town, paula: Client) -> None:
    """A call that a locked screen cut off comes back at its own address, never in the script of the next caller."""
    first, second = (re.findall(r'"/calls/take/(\?call=[^"]+)"', paula.get("/calls/").content.decode()) for _ in "ab")
    assert (len(first), len(second), first == second) == (1, 1, False)
    here = f"/calls/take/{first[0]}"
    (asked,) = re.findall(r'name="draft_asked" value="([^"]+)"', paula.get(here).content.decode())
    access.keep_draft(town.paula, "/calls/take/", {"given_name": ["Marisol"], "draft_asked": [asked]}, at=NOW)
    assert "Marisol" not in paula.get(f"/calls/take/{second[0]}").content.decode()
    assert 'value="Marisol"' in paula.get(here).content.decode()


def test_whoever_answers_for_two_organizations_says_for_which(town: Town, paula: Client) -> None:
    adobe = town.world.organisation("Adobe Health Plan", "plan")
    access.give_role(person=town.paula, organisation=adobe, role="plan_intake", since=SINCE, by=MAKER, at=NOW)
    assert paula.post("/calls/missed/", MISSED | {"message": "no"}).status_code == 422
    meant = {"message": "no", "organisation": town.plan.public_id}
    assert paula.post("/calls/missed/", MISSED | meant).status_code == 303
    (call,) = Callback.objects.all()
    assert call.organisation == town.plan, "not the first by name"
    back = f"/calls/take/?in=es&back={call.public_id}"
    assert 'name="organisation"' in paula.get("/calls/take/").content.decode()
    assert 'name="organisation"' not in paula.get(back).content.decode(), "the missed call says whose it is"
    assert paula.post("/calls/take/", TOLD).status_code == 422
    assert paula.post(back, TOLD).status_code == 303
    assert kept(Asking)[0].organisation == town.plan


def test_nobody_calls_back_whom_another_organization_missed(town: Town) -> None:
    call = missed(town)
    with pytest.raises(NotAllowed):
        actions.call_back(call, "answered", by=town.ines, at=NOW)
    with pytest.raises(NotAllowed):
        actions.keep_missed(actions.Missed("925-555-0162"), organisation=town.plan, key="k", by=town.ines, at=NOW)

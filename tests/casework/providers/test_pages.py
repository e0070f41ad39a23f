"""The pages of an applicant: saved at each step, opened by a link, and of no use to whoever has none."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.casework.providers.conftest import Town
from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.casework.providers import asked
from wholeperson.casework.providers.models import Application, ApplicationLink, ApplicationPaper
from wholeperson.record.models import Document, Outgoing

BEGIN = "/become-a-provider/begin/"
MINE = "/become-a-provider/mine/"
SECRET = "s" * 32
PDF = b"%PDF-1.7\n1 0 obj\n"


def begin(client: Client, town: Town, **said: str) -> str:
    """Begin, and return the path of the private link."""
    told = {
        "plan": town.plan.public_id, "legal_name": "Good Soup Kitchen", "contact_name": "Gia Soto",
        "contact_email": "gia@soup.example", "website": "", "secret": SECRET, **said,
    }  # fmt: skip
    answer = client.post(BEGIN, told)
    assert answer.status_code == 200, answer.content.decode()
    return re.findall(r"(/become-a-provider/link/[\w-]{43}/)", answer.content.decode())[0]


def test_many_plans_are_asked_for_as_often_as_one(town: Town) -> None:
    first = Client().get("/become-a-provider/")
    for number in range(5):
        plan = town.world.organisation(f"Plan {number}", "plan")
        access.add_identifier(of=plan, system="plan", value=f"plan_{number}", by=MAKER, at=NOW)
    again = Client().get("/become-a-provider/")
    assert (first["Server-Timing"], first.status_code) == (again["Server-Timing"], again.status_code)


def fill(client: Client) -> None:
    for step, said in {
        "organization": {"legal_name": "Good Soup Kitchen", "kind": "community_supports_provider", "npi": "1234567893"},
        "services": {"supports": ["cs.mtm_msf"]},
        "places": {"counties": ["contra_costa"], "languages": ["es", "en"]},
        "room": {"cs.mtm_msf": "120"},
        "team": {"staff_dietitians": "1", "years": "12", "experience": "Meals for a clinic."},
    }.items():
        assert client.post(f"{MINE}{step}/", said).status_code == 303


def test_a_meal_company_begins_and_comes_back_by_its_link(client: Client, town: Town) -> None:
    link = begin(client, town)
    fill(client)
    later = Client()
    assert later.get(MINE).status_code == 404
    for _ in range(3):  # opening never uses it up
        assert later.get(link).headers["Location"] == MINE
    page = later.get(MINE).content.decode()
    assert "5 of 7 steps are filled in" in page
    assert later.post(f"{MINE}send/", {"verb": "send", "key": "k"}).status_code == 303
    application = Application.objects.get()
    assert (application.status, application.years, application.staff) == ("interest", 12, {"dietitians": 1})
    assert list(application.services.values_list("programme", "capacity")) == [("cs.mtm_msf", 120)]


def test_the_link_is_kept_as_a_fingerprint_alone_and_goes_out_by_mail(client: Client, town: Town) -> None:
    link = begin(client, town)
    token = link.split("/")[-2]
    kept = ApplicationLink.objects.get()
    assert token not in str(vars(kept))
    letter = Outgoing.objects.get()
    assert (letter.to, letter.status) == ("gia@soup.example", "waiting")
    assert link in letter.content
    assert "May 20, 2027" in letter.content


def test_the_same_form_twice_begins_one_application(client: Client, town: Town) -> None:
    assert begin(client, town) == begin(client, town)
    assert (Application.objects.count(), Outgoing.objects.count()) == (1, 1)


@pytest.mark.parametrize("token", ["none", "x" * 43, "../../etc/passwd".replace("/", "%2F"), "%00", "é" * 20])
def test_a_forged_link_is_not_there(client: Client, town: Town, token: str) -> None:
    begin(client, town)
    assert Client().get(f"/become-a-provider/link/{token}/").status_code == 404


def test_a_link_that_has_expired_says_so_and_how_to_get_another(client: Client, town: Town) -> None:
    link = begin(client, town)
    ApplicationLink.objects.update(expires_at=NOW)
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "/become-a-provider/link/" in answer.content.decode()
    assert client.get(MINE).status_code == 404


def test_nobody_learns_who_has_applied(client: Client, town: Town) -> None:
    """The answer for a mailbox with an application is the answer for one without."""
    begin(client, town)
    answers = [
        client.post("/become-a-provider/link/", {"email": email, "secret": "t" * 32}).content
        for email in ("gia@soup.example", "nobody@else.example")
    ]
    bare = [re.sub(rb'value="[A-Za-z0-9]{64}"', b"", one) for one in answers]
    assert bare[0] == bare[1]
    assert Outgoing.objects.count() == 2  # the first link and the new one
    assert Application.objects.count() == 1


def test_a_mailbox_is_not_flooded(client: Client, town: Town) -> None:
    said = {"email": "gia@soup.example", "secret": "u" * 32}
    codes = [client.post("/become-a-provider/link/", said).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]


def test_a_machine_that_fills_every_field_is_told_and_nothing_is_kept(client: Client, town: Town) -> None:
    told = {
        "plan": town.plan.public_id, "legal_name": "X", "contact_name": "Y", "contact_email": "x@y.example",
        "website": "http://spam.example", "secret": SECRET,
    }  # fmt: skip
    answer = client.post(BEGIN, told)
    assert answer.status_code == 422
    assert "Only machines fill it in" in answer.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("step", "said", "expected"),
    [
        ("organization", {"legal_name": "A", "kind": "clinic", "npi": "1234567890"}, "An NPI has ten digits"),
        ("organization", {"legal_name": "A", "kind": "clinic", "tin": "00-1234567"}, "A tax number has nine digits"),
        ("organization", {"legal_name": "A" * 1_000_000, "kind": "clinic"}, "at most 200 characters"),
        ("organization", {"legal_name": "A\0B", "kind": "clinic"}, "Null characters are not allowed"),
        ("organization", {"legal_name": "A", "kind": "plan"}, "Select a valid choice"),
        ("contact", {"contact_name": "A", "contact_phone": "call me"}, "A phone number has digits"),
        ("services", {}, "Choose at least one service"),
        ("services", {"supports": ["cs.free_cars"]}, "Select a valid choice"),
        ("places", {"counties": ["atlantis"]}, "Select a valid choice"),
        ("team", {"experience": "x" * 1_000_000}, "at most 4000 characters"),
        ("team", {"years": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_else_is_lost(
    client: Client, town: Town, step: str, said: dict[str, object], expected: str
) -> None:
    begin(client, town)
    fill(client)
    before = Application.objects.values().get()
    answer = client.post(f"{MINE}{step}/", said)
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert Application.objects.values().get() == before


def test_a_room_that_is_no_number_is_said(client: Client, town: Town) -> None:
    begin(client, town)
    fill(client)
    assert client.post(f"{MINE}room/", {"cs.mtm_msf": "many"}).status_code == 422


def hand_in(client: Client, name: str, content: bytes, item: str = "license") -> int:
    return client.post(f"{MINE}papers/", {"item": item, "file": SimpleUploadedFile(name, content)}).status_code


def test_papers_are_kept_once_and_can_be_taken_back(client: Client, town: Town) -> None:
    begin(client, town)
    assert [hand_in(client, "license.pdf", PDF) for _ in range(2)] == [303, 303]
    assert (ApplicationPaper.objects.count(), Document.objects.count()) == (1, 1)
    back = f"{MINE}papers/{Document.objects.get().public_id}/back/"
    assert [client.post(back).status_code for _ in range(2)] == [303, 404]
    assert b"license.pdf" not in client.get(f"{MINE}papers/").content


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("license.pdf", b"MZ\x90\x00 this runs", "no kind of file we keep"),
        ("page.pdf", b"<html><script>alert(1)</script>", "no kind of file we keep"),
        ("large.pdf", PDF + b"0" * (20 * 1024 * 1024), "larger than 20 MB"),
        ("empty.pdf", b"", "This file is empty"),
    ],
    ids=["a program", "a page", "too large", "empty"],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_others_stay(
    client: Client, town: Town, name: str, content: bytes, expected: str
) -> None:
    begin(client, town)
    hand_in(client, "license.pdf", PDF)
    said = {"item": "insurance", "file": SimpleUploadedFile(name, content)}
    answer = client.post(f"{MINE}papers/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert expected in page
    assert "license.pdf" in page
    assert ApplicationPaper.objects.count() == 1


def test_what_is_not_complete_is_said_where_it_is_sent(client: Client, town: Town) -> None:
    begin(client, town)
    answer = client.post(f"{MINE}send/", {"verb": "send", "key": "k"})
    assert answer.status_code == 422
    assert "at least one service" in answer.content.decode()


def test_sent_twice_it_is_sent_once(client: Client, town: Town) -> None:
    begin(client, town)
    fill(client)
    codes = [client.post(f"{MINE}send/", {"verb": "send", "key": "k"}).status_code for _ in range(3)]
    assert codes == [303, 303, 303]
    assert client.post(f"{MINE}send/", {"verb": "list"}).status_code == 404
    assert client.get(f"{MINE}services/").status_code == 303  # it is with the plan now


def test_a_shared_computer_forgets_it(client: Client, town: Town) -> None:
    begin(client, town)
    assert client.post("/become-a-provider/leave/").status_code == 303
    assert client.get(MINE).status_code == 404


def test_what_the_plan_writes_to_itself_the_applicant_never_sees(client: Client, town: Town) -> None:
    link = begin(client, town)
    fill(client)
    client.post(f"{MINE}send/", {"verb": "send", "key": "k"})
    application = Application.objects.get()
    nate = Client()
    nate.force_login(town.nate)
    assert nate.post(f"/applications/{application.public_id}/notes/", {"text": "Sounds odd."}).status_code == 303
    decide = f"/applications/{application.public_id}/steps/ask/"
    assert nate.post(decide, {"said": ""}).status_code == 422
    assert nate.post(decide, {"said": "Who is your dietitian?", "key": "q"}).status_code == 303
    client.get(link)
    page = client.get(MINE).content.decode()
    assert "Who is your dietitian?" in page
    assert "Sounds odd." not in page


def test_the_plan_opens_a_paper_as_a_file_and_nobody_else_does(client: Client, town: Town, world: World) -> None:
    begin(client, town)
    fill(client)
    hand_in(client, "license.pdf", PDF)
    client.post(f"{MINE}send/", {"verb": "send", "key": "k"})
    application, document = Application.objects.get(), Document.objects.get()
    address = f"/applications/{application.public_id}/papers/{document.public_id}/"
    nate = Client()
    nate.force_login(town.nate)
    answer = nate.get(address)
    assert (answer.content, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    stranger = Client()
    stranger.force_login(world.person("S T", "network_manager", at="Other House"))
    assert stranger.get(address).status_code == 404
    assert nate.get(f"/documents/{document.public_id}/").status_code == 404


def test_a_list_costs_the_same_however_long_it_is(client: Client, town: Town) -> None:
    client.force_login(town.nate)
    town.apply()
    client.get("/applications/")
    few = client.get("/applications/").headers["Server-Timing"]
    for number in range(30):
        town.apply(secret=f"{number:030}", legal_name=f"Kitchen {number}")
    page = client.get("/applications/?status=interest&service=cs.mtm_msf&text=Kitchen")
    assert "Page 1 of 2" in page.content.decode()
    assert "?status=interest&amp;service=cs.mtm_msf&amp;text=Kitchen&amp;page=2" in page.content.decode()
    assert client.get("/applications/").headers["Server-Timing"] == few


@pytest.mark.parametrize(
    "said", ["status=forged", "page=-3", "page=9999999999999999999", "text=" + "x" * 5000, "service=%00"]
)
def test_a_list_asked_for_in_a_wrong_way_is_still_a_list(client: Client, town: Town, said: str) -> None:
    client.force_login(town.nate)
    town.apply()
    assert client.get(f"/applications/?{said}").status_code == 200


@pytest.mark.parametrize("day", ["1066-10-14", "9999-01-01", "tomorrow", "2026-02-30"])
def test_a_contract_on_a_wrong_day_is_said(client: Client, town: Town, day: str) -> None:
    client.force_login(town.nate)
    application = town.apply(until="contract")
    answer = client.post(f"/applications/{application.public_id}/steps/sign/", {"said": day})
    assert answer.status_code == 422
    application.refresh_from_db()
    assert application.status == "contract"


def test_the_plan_ticks_what_it_has_looked_at(client: Client, town: Town) -> None:
    application = town.apply(until="vetting")
    client.force_login(town.nate)
    here = f"/applications/{application.public_id}/"
    early = client.post(f"{here}steps/clear/", {"key": "k"})
    assert (early.status_code, "Something has not been looked at yet" in early.content.decode()) == (422, True)
    everything = ["referrals", "experience", "claims", "license", "reporting", "history"]
    assert client.post(f"{here}looks/", {"items": ["forged"]}).status_code == 303
    assert client.post(f"{here}looks/", {"items": everything}).status_code == 303
    assert client.get(here).content.decode().count("Nate Kim, 11/21/2026") == 6
    assert client.post(f"{here}steps/clear/", {"key": "k"}).status_code == 303
    application.refresh_from_db()
    assert application.status == "contract"


def test_which_kinds_need_not_wait_follows_from_the_groups_that_were_chosen(client: Client, town: Town) -> None:
    """As the State's guide lists them: nobody for people leaving custody; practices for those who visit too often."""
    begin(client, town)
    fill(client)
    assert "Are you one of these?" not in client.get(f"{MINE}statements/").content.decode()
    client.post(f"{MINE}services/", {"ecm": ["pof_2a_adult_avoidable_use", "pof_4a_adult_ji"]})
    page = client.get(f"{MINE}statements/").content.decode()
    assert page.count('name="at_once"') == 1
    assert "A primary care practice or health center" in page
    assert client.post(f"{MINE}statements/", {"at_once": ["street_medicine"]}).status_code == 422
    assert client.post(f"{MINE}statements/", {"at_once": ["primary_care_practice"]}).status_code == 303
    assert Application.objects.get().at_once == ["primary_care_practice"]


def test_each_kind_that_need_not_wait_has_a_name() -> None:
    listed = asked.policy().programmes["ecm"].data["streamlined"]["provider_types"]
    assert {kind for kinds in listed.values() for kind in kinds} == set(asked.AT_ONCE)

"""Overlays: linted as `policy lint` does, read by a second person in words, holding from their day, and provable."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.commands.door import run
from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Identifier, Person
from wholeperson.casework.eligibility import actions, cases, policies
from wholeperson.casework.eligibility.models import Overlay
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import actions as referrals
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.handbook import reading
from wholeperson.handbook.search import actions as index
from wholeperson.record import policies as kept
from wholeperson.record.models import PolicyVersion
from wholeperson.record.refusals import NotAllowed, Unlawful
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.files import PACKAGED

PLAN = "contra_costa_health_plan"
TEXT = (PACKAGED / "plans" / f"{PLAN}.yaml").read_text("utf-8")
SOBERING = (
    "  - {programme: cs.sobering_center, counties: [contra_costa], offered: true, from: 2026-12-01, cites: [CCHP]}\n"
)
MORE = TEXT.replace("elections:\n", f"elections:\n{SOBERING}", 1)
DECEMBER = date(2026, 12, 1)


@pytest.fixture
def ada(world: World) -> Person:
    """The administrator of the plan; `aiko` is the second one."""
    plan = world.organisation("Contra Costa Health Plan", "plan")
    access.add_identifier(of=plan, system="plan", value=PLAN, by=MAKER, at=NOW)
    return world.person("Ada Okafor", "administrator", at="Contra Costa Health Plan")


@pytest.fixture
def aiko(ada: Person, world: World) -> Person:
    return world.person("Aiko Mori", "administrator", at="Contra Costa Health Plan")


def upload(by: Person, text: str = MORE, on: date = DECEMBER) -> Overlay:
    return actions.upload(PLAN, text, effective_on=on, by=by, at=NOW, today=TODAY)


def test_two_people_make_it_hold_from_its_day_on(ada: Person, aiko: Person) -> None:
    overlay = upload(ada)
    assert policies.in_force(DECEMBER) == ()
    actions.approve(overlay, by=aiko, at=NOW)
    assert policies.in_force(DECEMBER - timedelta(days=1)) == ()
    assert policies.in_force(DECEMBER) == ((PLAN, overlay.version),)
    before, after = (policies.policy_on(day).plans[PLAN]["elections"] for day in (TODAY, DECEMBER))
    assert [one["programme"] for one in after if one not in before] == ["cs.sobering_center"]


def test_whoever_uploads_it_never_approves_it(ada: Person) -> None:
    overlay = upload(ada)
    with pytest.raises(Refused, match="cannot approve"):
        actions.approve(overlay, by=ada, at=NOW)
    overlay.refresh_from_db()
    assert (overlay.status, overlay.approver_id) == ("proposed", None)


@pytest.mark.parametrize(
    ("name", "email"),
    [("ada  OKAFOR", "other@plan.example"), ("Nora West", "Ada.Okafor+second@plan.example")],
    ids=["one name", "one mailbox"],
)
def test_whoever_uploads_it_never_approves_it_by_another_account(
    ada: Person, world: World, name: str, email: str
) -> None:
    Person.objects.filter(pk=ada.pk).update(email="ada.okafor@plan.example")
    second = world.person("Nora West", "administrator", at="Contra Costa Health Plan")
    second.name, second.email = name, email
    overlay = upload(ada)
    overlay.refresh_from_db()
    with pytest.raises(Refused, match="by another account neither"):
        actions.approve(overlay, by=second, at=NOW)


def test_nor_by_an_account_that_once_bore_the_same_number(ada: Person, aiko: Person) -> None:
    for one, until in ((ada, SINCE), (aiko, None)):
        Identifier.objects.create(person=one, system="npi", value="1234567893", until=until)
    with pytest.raises(Refused, match="by another account neither"):
        actions.approve(upload(ada), by=aiko, at=NOW)


def test_what_was_never_approved_before_its_day_does_not_change_the_past(ada: Person, aiko: Person) -> None:
    overlay = upload(ada)
    aiko.standing = replace(aiko.standing, on=DECEMBER + timedelta(days=1))
    with pytest.raises(Refused, match="from today on"):
        actions.approve(overlay, by=aiko, at=NOW + timedelta(days=11))
    overlay.refresh_from_db()
    assert overlay.status == "proposed"


def test_an_overlay_that_goes_while_a_page_is_made_does_not_stop_it(ada: Person, aiko: Person) -> None:
    overlay = actions.approve(upload(ada), by=aiko, at=NOW)
    laid = policies.in_force(DECEMBER)
    actions.withdraw(overlay, by=ada, at=NOW)
    policies.in_force(DECEMBER)
    assert policies._laid(laid, None, None, "", "while a page is made").plans[PLAN]["elections"]


def test_the_handbook_reads_what_holds_today(ada: Person, aiko: Person) -> None:
    actions.approve(upload(ada, on=TODAY), by=aiko, at=NOW)
    offered = {one["programme"] for one in reading.policy(on=TODAY).plans[PLAN]["elections"]}
    assert "cs.sobering_center" in offered


@pytest.mark.parametrize("path", ["", "guide/"])
def test_a_page_that_was_read_before_says_what_the_overlay_says(ada: Person, aiko: Person, path: str) -> None:
    address = f"/programs/cs.sobering_center/{path}?plan={PLAN}&county=contra_costa"
    offered = "This plan offers it in this county."
    assert offered not in Client().get(f"{address}&on={DECEMBER}").content.decode()
    overlay = actions.approve(upload(ada), by=aiko, at=NOW)
    assert offered in Client().get(f"{address}&on={DECEMBER}").content.decode()
    assert offered not in Client().get(f"{address}&on={DECEMBER - timedelta(days=1)}").content.decode()
    actions.withdraw(overlay, by=ada, at=NOW)
    assert offered not in Client().get(f"{address}&on={DECEMBER}").content.decode()


def test_a_new_number_is_on_the_page_of_contacts_and_found(ada: Person, aiko: Person) -> None:
    index.refresh(at=NOW)
    text = TEXT.replace("1-877-661-6230", "1-877-555-0142")
    actions.approve(upload(ada, text, TODAY), by=aiko, at=NOW)
    page = Client().get("/contacts/").content.decode()
    assert ("1-877-555-0142" in page, "1-877-661-6230" in page) == (True, False)
    assert index.refresh(at=NOW) is True
    ask = {"q": "1-877-555-0142", "scope": "contacts"}
    told = Client().get("/search/", ask, headers={"accept": "application/json"}).json()
    assert told["results"][0]["url"] == f"/contacts/#{PLAN}-member_line"
    assert index.refresh(at=NOW) is False


HOURS = '    hours: {days: [monday, tuesday, wednesday, thursday, friday], from: "08:00", to: "17:00"}\n'


@pytest.mark.parametrize("hours", ["    hours: null\n", '    hours: {days: [], from: "08:00", to: "17:00"}\n', ""])
def test_a_number_without_days_is_still_on_every_page(ada: Person, aiko: Person, hours: str) -> None:
    assert HOURS in TEXT
    actions.approve(upload(ada, TEXT.replace(HOURS, hours, 1), TODAY), by=aiko, at=NOW)
    read = [Client().get(one) for one in ("/contacts/", f"/programs/cs.htns/?plan={PLAN}")]
    for page in (*read, Client().post("/screener/", {"do": "ask"})):
        assert (page.status_code, "1-877-661-6230" in page.content.decode()) == (200, True)


def test_withdrawn_what_held_before_holds_again(ada: Person, aiko: Person) -> None:
    first = actions.approve(upload(ada), by=aiko, at=NOW)
    again = MORE.replace("last_verified: null", "last_verified: 2026-11-01", 1)
    second = actions.approve(upload(ada, again, DECEMBER + timedelta(days=30)), by=aiko, at=NOW)
    later = DECEMBER + timedelta(days=40)
    assert dict(policies.in_force(later)) == {PLAN: second.version}
    actions.withdraw(second, by=ada, at=NOW)
    assert dict(policies.in_force(later)) == {PLAN: first.version}
    actions.withdraw(first, by=aiko, at=NOW)
    assert policies.in_force(later) == ()


def test_withdrawn_it_still_stands_for_the_days_on_which_it_held(ada: Person, aiko: Person) -> None:
    overlay = actions.approve(upload(ada), by=aiko, at=NOW)
    ada.standing = replace(ada.standing, on=DECEMBER + timedelta(days=9))
    actions.withdraw(overlay, by=ada, at=NOW + timedelta(days=20))
    held = [dict(policies.in_force(DECEMBER + timedelta(days=day))) for day in (-1, 0, 8, 9)]
    assert held == [{}, {PLAN: overlay.version}, {PLAN: overlay.version}, {}]
    page = Client().get(f"/programs/cs.sobering_center/?plan={PLAN}&county=contra_costa&on={DECEMBER}")
    assert "This plan offers it in this county." in page.content.decode()


def test_sent_back_it_says_why_and_is_no_longer_open(ada: Person, aiko: Person) -> None:
    overlay = actions.send_back(upload(ada), reason="The day is too early.", by=aiko, at=NOW)
    assert (overlay.status, overlay.reason) == ("returned", "The day is too early.")
    with pytest.raises(Unlawful):
        actions.approve(overlay, by=aiko, at=NOW)


def test_what_lint_finds_is_said_with_its_line_and_nothing_is_kept(ada: Person) -> None:
    line = TEXT.splitlines().index("elections:") + 2
    with pytest.raises(Refused) as refused:
        upload(ada, MORE.replace("cs.sobering_center", "cs.free_cars", 1))
    found = refused.value.problems[0]
    assert (found.where.file, found.where.line) == (f"plans/{PLAN}.yaml", line)
    assert "cs.free_cars" in found.problem
    assert not Overlay.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: [", "not_yaml"),
        ("", "not_a_mapping"),
        ("a: &a [*a]", "alias"),
        ("x: " * 100_000, "overlay_too_long"),
        (TEXT.replace(f"id: {PLAN}", "id: health_net", 1), "name_and_file"),
        (TEXT + "criteria: [cs.mtm_msf]\n", "overlay_narrows"),
    ],
    ids=["no YAML", "empty", "an anchor", "too long", "another plan", "narrower"],
)
def test_what_is_no_overlay_is_refused(ada: Person, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        upload(ada, text)
    assert refused.value.problems[0].code == code
    assert not Overlay.objects.exists()


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(1066, 10, 14), date(2099, 1, 1)])
def test_a_day_that_is_past_or_too_far_is_refused(ada: Person, day: date) -> None:
    with pytest.raises(Refused, match="from today on"):
        upload(ada, on=day)


def test_the_same_upload_twice_is_one(ada: Person) -> None:
    assert upload(ada).pk == upload(ada, MORE + "# a remark changes nothing\n").pk


def test_an_administrator_of_another_organization_reaches_it_not(ada: Person, world: World) -> None:
    stranger = world.person("S T", "administrator", at="Other House")
    with pytest.raises(NotAllowed):
        upload(stranger)
    with pytest.raises(NotAllowed):
        actions.approve(upload(ada), by=stranger, at=NOW)


def test_what_it_then_says_is_kept_by_its_fingerprint_and_proved(ada: Person, aiko: Person) -> None:
    assert kept.prove_policies().checked == 0
    overlay = actions.approve(upload(ada), by=aiko, at=NOW)
    proof = kept.prove_policies()
    assert (proof.checked, proof.failed) == (33, [])  # 32 programmes and the overlay
    row = PolicyVersion.objects.get(version=overlay.version)
    assert row.programme == f"plans/{PLAN}"
    assert "cs.sobering_center" in row.canonical


def test_open_cases_are_asked_again(ada: Person) -> None:
    """With Sobering Centers elected in her county Rosa's referral there stands otherwise, and no other."""
    rosa, mai, elsewhere = (living_here(name) for name in ("Rosa", "Mai", "Lee"))
    asked(rosa, "cs.sobering_center", "cs.mtm_msf")
    asked(mai, "cs.mtm_msf")
    asked(elsewhere, "cs.sobering_center", plan="health_net")
    overlay = upload(ada)
    assert (overlay.cases_asked, overlay.cases_changed) == (3, 1)
    before = policies.files()
    assert cases.count(before, before, PLAN, on=DECEMBER) == (3, 0)
    client = Client()
    client.force_login(ada)
    page = client.get(f"/policy/overlays/{overlay.public_id}/").content.decode()
    assert "We asked again for 3 open cases: 1 would get another answer." in page


def living_here(name: str) -> Member:
    born = date(1980, 3, 9)
    return members.register(
        given_name=name, family_name="Delgado", birth_date=born, county="contra_costa", by=MAKER, at=NOW
    )


def asked(member: Member, *programmes: str, plan: str = PLAN) -> None:
    about = referrals.About(
        given_name=member.given_name, family_name=member.family_name, birth_date=member.birth_date,
        county="contra_costa", plan=plan, safe_to_contact="yes",
    )  # fmt: skip
    wanted, asker = referrals.Wanted(programmes, attested=True), referrals.Asker("family", name="Ana Vega")
    key = member.public_id
    referrals.ask(about, wanted, asker, channel="public", key=key, member=member, by=STRANGER, at=NOW)


def test_the_page_says_the_difference_in_words_and_who_may_say_yes(ada: Person, aiko: Person) -> None:
    overlay = upload(ada)
    mine, hers = Client(), Client()
    mine.force_login(ada)
    hers.force_login(aiko)
    page = hers.get(f"/policy/overlays/{overlay.public_id}/").content.decode()
    assert "Sobering Centers: offered in Contra Costa from 2026-12-01" in page
    assert "No referral and no authorization of a member of this plan was open" in page
    assert "Approve it from Dec. 1, 2026 on" in page
    assert "another person must approve it" in mine.get(f"/policy/overlays/{overlay.public_id}/").content.decode()
    approve = f"/policy/overlays/{overlay.public_id}/approve/"
    assert [mine.post(approve).status_code, hers.post(approve).status_code, hers.post(approve).status_code] == [303] * 3
    overlay.refresh_from_db()
    assert (overlay.status, overlay.approver_id) == ("approved", aiko.pk)


def test_a_file_with_mistakes_comes_back_as_text_to_mend(ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    wrong = MORE.replace("cs.sobering_center", "cs.free_cars", 1)
    said = {"plan": PLAN, "effective_on": "2026-12-01", "file": SimpleUploadedFile("plan.yaml", wrong.encode())}
    answer = client.post("/policy/overlays/new/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "cs.free_cars is not a known programme" in page
    assert "Line " in page
    assert "provider_mailbox" in page  # the text of the file, in the field
    mended = client.post("/policy/overlays/new/", {"plan": PLAN, "effective_on": "2026-12-01", "text": MORE})
    assert mended.status_code == 303


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"effective_on": "2026-12-01", "text": "x" * 1_000_000}, "too long for the overlay"),
        ({"effective_on": "2026-12-01", "text": ""}, "Choose a file, or paste the text"),
        ({"effective_on": "2020-01-01", "text": MORE}, "Give a day from today on"),
        ({"effective_on": "soon", "text": MORE}, "Enter a valid date"),
        ({"effective_on": "2026-12-01", "text": MORE, "plan": "health_net"}, "Select a valid choice"),
    ],
    ids=["a megabyte", "nothing", "past", "no day", "not mine"],
)
def test_what_cannot_be_right_is_said(ada: Person, said: dict[str, str], expected: str) -> None:
    client = Client()
    client.force_login(ada)
    answer = client.post("/policy/overlays/new/", {"plan": PLAN, **said})
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert not Overlay.objects.exists()


def test_a_picture_is_no_overlay(ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    said = {"plan": PLAN, "effective_on": "2026-12-01", "file": SimpleUploadedFile("p.yaml", b"\x89PNG\r\n\x1a\n\xff")}
    assert "This is no text" in client.post("/policy/overlays/new/", said).content.decode()


def test_the_command_line_reads_the_files_alone(ada: Person, aiko: Person) -> None:
    actions.approve(upload(ada, on=TODAY), by=aiko, at=NOW)
    shown = json.loads(run("policy", "list", "--json", "--policy", str(PACKAGED)).out)
    assert shown["policy_version"] == policies.files().version

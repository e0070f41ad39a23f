"""The pages of the shelf, for readers and for editors."""

import pytest
from django.test import Client

from tests import pieces
from tests.people import NOW, TODAY, World
from wholeperson.access.models import Person
from wholeperson.handbook.shelf import actions, contacts, content
from wholeperson.handbook.shelf.models import ContactCheck, Piece

WRITTEN = {
    "kind": "bulletin", "key": "26-900", "dated": "2026-11-20", "title_en": "News", "summary_en": "In short",
    "body_en": "Some text.", "provider_types": ["hospitals"], "programmes": ["ecm"],
}  # fmt: skip


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_bulletin_by_its_number(carla: Person, ada: Person) -> None:
    pieces.published("bulletin", "25-521", by=carla, second=ada, provider_types=("hospitals",), programmes=("ecm",))
    page = Client().get("/bulletins/25-521/").content.decode()
    for said in (
        "Tell us how it ended",
        "25-521",
        "June 6, 2026",
        "Hospitals",
        "Nov. 21, 2026",
        'href="/programs/ecm/"',
    ):
        assert said in page
    assert "<strong>how</strong>" in page
    assert Client().get("/bulletins/").content.decode().count("/bulletins/25-521/") == 1
    assert "25-521" not in Client().get("/bulletins/?provider_type=ancillary").content.decode()
    assert "25-521" in Client().get("/bulletins/?provider_type=nonsense").content.decode()


@pytest.mark.parametrize("number", ["25-522", "draft-1", "x" * 200])
def test_what_is_not_published_is_not_there(carla: Person, number: str) -> None:
    pieces.draft("bulletin", "25-522", by=carla)
    assert Client().get(f"/bulletins/{number}/").status_code == 404
    assert "25-522" not in Client().get("/bulletins/").content.decode()


def test_english_stands_in_with_a_note(carla: Person, ada: Person) -> None:
    pieces.published("bulletin", "25-521", by=carla, second=ada)
    page = Client().get("/bulletins/25-521/", headers={"accept-language": "es"}).content.decode()
    assert "Se muestra en inglés" in page
    assert '<h1 lang="en">Tell us how it ended</h1>' in page
    assert (
        "Se muestra en inglés"
        not in Client().get("/learn/homelessness/", headers={"accept-language": "es"}).content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("topic", [one.id for one in content.topics("en")])
@pytest.mark.parametrize("lang", ["en", "es", "zh-tw"])
def test_each_session_is_of_use_by_itself(topic: str, lang: str) -> None:
    """Who, how to ask, which programs, rides, medicines: on each page, and every program is one of the policy."""
    page = Client().get(f"/learn/{topic}/", headers={"accept-language": lang})
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h2>") >= 5
    assert "/programs/" in text
    assert "/contacts/" in text
    assert "NMT" in text
    assert "Medi-Cal Rx" in text


@pytest.mark.django_db
def test_there_are_nine_and_no_other() -> None:
    assert len(content.topics("en")) == 9
    assert Client().get("/learn/nonsense/").status_code == 404
    assert Client().get("/learn/").content.decode().count('class="wp-card wp-door"') == 9


def test_what_somebody_has_been_through_is_theirs(world: World) -> None:
    rosa, james = (world.person(name, "member") for name in ("Rosa Delgado", "James Calloway"))
    assert signed_in(rosa).post("/learn/homelessness/done/", {"done": "yes"}).status_code == 303
    assert "1 of 9" in signed_in(rosa).get("/learn/").content.decode()
    assert "0 of 9" in signed_in(james).get("/learn/").content.decode()
    signed_in(rosa).post("/learn/homelessness/done/", {"done": "no"})
    assert "0 of 9" in signed_in(rosa).get("/learn/").content.decode()
    assert signed_in(rosa).post("/learn/nonsense/done/").status_code == 404
    assert "been through" not in Client().get("/learn/").content.decode()


def test_an_editor_adds_a_recording_with_what_is_said(carla: Person, ada: Person) -> None:
    said = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nWelcome to the session."
    pieces.published(
        "learning", "homelessness", by=carla, second=ada, recording="https://video.example/1", captions=said
    )
    page = Client().get("/learn/homelessness/").content.decode()
    assert "https://video.example/1" in page
    assert "Welcome to the session." in page
    assert "--&gt;" not in page


@pytest.mark.django_db
def test_contacts_are_those_of_the_plans() -> None:
    page = Client().get("/contacts/").content.decode()
    for value in ("1-877-661-6230", "then option 2", "CCHPCalAIM@cchealth.org", "1-800-675-6110", "1-833-236-4141"):
        assert value in page
    assert "Last verified" not in page  # the policy says of none that somebody saw it answer
    jails = Client().get("/contacts/?for=correctional_facility").content.decode()
    assert "1-800-526-1898" in jails
    assert "CCHPCalAIM@cchealth.org" not in jails


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["es", "zh-hant"])
def test_every_contact_is_told_in_every_language(lang: str) -> None:
    said = {one.row["says"] for one in contacts.all_contacts(TODAY)}
    assert not {english for english in said if content.contact_says(english, lang) == english}


@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-20", "9999-12-31", "soon"])
def test_nothing_is_published_to_be_looked_at_on_no_day(carla: Person, ada: Person, day: str) -> None:
    made = pieces.draft("bulletin", "25-521", by=carla)
    actions.take(made, "ask", by=carla, at=NOW)
    actions.take(made, "approve", by=ada, at=NOW)
    editor = signed_in(carla)
    step = {"verb": "publish", "review_by": day}
    page = editor.post(f"/shelf/{made.public_id}/step/", step, follow=True).content.decode()
    assert "Give a day from today on, within five years." in page
    assert Piece.objects.get(pk=made.pk).status == "reviewed"


def test_a_contact_that_answered_says_so_until_it_changes(carla: Person) -> None:
    editor = signed_in(carla)
    address = "/shelf/contacts/health_net/member_services/"
    assert editor.post(address, {"on": "2026-11-22"}).status_code == 422  # tomorrow
    assert editor.post(address, {"on": "2026-11-20", "hours": "Every day, 8 to 8"}).status_code == 303
    page = Client().get("/contacts/").content.decode()
    assert "Last verified Nov. 20, 2026" in page
    assert "Every day, 8 to 8" in page
    assert "It answered" not in page
    ContactCheck.objects.update(value="another number")
    assert "Last verified" not in Client().get("/contacts/").content.decode()
    assert editor.get("/shelf/contacts/health_net/nonsense/").status_code == 404


def test_from_an_empty_form_to_the_public_page(carla: Person, ada: Person) -> None:
    editor, second = signed_in(carla), signed_in(ada)
    made = editor.post("/shelf/new/", WRITTEN)
    assert made.status_code == 303
    address = made["Location"]
    assert editor.post("/shelf/new/", WRITTEN).status_code == 422  # the number is taken
    editor.post(f"{address}step/", {"verb": "ask"})
    assert "Let it through" not in editor.get(address).content.decode()
    assert "Let it through" in second.get(address).content.decode()
    editor.post(f"{address}step/", {"verb": "approve"})
    assert Piece.objects.get().status == "waiting"
    second.post(f"{address}step/", {"verb": "approve"})
    editor.post(f"{address}step/", {"verb": "publish", "review_by": "2027-01-31"})
    assert str(Piece.objects.get().review_by) == "2027-01-31"
    assert Client().get("/bulletins/26-900/").status_code == 200
    editor.post(f"{address}step/", {"verb": "withdraw"})
    assert Client().get("/bulletins/26-900/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "521"}, {"key": ""}, {"title_en": ""}, {"body_en": ""}, {"dated": "soon"}, {"kind": "poem"},
        {"provider_types": ["nobody"]}, {"programmes": ["cs.nothing"]}, {"title_es": "Hola"},
        {"recording": "https://video.example/1"}, {"recording": "javascript:alert(1)"}, {"body_en": "x" * 20_001},
        {"kind": "learning", "key": "nonsense"}, {"kind": "question", "key": "No Spaces"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(carla: Person, wrong: dict[str, object]) -> None:
    answer = signed_in(carla).post("/shelf/new/", {**WRITTEN, **wrong})
    assert answer.status_code == 422
    assert "usa-error-message" in answer.content.decode()
    assert not Piece.objects.exists()


@pytest.mark.parametrize("verb", ["", "publish", "nonsense", "supersede", "begin", "x" * 5000])
def test_a_forged_step_changes_nothing(carla: Person, verb: str) -> None:
    made = pieces.draft("bulletin", "25-521", by=carla)
    assert signed_in(carla).post(f"/shelf/{made.public_id}/step/", {"verb": verb}).status_code == 303
    assert Piece.objects.get().status == "draft"
    assert signed_in(carla).post("/shelf/pce-2222222222/step/", {"verb": "ask"}).status_code == 404


def test_what_should_be_looked_at_again_stands_on_top(carla: Person, ada: Person) -> None:
    made = pieces.published("bulletin", "25-521", by=carla, second=ada)
    assert "To be looked at again" not in signed_in(carla).get("/shelf/").content.decode()
    Piece.objects.filter(pk=made.pk).update(due_at="2026-11-01T00:00:00Z")
    assert "To be looked at again" in signed_in(carla).get("/shelf/").content.decode()

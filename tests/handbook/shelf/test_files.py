"""Files that go with an edition: put to a draft by an editor, read by a second person, taken along by anybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import pieces
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.handbook.shelf import actions
from wholeperson.handbook.shelf.mistakes import NotReady, NotYours
from wholeperson.handbook.shelf.models import Attachment, Piece
from wholeperson.record.models import AuditRow

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def draft(carla: Person) -> Piece:
    return pieces.draft("bulletin", "26-901", by=carla)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def publish(piece: Piece, carla: Person, ada: Person) -> None:
    for verb, by in (("ask", carla), ("approve", ada), ("publish", carla)):
        actions.take(piece, verb, by=by, at=NOW)


def test_an_editor_adds_one_and_anybody_takes_it_along(draft: Piece, carla: Person, ada: Person) -> None:
    here = f"/shelf/{draft.public_id}/files/"
    said = {"title": "Rates as a table", "language": "es", "file": SimpleUploadedFile("rates.html", PDF, "text/html")}
    assert signed_in(carla).post(here, said).status_code == 303
    address = f"/handbook/files/{Attachment.objects.get().public_id}/"
    assert Client().get(address).status_code == 404  # nobody has let it through
    publish(draft, carla, ada)
    page = Client().get("/bulletins/26-901/").content.decode()
    assert f'href="{address}" lang="es" download>Rates as a table</a> (PDF, 17\xa0bytes)' in page
    rows = AuditRow.objects.count()
    answer = Client().get(address)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")  # by what is in it, not by its name
    assert answer["Content-Disposition"] == 'attachment; filename="rates.html.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AuditRow.objects.count() == rows  # who reads it is nobody's business
    actions.take(draft, "withdraw", by=carla, at=NOW)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("slides.pdf", b"MZ\x90\x00 this runs", "no kind of file we keep"),
        ("slides.pdf", b"<html><script>alert(1)</script>", "no kind of file we keep"),
        ("slides.svg", b"<svg onload='alert(1)'/>", "no kind of file we keep"),
        ("slides.pdf", PDF + b"0" * (20 * 1024 * 1024), "larger than 20 MB"),
        ("slides.pdf", b"", "This file is empty"),
    ],
    ids=["a program", "a page", "a picture that runs", "too large", "empty"],
)
def test_what_is_no_file_for_readers_is_refused(
    draft: Piece, carla: Person, name: str, content: bytes, expected: str
) -> None:
    pieces.file_of(draft, by=carla)
    said = {"title": "Slides", "language": "en", "file": SimpleUploadedFile(name, content)}
    answer = signed_in(carla).post(f"/shelf/{draft.public_id}/files/", said)
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert draft.attachments.count() == 1


def test_sent_twice_it_is_there_once_and_is_taken_out(draft: Piece, carla: Person) -> None:
    one = pieces.file_of(draft, by=carla)
    assert pieces.file_of(draft, by=carla) == one
    out = f"/shelf/{draft.public_id}/files/{one.public_id}/out/"
    assert [signed_in(carla).post(out).status_code for _ in range(2)] == [303, 404]
    for number in range(10):
        pieces.file_of(draft, by=carla, content=PDF + str(number).encode())
    with pytest.raises(NotReady):
        pieces.file_of(draft, by=carla, content=PDF)


def test_the_next_edition_has_them_and_the_last_keeps_its_own(draft: Piece, carla: Person, ada: Person) -> None:
    pieces.file_of(draft, by=carla)
    publish(draft, carla, ada)
    with pytest.raises(NotReady):  # what was let through stays what somebody read
        pieces.file_of(draft, by=carla, content=b"%PDF-1.4\n")
    following = actions.revise(draft, by=carla, at=NOW)
    assert [one.title for one in following.attachments.all()] == ["The slides"]
    assert actions.detach(following, following.attachments.get().public_id, by=carla, at=NOW)
    assert draft.attachments.count() == 1


def test_who_added_a_file_wrote_in_it(draft: Piece, carla: Person, world: World) -> None:
    second = world.person("Cleo Park", "content_editor", at="House")
    pieces.file_of(draft, by=second)
    actions.take(draft, "ask", by=carla, at=NOW)
    with pytest.raises(NotYours):
        actions.take(draft, "approve", by=second, at=NOW)

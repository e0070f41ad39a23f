"""The life of a piece: written by one, let through by another, published, looked at again, replaced, withdrawn."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import pieces
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.handbook.shelf import actions, queries
from wholeperson.handbook.shelf.mistakes import NotReady, NotYours, Taken
from wholeperson.handbook.shelf.models import Done, Piece
from wholeperson.record import refusals
from wholeperson.record.models import AuditRow, Step


def test_from_draft_to_published(carla: Person, ada: Person) -> None:
    made = pieces.published("bulletin", "25-521", by=carla, second=ada)
    assert (made.status, made.edition, made.reviewed_by, made.reviewed_on) == ("published", 1, ada, date(2026, 11, 21))
    assert made.review_by == date(2027, 5, 23)  # 183 days later
    steps = Step.objects.filter(of="piece", thing_id=made.pk).order_by("pk").values_list("verb", flat=True)
    assert list(steps) == ["begin", "ask", "approve", "publish"]
    assert AuditRow.objects.filter(thing_id=made.pk, did="wrote").count() == 4


def test_nobody_lets_through_what_they_wrote_in(carla: Person, world: World) -> None:
    carl = world.person("Carl Ames", "content_editor", at="House")
    made = pieces.draft("bulletin", "25-521", by=carla)
    actions.rewrite(made, content=pieces.content(), by=carl, at=NOW)
    actions.take(made, "ask", by=carla, at=NOW)
    for hand in (carla, carl):
        with pytest.raises(NotYours):
            actions.take(made, "approve", by=hand, at=NOW)
    assert Piece.objects.get(pk=made.pk).status == "waiting"


def test_an_administrator_lets_through_and_writes_nothing(carla: Person, ada: Person) -> None:
    with pytest.raises(refusals.NotAllowed):
        pieces.draft("bulletin", "25-521", by=ada)
    made = pieces.draft("bulletin", "25-521", by=carla)
    with pytest.raises(refusals.NotAllowed):
        actions.take(made, "withdraw", by=ada, at=NOW)


def test_given_back_it_is_written_again(carla: Person, ada: Person) -> None:
    made = pieces.draft("bulletin", "25-521", by=carla)
    actions.take(made, "ask", by=carla, at=NOW)
    with pytest.raises(NotReady):
        actions.rewrite(made, content=pieces.content(), by=carla, at=NOW)
    actions.take(made, "give_back", by=ada, at=NOW)
    actions.rewrite(made, content=pieces.content({"en": ("New", "", "Text")}), by=carla, at=NOW)
    assert made.wordings.get(language="en").title == "New"


def test_what_was_not_reviewed_is_not_published(carla: Person) -> None:
    made = pieces.draft("bulletin", "25-521", by=carla)
    with pytest.raises(refusals.Unlawful):
        actions.take(made, "publish", by=carla, at=NOW)
    assert not queries.published().exists()


def test_a_recording_needs_captions(carla: Person) -> None:
    made = pieces.draft("learning", "homelessness", by=carla, recording="https://video.example/1")
    with pytest.raises(NotReady):
        actions.take(made, "ask", by=carla, at=NOW)
    captioned = pieces.content(recording="https://video.example/1", captions="WEBVTT\n\nHello.")
    actions.rewrite(made, content=captioned, by=carla, at=NOW)
    actions.take(made, "ask", by=carla, at=NOW)
    assert made.status == "waiting"


def test_the_next_edition_takes_the_place_of_the_last(carla: Person, ada: Person) -> None:
    first = pieces.published("bulletin", "25-521", by=carla, second=ada)
    second = actions.revise(first, by=carla, at=NOW)
    assert actions.revise(first, by=carla, at=NOW) == second  # one at a time
    assert (second.edition, second.status) == (2, "draft")
    assert second.wordings.get().title == "Tell us how it ended"
    actions.take(second, "ask", by=carla, at=NOW)
    actions.take(second, "approve", by=ada, at=NOW)
    assert [one.pk for one in queries.published()] == [first.pk]
    actions.take(second, "publish", by=carla, at=NOW)
    assert [one.pk for one in queries.published()] == [second.pk]
    assert Piece.objects.get(pk=first.pk).status == "superseded"


def test_what_was_let_through_meanwhile_is_not_written_over(carla: Person, ada: Person) -> None:
    opened = pieces.draft("bulletin", "25-521", by=carla)
    there = Piece.objects.get(pk=opened.pk)
    actions.take(there, "ask", by=carla, at=NOW)
    actions.take(there, "approve", by=ada, at=NOW)
    with pytest.raises(NotReady):
        actions.rewrite(opened, content=pieces.content({"en": ("Other", "", "Text")}), by=carla, at=NOW)
    there.refresh_from_db()
    assert (there.status, there.wordings.get(language="en").title) == ("reviewed", "Tell us how it ended")


def test_who_wrote_in_it_meanwhile_does_not_let_it_through(carla: Person, world: World) -> None:
    carl = world.person("Carl Adeyemi", "content_editor", at="House")
    made = pieces.draft("bulletin", "25-521", by=carla)
    actions.take(made, "ask", by=carla, at=NOW)
    opened = Piece.objects.get(pk=made.pk)
    actions.take(made, "give_back", by=carla, at=NOW)
    actions.rewrite(made, content=pieces.content(), by=carl, at=NOW)
    actions.take(made, "ask", by=carl, at=NOW)
    with pytest.raises(NotYours):
        actions.take(opened, "approve", by=carl, at=NOW)


def test_a_number_is_given_once(carla: Person, ada: Person) -> None:
    pieces.published("bulletin", "25-521", by=carla, second=ada)
    with pytest.raises(Taken):
        pieces.draft("bulletin", "25-521", by=carla)


def test_it_is_looked_at_again(carla: Person, ada: Person) -> None:
    made = pieces.published("bulletin", "25-521", by=carla, second=ada)
    late = datetime(2027, 5, 25, 17, tzinfo=UTC)
    assert not queries.due(NOW).exists()
    assert [one.pk for one in queries.due(late)] == [made.pk]
    with pytest.raises(NotYours):
        actions.take(made, "confirm", by=carla, at=late)
    stand(ada, on=date(2027, 5, 25))
    actions.take(made, "confirm", by=ada, at=late, review_by=date(2027, 9, 1))
    assert (made.status, made.reviewed_on, made.review_by) == ("published", date(2027, 5, 25), date(2027, 9, 1))
    assert not queries.due(late + timedelta(days=30)).exists()


@pytest.mark.parametrize("reached", ["draft", "waiting", "reviewed", "published"])
def test_it_is_withdrawn_from_anywhere(carla: Person, ada: Person, reached: str) -> None:
    made = pieces.draft("bulletin", "25-521", by=carla)
    for status, verb, by in (("draft", "ask", carla), ("waiting", "approve", ada), ("reviewed", "publish", carla)):
        if made.status == status != reached:
            actions.take(made, verb, by=by, at=NOW)
    assert made.status == reached
    actions.take(made, "withdraw", by=carla, at=NOW)
    assert made.status == "withdrawn"
    assert not queries.published().exists()


def test_without_english_nothing_is_kept(carla: Person) -> None:
    with pytest.raises(NotReady):
        pieces.draft("bulletin", "25-521", by=carla, wordings={"es": ("Hola", "", "Texto")})
    assert not Piece.objects.exists()


def test_done_is_kept_once_and_taken_back(world: World) -> None:
    rosa = world.person("Rosa Delgado", "member")
    for _ in range(2):
        actions.go_through("homelessness", by=rosa, at=NOW)
    assert queries.done_by(rosa) == {"homelessness"}
    assert AuditRow.objects.filter(verb="learning.done").count() == 1
    actions.take_back("homelessness", by=rosa, at=NOW)
    assert not Done.objects.exists()

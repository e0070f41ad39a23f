"""The care plan of who is enrolled is looked at again when the team said so; writing it down closes the duty."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.casework.members.test_reaching import led
from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.due import here
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.care import actions, queries
from wholeperson.casework.care.due import REVIEWS
from wholeperson.casework.care.models import Case
from wholeperson.record import wall
from wholeperson.rules.problems import Refused

SOON, FAR = date(2026, 12, 21), date(2026, 12, 22)  # the last day on which it stands on today's list, and the next


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def waiting(lena: Person, on: date = TODAY) -> list[tuple[str, date]]:
    user = stand(lena, on=on, at=datetime(on.year, on.month, on.day, 18, tzinfo=UTC))
    rows = queries.reviews_due(user)
    return [
        (line.about, line.due_at.astimezone(here()).date())
        for line in REVIEWS.told(user, [row.pk for row in rows])
        if line.due_at
    ]


def enrolled(world: World, lena: Person) -> Case:
    return actions.take_step(led(world, lena), "enrol", on=TODAY, by=lena, at=NOW)


def changed(case: Case, known_at: datetime) -> list[date | None]:
    """When the care plan of each case of November was changed last, as it was known then."""
    some = queries.months(case.organisation, case.plan, date(2026, 11, 1), known_at=known_at)
    return [one.plan_changed for told in some for one in told]


def test_it_is_due_when_the_team_said_and_done_when_written_down(world: World, lena: Person) -> None:
    case = led(world, lena)
    assert waiting(lena) == [], "who is not enrolled has no care plan"
    case = actions.take_step(case, "enrol", on=TODAY, by=lena, at=NOW)
    assert waiting(lena) == [], "the authorization ends in a year"
    assert waiting(lena, date(2027, 10, 3)) == [("Rosa Delgado", date(2027, 11, 2))]
    stand(lena, on=TODAY)
    client, page = Client(), f"/cases/{case.public_id}/review/"
    client.force_login(lena)
    told = {"reviewed_on": "2026-11-20", "next_on": SOON.isoformat(), "note": "She moves in May."}
    assert client.post(page, {**told, "next_on": "2026-11-21"}).status_code == 422
    assert client.post(page, {**told, "reviewed_on": "2026-11-22"}).status_code == 422
    assert [client.post(page, told).status_code for _ in range(2)] == [303, 303]
    assert waiting(lena) == [("Rosa Delgado", SOON)]
    assert "Care plan" in client.get("/desk/work/").content.decode()
    assert "Looked at on Nov. 20, 2026" in client.get(f"/cases/{case.public_id}/").content.decode()
    actions.review_plan(case, reviewed_on=TODAY, next_on=FAR, by=lena, at=NOW)
    assert waiting(lena) == []
    assert case.reviews.count() == 2


def test_it_is_work_for_nobody_who_may_not_write_it_down(world: World, lena: Person) -> None:
    """An intake worker sees the case, and would be led to a page that is not there for them."""
    case = enrolled(world, lena)
    actions.review_plan(case, reviewed_on=TODAY, next_on=SOON, by=lena, at=NOW)
    here = f"/cases/{case.public_id}/review/"
    for role, leads, page in (("supervisor", True, 200), ("provider_intake", False, 404)):
        client = Client()
        client.force_login(world.person(f"Ines {role}", role, at="Bayside"))
        assert (here in client.get("/desk/work/?whose=team").content.decode()) is leads
        assert client.get(here).status_code == page
    both = world.person("Bea Both", "provider_intake", at="Bayside")
    access.give_role(
        person=both, organisation=world.organisation("Hillside"), role="supervisor", since=SINCE, by=MAKER, at=NOW
    )
    assert (waiting(both), waiting(lena)) == ([], [("Rosa Delgado", SOON)])


def test_words_that_were_forgotten_or_corrected_are_kept_with_the_same_days(world: World, lena: Person) -> None:
    case = enrolled(world, lena)
    for note in ("", "", "She moves in May.", "", "She moves in June.", "She moves in May."):
        actions.review_plan(case, reviewed_on=TODAY, next_on=SOON, note=note, by=lena, at=NOW)
    assert [one.note for one in case.reviews.order_by("pk")] == ["", "She moves in May.", "She moves in June."]


def test_who_has_no_end_of_authorization_is_due_a_year_after_enrollment(world: World, lena: Person) -> None:
    case = enrolled(world, lena)
    with wall.opened("tests"):
        Case.objects.update(authorized_until=None)
    assert waiting(lena, date(2027, 10, 21)) == []
    assert waiting(lena, date(2027, 10, 22)) == [("Rosa Delgado", date(2027, 11, 21))]
    client = Client()
    client.force_login(lena)
    assert "or a year after enrollment: our day" in client.get(f"/cases/{case.public_id}/").content.decode()


def test_the_return_file_tells_the_last_change_of_its_month(world: World, lena: Person) -> None:
    case = enrolled(world, lena)
    actions.review_plan(case, reviewed_on=TODAY, next_on=SOON, by=lena, at=NOW)
    assert changed(case, NOW) == [None], "somebody looked, and nothing changed"
    actions.review_plan(case, reviewed_on=TODAY, next_on=FAR, note="She moves in May.", by=lena, at=NOW)
    assert changed(case, NOW) == [TODAY]
    before = datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert changed(case, before) == []


def test_another_team_reviews_nothing(world: World, lena: Person) -> None:
    case = enrolled(world, lena)
    other = world.person("Sam There", "supervisor", at="There")
    with pytest.raises(Refused):
        actions.review_plan(case, reviewed_on=TODAY, next_on=FAR, by=other, at=NOW)


def test_a_review_of_a_wrong_day_is_struck_out_with_why_and_stays(world: World, lena: Person) -> None:
    """What was told before it holds again; a file that was made before says what it said."""
    case, client = enrolled(world, lena), Client()
    client.force_login(lena)
    actions.review_plan(case, reviewed_on=TODAY, next_on=SOON, note="She moves in May.", by=lena, at=NOW)
    row, here = case.reviews.get(), f"/cases/{case.public_id}/"
    for page in (here, f"/members/{case.member.public_id}/story/"):
        assert "She moves in May." in client.get(page).content.decode()
    strike, later = f"{here}review/strike/", datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert client.post(strike, {"which": str(case.pk), "why": "No."}).status_code == 404
    client.post(strike, {"which": str(row.pk), "why": " "})
    assert case.reviews.get().struck_at is None
    with pytest.raises(Refused):
        actions.strike_review(row, why="No.", by=world.person("Sam There", "supervisor", at="There"), at=NOW)
    for why in ("It was Mai's.", "Another why."):
        actions.strike_review(row, why=why, by=lena, at=later)
    assert (case.reviews.get().struck_why, waiting(lena)) == ("It was Mai's.", [])
    stand(lena, on=TODAY)
    for page in (here, f"/members/{case.member.public_id}/story/"):
        shown = client.get(page).content.decode()
        assert all(words in shown for words in ("She moves in May.", "It was Mai&#x27;s."))
    assert "Nobody has written down a review yet" in client.get(here).content.decode()
    assert [changed(case, at) for at in (NOW, later)] == [[TODAY], [None]]
    actions.review_plan(case, reviewed_on=TODAY, next_on=SOON, note="She moves in May.", by=lena, at=later)
    assert case.reviews.count() == 2, "told again after it was struck out it is another one"

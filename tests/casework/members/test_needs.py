"""What somebody speaks, reads and eats is told once, and stands wherever it is needed; a former name finds them."""

from datetime import UTC, date, datetime

from django.test import Client
from pytest_django import Settings

from tests.casework.referrals.conftest import Town, town
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries
from wholeperson.casework.members.actions import Eats, Heard, Speaks
from wholeperson.casework.members.models import Fact, FoodNeeds, LanguageNeeds, Likeness
from wholeperson.casework.members.needs import LanguageForm
from wholeperson.casework.members.presenters import NeedsPage
from wholeperson.casework.referrals import sheet
from wholeperson.casework.referrals.models import Notice
from wholeperson.record import wall
from wholeperson.record.models import Outgoing
from wholeperson.record.moments import now_is

__all__ = ["town"]
SIGNS = Speaks("ase", "es", interpreter=True, interpreter_in="ase", format="large_print")
LATER = datetime(2026, 11, 21, 18, tzinfo=UTC)


def test_it_is_told_and_changed_on_one_page_and_what_was_before_stays(world: World) -> None:
    rosa, lena = world.member(), world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    world.relate(rosa, "Bayside", scope="sensitive")
    client, stranger, page = Client(), Client(), f"/members/{rosa.public_id}/needs/"
    client.force_login(lena)
    stranger.force_login(world.person("Sam There", "supervisor", at="There"))
    assert stranger.get(page).status_code == 404
    told = {
        "what": "language",
        "spoken": "en",
        "written": "en",
        "interpreter": "yes",
        "interpreter_in": "",
        "format": "braille",
    }
    assert client.post(page, told).status_code == 422, "an interpreter, and nobody knows for which language"
    assert client.post(page, {**told, "spoken": "vi"}).status_code == 303
    for _pressed in range(2):
        assert client.post(page, {**told, "spoken": "es", "written": "es"}).status_code == 303
    shown = client.get(page).content.decode()
    assert all(words in shown for words in ("Needed: Spanish", "Braille", "It holds no more", "Needed: Vietnamese"))
    food = {"what": "food", "allergies": "Peanuts", "diets": ["halal", "soft"], "refrigerator": "yes", "stove": "no"}
    assert client.post(page, {**food, "diets": ["cake"]}).status_code == 422
    assert [client.post(page, {**food, "cook": "yes"}).status_code for _ in range(2)] == [303, 303]
    record = client.get(f"/members/{rosa.public_id}/").content.decode()
    assert all(words in record for words in ("Needed: Spanish", "Peanuts", "Halal, Soft food", "Refrigerator: Yes"))
    assert "Peanuts" not in client.get(f"/members/{rosa.public_id}/story/").content.decode()
    with wall.opened("tests"):
        rosa.refresh_from_db()
        assert (rosa.language, LanguageNeeds.objects.count(), FoodNeeds.objects.count()) == ("es", 2, 1)
        fact = Fact.objects.get()
        assert (fact.fact, fact.value) == ("can_store_and_prepare_food", True)


def test_who_cannot_warm_food_is_not_asked_again_and_who_did_not_say_is_not_told_of(world: World) -> None:
    rosa, lena = world.member(), world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    for told, expected in (
        (Eats(refrigerator=True), []), (Eats(stove=False, cook=False), [False]), (Eats(refrigerator=False), [False]),
        (Eats(refrigerator=True, cook=True), [False, True]),
    ):  # fmt: skip
        members.say_food(rosa, told, by=lena, at=NOW)
        with wall.opened("tests"):
            assert list(Fact.objects.order_by("pk").values_list("value", flat=True)) == expected


def test_nobody_speaks_english_because_nobody_told_what_they_speak(world: World) -> None:
    """A browser sends the first choice of a list in which nothing is chosen."""
    born, lena = date(1980, 3, 9), world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    rosa = members.register(given_name="Rosa", family_name="D", birth_date=born, language="und", by=MAKER, at=NOW)
    form = LanguageForm(known=NeedsPage(rosa, lena).known("language"))
    assert [(form[name].initial, form.fields[name].choices[0]) for name in ("spoken", "written")] == [
        ("und", ("und", "Not known"))
    ] * 2
    sent = LanguageForm({"spoken": "und", "written": "und", "format": "large_print"}, known={})
    assert sent.is_valid()
    asked = LanguageForm({"spoken": "und", "written": "und", "format": "standard", "interpreter": "yes"}, known={})
    assert list(asked.errors) == ["interpreter_in"]


def test_what_another_record_of_theirs_says_too_is_kept_where_it_is_typed(world: World) -> None:
    """Peanuts, told of the record that Lena does not see: it stands on hers too, whoever of both types it there."""
    rosa, rosana = world.member("Rosa"), world.member("Rosana")
    for one in (rosa, rosana):
        world.relate(one, "Hillside", scope="sensitive")
    world.relate(rosa, "Bayside", scope="sensitive")
    sam, lena = (
        world.person(name, "supervisor", at=at) for name, at in (("Sam Ito", "Hillside"), ("Lena O", "Bayside"))
    )
    now_is(NOW)
    members.find_alike.func()
    members.say_food(rosana, Eats(allergies="Peanuts"), by=sam, at=NOW)
    members.say_language(rosana, Speaks("es", "es"), by=sam, at=NOW)
    with wall.opened("tests"):
        pair = Likeness.objects.get()
    members.join(pair, rosa, why="The same card.", by=sam, at=NOW)
    members.say_food(rosa, Eats(allergies="Peanuts"), by=sam, at=LATER)
    members.say_language(rosa, Speaks("es", "es"), by=lena, at=LATER)
    assert [row.allergies for row in queries.food_for(lena, rosa)] == ["Peanuts"]
    assert [row.spoken for row in queries.language_for(lena, rosa)] == ["es"]


def test_a_former_name_finds_them_and_one_who_is_alike(world: World) -> None:
    rosa, vega = world.member(), world.member("Rosa", "Vega")
    lena, client = world.person("Lena Ortiz", "lead_care_manager", at="Bayside"), Client()
    other = world.person("Carla Ruiz", "analyst", at="Plan")
    world.relate(rosa, "Bayside")
    world.relate(rosa, "Plan", scope="minimal")
    client.force_login(lena)
    page = f"/members/{rosa.public_id}/needs/"
    said = {"what": "name", "given_name": "Rosa", "family_name": "Vega"}
    assert [client.post(page, said).status_code for _ in range(2)] == [303, 303]
    assert rosa.public_id in client.post("/members/", {"text": "vega"}).content.decode()
    assert "Former name" in client.get(f"/members/{rosa.public_id}/").content.decode()
    client.force_login(other)
    assert rosa.public_id not in client.post("/members/", {"text": "vega"}).content.decode()
    assert "Vega" not in client.get(f"/members/{rosa.public_id}/").content.decode()
    now_is(NOW)
    members.find_alike.func()
    with wall.opened("tests"):
        assert [{pair.first_id, pair.second_id} for pair in Likeness.objects.all()] == [{rosa.pk, vega.pk}]
    name = queries.former_names_for(lena, rosa)[0]
    client.force_login(lena)
    assert client.post(page, {"what": "strike", "name": "other"}).status_code == 404
    assert client.post(page, {"what": "strike", "name": str(name.pk)}).status_code == 303
    assert rosa.public_id not in client.post("/members/", {"text": "vega"}).content.decode()


def test_the_sheet_of_a_request_has_it_for_whoever_may_read_it(town: Town) -> None:
    rosa = town.world.member()
    town.world.relate(rosa, town.plan.name, reason="coverage")
    lena = town.world.person("Lena Ortiz", "lead_care_manager", at=town.plan.name)
    members.say_language(rosa, SIGNS, by=lena, at=NOW)
    members.say_food(rosa, Eats(allergies="Peanuts", diets=("halal",), stove=False), by=lena, at=NOW)
    meals, housing = town.one(town.asked(member=rosa)), town.one(town.asked("cs.htns", member=rosa, key="two"))
    told = sheet.values(meals, town.paula, today=TODAY)
    assert {key: told[key] for key in ("language", "language_written", "interpreter", "allergies", "diet")} == {
        "language": "American Sign Language", "language_written": "Spanish",
        "interpreter": "Needed: American Sign Language", "allergies": "Peanuts", "diet": "Halal",
    }  # fmt: skip
    assert "allergies" not in sheet.values(housing, town.paula, today=TODAY)
    town.world.organisation("Elsewhere")
    stranger = town.world.person("Sam There", "supervisor", at="Elsewhere")
    assert {"interpreter", "allergies"}.isdisjoint(sheet.values(meals, stranger, today=TODAY))


def test_a_letter_goes_in_the_language_they_read_and_the_shape_they_asked_for(town: Town, settings: Settings) -> None:
    settings.DEMO = True
    rosa = town.world.member()
    account = town.world.person("Rosa Delgado", "member")
    town.world.relate(rosa, account, reason="self", scope="part2")
    lena = town.world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    members.say_language(rosa, SIGNS, by=lena, at=NOW)
    town.taken(town.asked(member=rosa))
    with wall.opened("tests"):
        notice = Notice.objects.filter(asking=None).latest("at")
        letter = Outgoing.objects.get(key=notice.key).content
    assert (notice.language, notice.held_back) == ("es", "")
    assert "20pt" in letter
    members.say_language(rosa, Speaks("es", "es", format="braille"), by=lena, at=LATER)
    town.taken(town.asked("cs.htns", member=rosa, key="two"))
    with wall.opened("tests"):
        assert Notice.objects.filter(asking=None).latest("pk").held_back == "format"


def test_what_was_told_of_another_of_their_records_holds_for_letters_too(town: Town, settings: Settings) -> None:
    """Braille is no mail: told of the record that goes on in hers, it holds back hers; a file unsays neither."""
    settings.DEMO = True
    world = town.world
    rosa, rosana = world.member("Rosa"), world.member("Rosana")
    for one in (rosa, rosana):
        world.relate(one, "Bayside", scope="part2")
    world.relate(rosa, world.person("Rosa Delgado", "member"), reason="self", scope="part2")
    sam = world.person("Sam Ito", "supervisor", at="Bayside")
    now_is(NOW)
    members.find_alike.func()
    members.say_language(rosana, Speaks("es", "es", format="braille"), by=sam, at=NOW)
    with wall.opened("tests"):
        pair = Likeness.objects.get()
    members.join(pair, rosa, why="The same card.", by=sam, at=NOW)
    members.hear_language(rosa, Heard("vi", "vi", format="large_print"), source="mif", by=MAKER, at=LATER)
    town.taken(town.asked(member=rosa))
    with wall.opened("tests"):
        told = {(one.language, one.held_back) for one in Notice.objects.filter(asking=None)}
    assert told == {("es", "format")}
    assert [row.format for row in queries.language_for(sam, rosa)] == ["braille", "large_print"]

"""The languages of a file: heard where nobody told them, told as they were known then."""

from datetime import UTC, date, datetime

from tests.exchange.test_month_end import Month
from tests.exchange.town import JAMES, ROSA, file
from tests.people import MAKER, NOW, World
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries
from wholeperson.casework.members.actions import Speaks
from wholeperson.casework.members.models import LanguageNeeds
from wholeperson.exchange import spoken
from wholeperson.exchange.actions import load, receive
from wholeperson.exchange.layouts import layouts
from wholeperson.formats.files.findings import Record
from wholeperson.record import wall

EARLIER = datetime(2026, 11, 1, tzinfo=UTC)


def test_a_return_file_tells_what_was_known_then(world: World) -> None:
    october = Month(world)
    rosa, kaiser = october.rosa.member, layouts()["rtf_kaiser_permanente"]
    members.say_language(rosa, Speaks("ase", "es"), by=october.lena, at=NOW)
    told = {"language_spoken": "American Sign Language", "language_written": "Spanish"}
    assert spoken.columns(kaiser, [rosa.pk], NOW) == {rosa.pk: told}
    assert spoken.columns(kaiser, [rosa.pk], EARLIER) == {}
    assert spoken.columns(layouts()["rtf"], [rosa.pk], NOW) == {}


def test_a_file_says_what_nobody_told_and_unsays_nothing(world: World) -> None:
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    for rows in (
        [ROSA, JAMES],
        [{**ROSA, "language_written": "English"}, JAMES],
        [{**ROSA, "language_written": "ASL"}],
    ):
        received, _is_new = receive(file(world, *rows), by=ines, at=NOW)
        load(received, by=ines, at=NOW)
    with wall.opened("tests"):
        heard = LanguageNeeds.objects.select_related("member").get()
    assert (heard.member.given_name, heard.spoken, heard.written, heard.source) == (
        "Rosa", "es", "en", "mif_contra_costa_health_plan",
    )  # fmt: skip
    members.say_language(heard.member, Speaks("es", "es"), by=lena, at=NOW)
    received, _is_new = receive(file(world, {**ROSA, "language_written": "Hmong"}), by=ines, at=NOW)
    load(received, by=ines, at=NOW)
    assert [row.written for row in queries.language_for(lena, heard.member)] == ["es", "en"]


def test_a_file_without_a_language_unsays_none_and_a_later_one_is_heard(world: World) -> None:
    rosa = members.register(
        given_name="Rosa", family_name="Delgado", birth_date=date(1980, 3, 9), language="es", by=MAKER, at=NOW
    )
    said = [
        (("interpreter", "format"), (True, "large_print"), Speaks("es", "es", True, "es", "large_print")),
        (("language_written",), ("Spanish",), None),
        (("format",), ("braille",), Speaks("es", "es", True, "es", "braille")),
        (("interpreter",), (False,), Speaks("es", "es", False, "", "braille")),
        (("language_spoken", "language_written"), ("ASL", "Spanish"), Speaks("ase", "es", False, "", "braille")),
        (("format",), ("standard",), Speaks("ase", "es", False, "", "standard")),
    ]
    expected: list[Speaks] = []
    for keys, cells, told in said:
        heard = spoken.needs(Record(1, keys, cells))
        assert heard is not None
        members.hear_language(rosa, heard, source="mif", by=MAKER, at=NOW)
        expected = [told, *expected] if told else expected
        with wall.opened("tests"):
            rows = LanguageNeeds.objects.first_what_holds()
            assert [Speaks(*(getattr(row, key) for key in vars(told or expected[0]))) for row in rows] == expected
    assert spoken.needs(Record(1, ("language_spoken", "language_written"), ("Hmong", "ASL"))) is None

"""A name that changes: from which day, how that is known, and by which names the person is still found."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.access.typed import fill
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.actions import NewName
from wholeperson.casework.members.models import FormerName, Member, Renaming
from wholeperson.casework.members.naming import NameForm, named_then
from wholeperson.record import documents, wall
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

WED, BORN = date(2026, 11, 5), date(1980, 3, 9)
VEGA = NewName("Rosa", "Vega")
LATER = datetime(2026, 12, 3, 18, tzinfo=UTC)
SENT = {"kind": "legal", "given_name": "Rosa", "family_name": "Vega", "since": "2026-11-05", "why": "Her new card."}


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def seen(world: World) -> Member:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope="sensitive")
    return rosa


def former() -> list[str]:
    with wall.opened("tests"):
        return [row.called for row in FormerName.objects.filter(struck_at=None).order_by("pk")]


def test_the_name_before_becomes_a_former_one_and_finds_them(world: World, lena: Person) -> None:
    rosa, client = seen(world), Client()
    client.force_login(lena)
    page = f"/members/{rosa.public_id}/name/"
    assert client.post(page, {**SENT, "since": ""}).status_code == 422, "from which day?"
    assert client.post(page, {**SENT, "since": "2026-11-22"}).status_code == 422, "tomorrow"
    assert client.post(page, {**SENT, "since": "1980-03-08"}).status_code == 422, "before she was born"
    assert client.post(page, {**SENT, "why": ""}).status_code == 422
    assert client.post(page, {**SENT, "family_name": "Delgado"}).status_code == 422, "it is her name already"
    assert client.post(page, {**SENT, "kind": "preferred"}).status_code == 422, "another last name is a legal one"
    assert [client.post(page, SENT).status_code for _pressed in range(2)] == [303, 303]
    shown = client.get(page).content.decode()
    assert all(
        words in shown for words in ("Rosa Vega", "Before: Rosa Delgado.", "Her new card.", "From Nov. 5, 2026.")
    )
    for word in ("Vega", "Delgado"):
        assert rosa.public_id in client.post("/members/", {"text": word}).content.decode()
    assert former() == ["Rosa Delgado"]
    with wall.opened("tests"):
        assert Renaming.objects.get().since == WED
    found = queries.named_exactly("Rosa", "Delgado", BORN)
    assert found == rosa, "who asks for her by the old name asks for her, and not for somebody new"


def test_what_somebody_wants_to_be_called_changes_no_other_name(world: World, lena: Person) -> None:
    rosa = seen(world)
    actions.rename(rosa, NewName("Rosa", "Delgado", "Rosie"), kind="preferred", since=WED, why="Hers.", by=lena, at=NOW)
    actions.rename(rosa, NewName("Rosa", "Delgado", "Ross"), kind="preferred", since=TODAY, why="His.", by=lena, at=NOW)
    assert (rosa.called, former()) == ("Ross Delgado", ["Rosie Delgado"])
    assert named_then([rosa], on=TODAY, known_at=LATER) == {rosa.pk: ("Rosa", "Delgado")}


def test_what_a_colleague_wrote_down_meanwhile_stays(world: World, lena: Person) -> None:
    """Opened before she was Rosie, and sent after: only the last name was touched. Sent again, it is one."""
    rosa, client = seen(world), Client()
    client.force_login(lena)
    was = {"was_given_name": "Rosa", "was_family_name": "Delgado", "was_preferred_name": ""}
    page = f"/members/{rosa.public_id}/name/"
    shown = client.get(page).content.decode()
    assert all(f'type="hidden" name="{name}" value="{value}"' in shown for name, value in was.items() if value)
    rosie = NewName("Rosa", "Delgado", "Rosie")
    actions.rename(rosa, rosie, kind="preferred", since=TODAY, why="Hers.", by=lena, at=NOW)
    sent = {**SENT, **was, "preferred_name": ""}
    assert [client.post(page, sent).status_code for _pressed in range(2)] == [303, 303]
    with wall.opened("tests"):
        held = Member.objects.get()
        assert (held.called, held.given_name, Renaming.objects.count()) == ("Rosie Vega", "Rosa", 2)
    touched = {**SENT, "since": "2026-11-21", "was_family_name": "Vega", "was_given_name": "Rosa"}
    assert client.post(page, {**touched, "kind": "preferred", "was_preferred_name": "Rosie"}).status_code == 303
    with wall.opened("tests"):
        assert Member.objects.get().called == "Rosa Vega", "left empty on purpose"


def test_what_was_typed_before_the_screen_locked_goes_with_the_names_it_was_typed_over(world: World) -> None:
    """Typed while she had no preferred name; she is Rosie when the screen opens again."""
    rosa = world.member()
    rosa.preferred_name = "Rosie"
    form = NameForm(member=rosa, today=TODAY, papers=[])
    assert fill(form, {key: [value] for key, value in {**SENT, "preferred_name": "", "was_preferred_name": ""}.items()})
    names = ("family_name", "preferred_name", "was_preferred_name")
    assert [form.get_initial_for_field(form.fields[name], name) for name in names] == ["Vega", "", ""]


def test_a_mended_name_is_one_pressed_twice_also_after_a_preferred_one(world: World, lena: Person) -> None:
    rosa, client = seen(world), Client()
    client.force_login(lena)
    rosie = NewName("Rosa", "Delgado", "Rosie")
    actions.rename(rosa, rosie, kind="preferred", since=TODAY, why="Hers.", by=lena, at=NOW)
    was = {"was_given_name": "Rosa", "was_family_name": "Delgado", "was_preferred_name": "Rosie"}
    sent = {**SENT, **was, "kind": "misspelled", "family_name": "Delgada", "preferred_name": "Rosie", "since": ""}
    page = f"/members/{rosa.public_id}/name/"
    assert [client.post(page, sent).status_code for _pressed in range(2)] == [303, 303]
    assert client.post(page, {**sent, "why": "Her card."}).status_code == 422, (
        "told otherwise it is not kept in silence"
    )


def test_a_preferred_name_is_no_way_to_another_legal_one(world: World, lena: Person) -> None:
    rosa = seen(world)
    with pytest.raises(Refused, match="the first or last name would be another"):
        actions.rename(rosa, VEGA, kind="preferred", since=TODAY, why="Hers.", by=lena, at=NOW)
    named = {name: getattr(rosa, name) for name in ("given_name", "family_name", "preferred_name")}
    was = {f"was_{name}": value for name, value in named.items()}
    for changed, kept in (({"preferred_name": "Rosie"}, True), ({"family_name": "Vega"}, False)):
        row = Renaming(member=rosa, kind="preferred", since=TODAY, person=lena, kept_at=NOW, **was, **(named | changed))
        with wall.opened("tests"), nullcontext() if kept else pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_whoever_is_near_renames_nobody_whatever_posts_they_have(world: World, lena: Person) -> None:
    """Nor read how they are reached safely: whose organization sees it too, and whom only family lets see it."""
    rosa, client = seen(world), Client()
    access.give_role(person=lena, organisation=None, role="member", since=SINCE, by=MAKER, at=NOW)
    elsewhere = world.person("Tom Delgado", "lead_care_manager", at="Hillside")
    access.give_role(person=elsewhere, organisation=None, role="member", since=SINCE, by=MAKER, at=NOW)
    for near in (stand(lena, on=TODAY), stand(elsewhere, on=TODAY)):
        world.relate(rosa, near, reason="family", scope="care")
        client.force_login(near)
        record = client.get(f"/members/{rosa.public_id}/").content.decode()
        for page in ("name", "family", "reach", "reach/mail"):
            address = f"/members/{rosa.public_id}/{page}/"
            assert [client.get(address).status_code, client.post(address, SENT).status_code] == [404, 404]
            assert address not in record
        with pytest.raises(NotAllowed):
            actions.rename(rosa, VEGA, kind="legal", since=WED, why="Mine.", by=near, at=NOW)
    with wall.opened("tests"):
        assert (Member.objects.get().family_name, Renaming.objects.count()) == ("Delgado", 0)
        assert not AuditRow.objects.filter(verb__in=["member.name", "member.family", "member.reach"]).exists(), (
            "nothing was read"
        )


def test_which_name_was_theirs_is_as_it_was_known_then(world: World, lena: Person) -> None:
    """Told in December that it was hers since November 5: what was made in November says the name before."""
    rosa = seen(world)
    actions.rename(rosa, VEGA, kind="legal", since=WED, why="Her card.", by=lena, at=LATER)
    for on, known_at, expected in (
        (WED, NOW, "Delgado"), (WED, LATER - timedelta(seconds=1), "Delgado"), (WED, LATER, "Vega"),
        (WED - timedelta(days=1), LATER, "Delgado"), (TODAY, LATER, "Vega"),
    ):  # fmt: skip
        assert named_then([rosa], on=on, known_at=known_at)[rosa.pk] == ("Rosa", expected)


def test_a_name_that_was_written_wrong_was_never_so(world: World, lena: Person) -> None:
    rosa = seen(world)
    actions.rename(rosa, NewName("Rosa", "Delgada"), kind="misspelled", since=None, why="Typed.", by=lena, at=LATER)
    assert named_then([rosa], on=date(2026, 1, 31), known_at=LATER)[rosa.pk] == ("Rosa", "Delgada")
    assert named_then([rosa], on=date(2026, 1, 31), known_at=NOW)[rosa.pk] == ("Rosa", "Delgado")
    actions.rename(rosa, NewName("Rosa", "Delgado"), kind="misspelled", since=None, why="Not.", by=lena, at=LATER)
    assert former() == ["Rosa Delgada"], "a name that is theirs again is no former one"


def test_a_name_does_not_begin_before_the_last_one(world: World, lena: Person) -> None:
    rosa = seen(world)
    actions.rename(rosa, VEGA, kind="legal", since=WED, why="Her card.", by=lena, at=NOW)
    with pytest.raises(Refused, match="2026-11-05 to 2026-11-21"):
        actions.rename(
            rosa, NewName("Rosa", "Ruiz"), kind="legal", since=WED - timedelta(days=1), why="A card.", by=lena, at=NOW
        )
    actions.rename(rosa, NewName("Rosa", "Ruiz"), kind="legal", since=WED, why="A card.", by=lena, at=NOW)
    assert former() == ["Rosa Delgado", "Rosa Vega"]


def test_why_is_read_by_who_sees_private_things_and_not_by_family(world: World, lena: Person) -> None:
    rosa, client = seen(world), Client()
    paper = documents.keep(
        documents.Received("order.txt", b"An order of the court."), by=lena, at=NOW, subject=rosa.pk, scope="sensitive"
    )
    actions.rename(rosa, VEGA, kind="legal", since=WED, why="She fled him.", paper=paper, by=lena, at=NOW)
    world.relate(rosa, "Hillside", scope="care")
    near = world.person("Tom Delgado", "member")
    world.relate(rosa, near, reason="family", scope="sensitive")
    with pytest.raises(NotAllowed):
        actions.rename(rosa, NewName("Rosa", "Ruiz"), kind="legal", since=WED, why="Mine.", by=near, at=NOW)
    for who, reads in ((lena, True), (world.person("Sam Ito", "supervisor", at="Hillside"), False)):
        client.force_login(who)
        shown = client.get(f"/members/{rosa.public_id}/name/").content.decode()
        assert ["She fled him." in shown, "order.txt" in shown] == [reads, reads]
    client.force_login(near)
    assert client.get(f"/members/{rosa.public_id}/name/").status_code in (403, 404)


def test_the_page_says_which_other_record_of_the_person_bears_another_name(world: World, lena: Person) -> None:
    """Files go by the name of the record: the old one stays there until somebody changes it. Told to who sees both."""
    rosa, again, client, theirs = seen(world), seen(world), Client(), Client()
    client.force_login(lena)
    page, other = f"/members/{rosa.public_id}/name/", f"/members/{again.public_id}/name/"
    said = "Another record of this person bears another name"
    assert client.post(page, SENT).status_code == 303
    assert said not in client.get(page).content.decode(), "nobody said that they are one person's"
    with wall.opened("tests"):
        Member.objects.filter(pk=rosa.pk).update(family_name="Delgado")
    world.joined(again, rosa, by=world.person("Ines Tran", "supervisor", at="Bayside"))
    assert said not in client.get(page).content.decode(), "one name"
    with wall.opened("tests"):
        Member.objects.filter(pk=rosa.pk).update(family_name="Vega")
    shown = client.get(page).content.decode()
    assert (said in shown, f'href="{other}"' in shown, "Rosa Delgado</a>" in shown) == (True, True, True)
    assert "Rosa Vega</a>" in client.get(other).content.decode()
    world.relate(rosa, "Hillside", scope="sensitive")
    theirs.force_login(world.person("Sam Ito", "supervisor", at="Hillside"))
    assert said not in theirs.get(page).content.decode(), "who sees one of them learns nothing of the other"
    assert client.post(other, {**SENT, "why": "There too."}).status_code == 303
    assert said not in client.get(page).content.decode()


def test_one_press_renames_the_other_record_that_was_ticked_too(world: World, lena: Person) -> None:
    """Each has its own change; the paper stays with the record it belongs to. Pressed twice it is one."""
    rosa, again, client = seen(world), seen(world), Client()
    client.force_login(lena)
    page, tick = f"/members/{rosa.public_id}/name/", "Also on the other record that is the same person"
    paper = documents.keep(
        documents.Received("card.txt", b"A card."), by=lena, at=NOW, subject=rosa.pk, scope="sensitive"
    )
    sent = {**SENT, "also": [again.public_id], "paper": paper.public_id}
    assert tick not in client.get(page).content.decode(), "nobody said that they are one person's"
    assert client.post(page, sent).status_code == 303, "what is not asked is not read"
    with wall.opened("tests"):
        assert Renaming.objects.get().member_id == rosa.pk
    world.joined(again, rosa, by=world.person("Ines Tran", "supervisor", at="Bayside"))
    shown = client.get(page).content.decode()
    assert (tick in shown, "Rosa Delgado, born March 9, 1980" in shown, "checked" in shown) == (True, True, False)
    was = {"was_given_name": "Rosa", "was_family_name": "Delgado"}  # the form as it was open before
    assert [client.post(page, {**sent, **was}).status_code for _pressed in range(2)] == [303, 303]
    with wall.opened("tests"):
        rows = Renaming.objects.order_by("kept_at", "pk")
        told = [(row.member_id, row.after, row.before, row.since, row.why, row.paper) for row in rows]
        assert told == [
            (rosa.pk, "Rosa Vega", "Rosa Delgado", WED, "Her new card.", paper),
            (again.pk, "Rosa Vega", "Rosa Delgado", WED, "Her new card.", None),
        ]
        audited = AuditRow.objects.filter(verb="member.rename").order_by("pk")
        assert [row.subject_id for row in audited] == [rosa.pk, again.pk]
    assert former() == ["Rosa Delgado", "Rosa Delgado"]


def test_a_record_that_was_not_ticked_keeps_its_name(world: World, lena: Person) -> None:
    rosa, again, client = seen(world), seen(world), Client()
    world.joined(again, rosa, by=world.person("Ines Tran", "supervisor", at="Bayside"))
    client.force_login(lena)
    assert client.post(f"/members/{rosa.public_id}/name/", SENT).status_code == 303
    with wall.opened("tests"):
        assert Renaming.objects.get().member_id == rosa.pk
        assert Member.objects.get(pk=again.pk).called == "Rosa Delgado"


def test_where_the_other_record_cannot_bear_it_from_that_day_neither_is_renamed(world: World, lena: Person) -> None:
    """There she became Ruiz today: she does not become Vega before. A day later than that she does, on both."""
    rosa, again, client = seen(world), seen(world), Client()
    world.joined(again, rosa, by=world.person("Ines Tran", "supervisor", at="Bayside"))
    ruiz = NewName("Rosa", "Ruiz")
    actions.rename(again, ruiz, kind="legal", since=TODAY, why="A card.", by=lena, at=NOW)
    client.force_login(lena)
    page, sent = f"/members/{rosa.public_id}/name/", {**SENT, "also": [again.public_id]}
    refused = client.post(page, sent)
    assert (refused.status_code, "On the other record the name changed after that day" in refused.content.decode()) == (
        422, True,
    )  # fmt: skip
    with wall.opened("tests"):
        names = Member.objects.filter(pk__in=[rosa.pk, again.pk]).order_by("family_name")
        assert [one.family_name for one in names] == ["Delgado", "Ruiz"]
    assert client.post(page, {**sent, "since": "2026-11-21"}).status_code == 303
    with wall.opened("tests"):
        assert [one.family_name for one in names.all()] == ["Vega", "Vega"]


def test_a_record_that_is_not_seen_is_neither_offered_nor_renamed(world: World, lena: Person) -> None:
    """Sam sees one of the two, Ada the other one only so far as that she is there, Tom as her family too."""
    rosa, again = seen(world), seen(world)
    world.joined(again, rosa, by=world.person("Ines Tran", "supervisor", at="Bayside"))
    sam, ada, tom = (
        world.person(name, "supervisor", at=place)
        for name, place in (("Sam Ito", "Hillside"), ("Ada Lim", "Harbor"), ("Tom Delgado", "Lakeside"))
    )
    for place in ("Hillside", "Harbor", "Lakeside"):
        world.relate(rosa, place, scope="sensitive")
    world.relate(again, "Harbor", scope="minimal")
    world.relate(again, "Lakeside", scope="sensitive")
    world.relate(again, tom, reason="family", scope="care")
    page = f"/members/{rosa.public_id}/name/"
    for who in (sam, ada, tom):
        client = Client()
        client.force_login(who)
        shown = client.get(page).content.decode()
        assert ("Also on the other record" in shown, again.public_id in shown) == (False, False), who.name
        with pytest.raises(NotAllowed):
            actions.rename_with(
                rosa, [again], VEGA, kind="legal", since=WED, why="A card.", by=stand(who, on=TODAY), at=NOW
            )
    with wall.opened("tests"):
        assert not Renaming.objects.exists(), "none, or all"
    sent = {**SENT, "also": [again.public_id]}
    assert client.post(page, sent).status_code == 303
    with wall.opened("tests"):
        assert Renaming.objects.get().member_id == rosa.pk
        assert Member.objects.get(pk=again.pk).called == "Rosa Delgado"


def test_a_long_history_of_names_comes_in_pages(world: World, lena: Person) -> None:
    rosa, client = seen(world), Client()
    client.force_login(lena)
    page = f"/members/{rosa.public_id}/name/"
    for at in range(30):
        called = NewName(preferred_name=f"Rosie{at:02}")
        actions.rename(
            rosa, called, kind="preferred", since=TODAY, why="Hers.", by=lena, at=NOW + timedelta(minutes=at)
        )
    for asked, many, first in (("", 25, "Rosie29"), ("?page=2", 5, "Rosie04")):
        story = client.get(f"{page}{asked}").content.decode().split("How it changed")[1]
        assert (story.count("Before: "), story.index(first) < story.index("Before: ")) == (many, True)

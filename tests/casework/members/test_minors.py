"""What is a minor's own their parents do not see, unless the minor said so, and until they take it back."""

from datetime import date

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Consent, Member, Relationship
from wholeperson.commands.migrate import close_to_family
from wholeperson.record import documents, wall
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed

SIXTEEN, EIGHTEEN, ALMOST = date(2010, 3, 9), date(2008, 11, 21), date(2008, 11, 22)
OWN = "Is the person in a nursing home, a hospice, jail or prison?"
FACT = "resides_in_snf_or_hospice_or_incarcerated"
FORM = {"form": "ascmi_ab133", "version": "1", "since": "2026-11-21", "method": "paper"}


def parent_of(world: World, member: Member) -> Person:
    made = world.person("Ana Delgado", "member")
    world.relate(member, made, reason="family", scope="part2")
    return made


@pytest.mark.parametrize(("born", "sees"), [(SIXTEEN, False), (ALMOST, False), (EIGHTEEN, True)])
def test_family_of_a_minor_sees_what_care_needs_and_no_more(world: World, born: date, sees: bool) -> None:
    luz = world.member("Luz", "Delgado", born)
    ana, client = parent_of(world, luz), Client()
    members.tell(luz, fact=FACT, value=True, source="member", learnt=TODAY, by=MAKER, at=NOW)
    with wall.opened("tests"):
        received = documents.Received("clinic.txt", b"Of the clinic.")
        paper = documents.keep(received, by=MAKER, at=NOW, subject=luz.pk, scope="sensitive")
    client.force_login(ana)
    here = f"/members/{luz.public_id}/"
    for page in (here, f"{here}story/", f"{here}facts/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert (OWN in answer.content.decode()) is sees
    assert "clinic.txt" not in client.get(f"{here}story/").content.decode() or sees
    assert client.get(f"/documents/{paper.public_id}/").status_code == (200 if sees else 404)
    assert queries.facts_for(ana, luz).exists() is sees


def test_the_minor_lets_them_and_takes_it_back(world: World) -> None:
    luz = world.member("Luz", "Delgado", SIXTEEN)
    ana, client = parent_of(world, luz), Client()
    world.relate(luz, "Bayside", scope="part2")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    members.tell(luz, fact=FACT, value=True, source="member", learnt=TODAY, by=MAKER, at=NOW)
    page = f"/members/{luz.public_id}/consents/new/"
    client.force_login(ana)
    assert "let family see it too" not in client.get(page).content.decode(), "no family gives it"
    client.force_login(lena)
    assert "let family see it too" in client.get(page).content.decode()
    said = {**FORM, "categories": ["physical_health", "social_needs"], "family": [ana.public_id]}
    assert client.post(page, said).status_code == 303
    assert queries.facts_for(ana, luz).exists()
    with wall.opened("tests"):
        consent = Consent.objects.get()
        assert Relationship.objects.get(reason="consent").person == ana
        assert [one.name for one in queries.recipients(consent)] == ["Ana Delgado"]
    bo = world.person("Bo Delgado", "member")
    world.relate(luz, bo, reason="family", scope="part2")
    client.force_login(ana)
    assert "let family see it too" not in client.get(page).content.decode(), "not who was let in either"
    assert client.post(page, {**said, "family": [bo.public_id]}).status_code == 422
    for one in (ana, bo):
        with pytest.raises(NotAllowed):
            members.give_consent(
                luz, form="ascmi_ab133", version="1", categories=["social_needs"], recipients=[], family=[one],
                method="paper", since=TODAY, by=ana, at=NOW,
            )  # fmt: skip
    members.revoke_consent(consent, by=lena, at=NOW)
    assert not queries.facts_for(ana, luz).exists()


def test_family_that_saw_deep_before_sees_what_care_needs_from_now_on(world: World) -> None:
    """What stood open when the rule came is closed, and opened no deeper; of who is grown up nothing changes."""
    luz, eve = world.member("Luz", "Delgado", ALMOST), world.member("Eve", "Delgado", EIGHTEEN)
    ana = parent_of(world, luz)
    world.relate(eve, ana, reason="family", scope="part2")
    with wall.opened("tests"):
        Relationship.objects.filter(member=luz).update(scope="part2")
    close_to_family(at=NOW)
    assert members.keep_what_is_a_minors(at=NOW) == 0
    with wall.opened("tests"):
        rows = Relationship.objects.order_by("since", "pk").values_list("member", "scope", "since", "ends_at")
        assert list(rows) == [
            (luz.pk, "part2", SINCE, NOW), (eve.pk, "part2", SINCE, None), (luz.pk, "care", TODAY, None),
        ]  # fmt: skip
        assert AuditRow.objects.filter(subject_id=luz.pk, actor_id="minors").count() == 2

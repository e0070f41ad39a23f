"""What a connection to PostgreSQL keeps of the questions asked over it."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation

from tests.people import NOW, TODAY, World
from wholeperson.access import compiled, prepared
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.members.scoping import tell_the_wall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_the_second_wall")]


def theirs(user: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__person=user)


def test_plans_that_were_not_asked_for_longest_are_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are kept here; three languages make three questions, and two people of one stance share each."""
    monkeypatch.setattr(prepared, "AT_MOST", 2)
    prepared._known.clear()  # whatever other tests asked over this connection
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    people = [world.person(f"Lena of {at}", "lead_care_manager", at=at) for at in ("Bayside", "Harbor")]
    for language in ("en", "es", "zh-hant", "en"):
        with translation.override(language):
            for person, at in zip(people, ("Bayside", "Harbor"), strict=True):
                tell_the_wall(stand(person, on=TODAY, at=NOW))
                assert [one.name for one in compiled.found(theirs, person)] == [at]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'asked%'")
        assert cursor.fetchone() == (2,)
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("force_generic_plan",)

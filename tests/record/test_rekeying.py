"""A key is replaced: everything that was encrypted is readable with the new one alone, whenever it was interrupted."""

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from tests.people import MAKER, SINCE, World
from tests.walls import served
from wholeperson.access import actions as access
from wholeperson.access.models import Draft
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Identifier
from wholeperson.record import documents, outbox, rekeying, sealed
from wholeperson.record.actors import System
from wholeperson.record.models import Document, Outgoing
from wholeperson.rules.problems import Refused

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
CLERK = System("clerk")
PDF = b"%PDF-1.7 a ramp"


class Stopped(Exception):
    pass


@pytest.fixture
def under_the_old_key(world: World, settings: Settings) -> None:
    """A number, a paper, a letter, a draft, an app and printed codes; then a new key comes."""
    settings.WHOLEPERSON_INDEX_KEY = "stays"
    settings.WHOLEPERSON_KEYS = ["old"]
    rosa, lena = world.member(), world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    members.add_identifier(rosa, system="cin", value="91234567A", since=SINCE, by=MAKER, at=NOW)
    documents.keep(documents.Received("ramp.pdf", PDF), by=CLERK, at=NOW, subject=rosa.pk)
    outbox.put(key="one", channel="fax", to="555-0142", content={"text": "begin"}, by=CLERK, at=NOW)
    access.keep_draft(lena, "/refer/", {"text": ["half"]}, at=NOW)
    for kind, data in second_steps().items():
        Authenticator.objects.create(user=lena, type=kind, data=data)
    settings.WHOLEPERSON_KEYS = ["new", "old"]


def second_steps() -> dict[str, dict[str, Any]]:
    return {
        "totp": {"secret": sealed.seal("JBSWY3DP")},
        "recovery_codes": {"seed": sealed.seal("a seed"), "used_mask": 5},
        "webauthn": {"name": "Key 1", "credential": {"id": "abc"}},
    }


def everything(settings: Settings) -> list[str]:
    """What is read with the new key alone."""
    settings.WHOLEPERSON_KEYS = ["new"]
    letter, paper = Outgoing.objects.get(), Document.objects.get()
    steps = {row.type: row.data for row in Authenticator.objects.all()}
    assert steps["recovery_codes"]["used_mask"] == 5
    assert steps["webauthn"] == {"name": "Key 1", "credential": {"id": "abc"}}
    return [
        Identifier.objects.get(system="cin").value, paper.name, documents.content(paper, by=CLERK, at=NOW).decode(),
        letter.to, letter.content, Draft.objects.get().content, sealed.unseal(steps["totp"]["secret"]),
        sealed.unseal(steps["recovery_codes"]["seed"]),
    ]  # fmt: skip


WRITTEN = [
    "91234567A", "ramp.pdf", "%PDF-1.7 a ramp", "555-0142", '{"text": "begin"}', '{"text": ["half"]}', "JBSWY3DP",
    "a seed",
]  # fmt: skip


@pytest.mark.usefixtures("under_the_old_key")
def test_afterwards_the_old_key_is_of_no_use(settings: Settings) -> None:
    with served():  # the papers belong to who serves, so that is who does it
        assert (rekeying.reseal_columns(), access.reseal_second_steps(), documents.seal_anew()) == (5, 2, 1)
        assert (rekeying.reseal_columns(), access.reseal_second_steps(), documents.seal_anew()) == (0, 0, 0)
    assert everything(settings) == WRITTEN


@pytest.mark.usefixtures("under_the_old_key")
def test_stopped_anywhere_it_goes_on(settings: Settings) -> None:
    done = []
    for _ in range(4):
        with pytest.raises(Stopped):
            rekeying.reseal_columns(lambda table, count: stop_after_the_first(table, count, done))
    assert rekeying.reseal_columns() == 5 - len(done)
    access.reseal_second_steps()
    documents.seal_anew()
    assert everything(settings) == WRITTEN


def stop_after_the_first(table: str, count: int, done: list[str]) -> None:
    if count:
        done.extend([table] * count)
        raise Stopped


@pytest.mark.usefixtures("under_the_old_key")
def test_a_value_that_no_key_opens_is_said_and_nothing_is_lost(settings: Settings) -> None:
    settings.WHOLEPERSON_KEYS = ["newest", "new"]
    with pytest.raises(Refused, match="none of the keys opens"):
        rekeying.reseal_columns()
    settings.WHOLEPERSON_KEYS = ["new", "old"]
    rekeying.reseal_columns()
    access.reseal_second_steps()
    documents.seal_anew()
    assert everything(settings) == WRITTEN


@pytest.mark.usefixtures("under_the_old_key")
def test_what_was_written_meanwhile_stays(settings: Settings) -> None:
    """Between reading a value and writing it anew somebody changes it."""
    before = Draft.objects.get()
    table, key, column = next(one for one in rekeying.columns() if one[0] == "access_draft")
    ((row, token),) = next(rekeying._batches(table, key, column))
    access.keep_draft(before.person, "/refer/", {"text": ["more"]}, at=NOW)
    assert rekeying._reseal(table, key, column, row, token) == 0
    assert Draft.objects.get().content == '{"text": ["more"]}'


@pytest.mark.usefixtures("under_the_old_key")
@pytest.mark.parametrize("column", ["address", "kind", "size", "scope", "subject_id", "public_id"])
def test_nothing_of_a_paper_but_its_name_can_be_written_again(column: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE record_document SET {column} = {column}")


def test_every_column_that_is_kept_encrypted_is_known() -> None:
    assert {f"{table}.{column}" for table, _, column in rekeying.columns()} >= {
        "members_identifier.value", "members_breakglass.reason", "members_breakglass.finding", "access_draft.content",
        "record_outgoing.to", "record_outgoing.content", "record_document.name",
    }  # fmt: skip

"""Values kept encrypted, found again by their fingerprint, and readable under an older key."""

import re

import pytest
from cryptography.fernet import InvalidToken
from pytest_django import Settings

from wholeperson.record import sealed
from wholeperson.record.ids import public_id


def test_a_sealed_value_is_not_to_be_read_and_comes_back() -> None:
    token = sealed.seal("91234567A")
    assert "91234567" not in token
    assert sealed.unseal(token) == "91234567A"


def test_a_new_key_still_reads_what_the_old_one_wrote(settings: Settings) -> None:
    settings.WHOLEPERSON_KEYS = ["old"]
    token = sealed.seal("x")
    settings.WHOLEPERSON_KEYS = ["new", "old"]
    assert sealed.unseal(token) == "x"
    settings.WHOLEPERSON_KEYS = ["new"]
    with pytest.raises(InvalidToken):
        sealed.unseal(token)


def test_the_fingerprint_finds_the_same_and_nothing_else() -> None:
    assert sealed.fingerprint("cin", "91234567A") == sealed.fingerprint("cin", "91234567A")
    assert sealed.fingerprint("cin", "91234567A") != sealed.fingerprint("mrn", "91234567A")


def test_a_public_id_is_short_and_says_nothing() -> None:
    assert re.fullmatch(r"ref-[2-9a-z]{10}", public_id("ref"))
    assert public_id("ref") != public_id("ref")

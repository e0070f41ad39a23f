"""Every address has its row, every permission somebody who carries it: what nobody decided is open to nobody."""

from collections.abc import Iterable, Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.urls.converters import IntConverter, UUIDConverter

from wholeperson.access.permission_words import SAID
from wholeperson.access.permissions import PERMISSIONS
from wholeperson.access.roles import ROLES
from wholeperson.desk.doors import DOORS
from wholeperson.site import permits


def test_the_table_and_the_addresses_are_the_same() -> None:
    permits.require_rows(get_resolver().url_patterns)


def test_an_address_without_a_row_does_not_start() -> None:
    """Also one that has no name, and one inside an include."""
    nameless = path("x/", lambda request: HttpResponse())
    with pytest.raises(ImproperlyConfigured, match="has no row"):
        permits.require_rows([*get_resolver().url_patterns, nameless])
    inner = path("in/", include([path("y/", lambda request: HttpResponse(), name="of_nobody")]))
    with pytest.raises(ImproperlyConfigured, match="of_nobody has no row"):
        permits.require_rows([*get_resolver().url_patterns, inner])


def test_the_desk_leads_only_where_one_may_go() -> None:
    """A door that asks for less than its page shows somebody a way into a wall."""
    table = {name: None if who in (permits.ANYONE, permits.SIGNED_IN) else who for name, who in permits.PERMITS.items()}
    assert [door.address for door in DOORS if door.permission != table[door.address]] == []


def test_every_permission_is_carried_by_roles_there_are() -> None:
    """A permission that no role carries is a page that nobody opens; a role misspelled is one that cannot work."""
    assert not [word for word, roles in PERMISSIONS.items() if not roles.split()]
    assert not {role for roles in PERMISSIONS.values() for role in roles.split()} - set(ROLES)


def test_every_permission_has_its_sentence() -> None:
    """Who is asked to give somebody a role reads on /roles/ what it opens; a word of ours tells them nothing."""
    assert list(SAID) == list(PERMISSIONS), "wholeperson/access/permission_words.py: one sentence each, same order"


# allauth's own addresses, of one's own keys alone: it looks for them among those of whoever asks
KEYS = (IntConverter, UUIDConverter)
KEYS_THAT_ARE_NOT_OURS = {"mfa_remove_webauthn", "mfa_edit_webauthn"}
# random ids by which HSDS knows a thing everywhere; no row has one as its key
IDS_OF_THE_WORLD = {
    f"hsds_{one}" for one in ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term")
}


def test_no_address_carries_the_key_of_a_row() -> None:
    """A key says when its row was made, or how many there are. What stands in an address is a public id."""
    assert set(carrying(get_resolver().url_patterns)) == KEYS_THAT_ARE_NOT_OURS | IDS_OF_THE_WORLD


def carrying(patterns: Iterable[URLPattern | URLResolver], outside: bool = False) -> Iterator[str]:
    """The names of addresses with a number or a UUID in them, also one that an outer part brings."""
    for pattern in patterns:
        keyed = outside or any(isinstance(one, KEYS) for one in pattern.pattern.converters.values())
        if isinstance(pattern, URLResolver):
            yield from carrying(pattern.url_patterns, keyed)
        elif keyed:
            yield str(pattern.name)

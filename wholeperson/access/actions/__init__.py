"""The only writes of this room."""

from wholeperson.access.actions.invitations import accept_as_newcomer, accept_as_somebody, invite, withdraw
from wholeperson.access.actions.people import (
    add_identifier,
    add_organisation,
    add_person,
    end_identifier,
    end_role,
    give_role,
    switch_off,
)
from wholeperson.access.actions.sessions import end_session, note_sign_in

__all__ = [
    "accept_as_newcomer",
    "accept_as_somebody",
    "add_identifier",
    "add_organisation",
    "add_person",
    "end_identifier",
    "end_role",
    "end_session",
    "give_role",
    "invite",
    "note_sign_in",
    "switch_off",
    "withdraw",
]

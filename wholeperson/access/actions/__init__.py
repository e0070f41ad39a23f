"""The only writes of this room."""

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
    "add_identifier",
    "add_organisation",
    "add_person",
    "end_identifier",
    "end_role",
    "end_session",
    "give_role",
    "note_sign_in",
    "switch_off",
]

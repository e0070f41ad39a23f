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

__all__ = [
    "add_identifier",
    "add_organisation",
    "add_person",
    "end_identifier",
    "end_role",
    "give_role",
    "switch_off",
]

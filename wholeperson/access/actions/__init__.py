"""The only writes of this room."""

from wholeperson.access.actions.drafts import KEPT_FOR, drop_draft, forget_drafts, keep_draft
from wholeperson.access.actions.invitations import accept_as_newcomer, accept_as_somebody, invite, sends_mail, withdraw
from wholeperson.access.actions.people import (
    add_identifier,
    add_organisation,
    add_person,
    end_identifier,
    end_role,
    give_role,
    switch_off,
)
from wholeperson.access.actions.secrets import reseal_second_steps
from wholeperson.access.actions.sessions import end_session, note_sign_in
from wholeperson.access.actions.views import drop_view, keep_view

__all__ = [
    "KEPT_FOR",
    "accept_as_newcomer",
    "accept_as_somebody",
    "add_identifier",
    "add_organisation",
    "add_person",
    "drop_draft",
    "drop_view",
    "end_identifier",
    "end_role",
    "end_session",
    "forget_drafts",
    "give_role",
    "invite",
    "keep_draft",
    "keep_view",
    "note_sign_in",
    "reseal_second_steps",
    "sends_mail",
    "switch_off",
    "withdraw",
]

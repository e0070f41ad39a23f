"""The only writes to members. Reading somebody's record is an action too: it leaves a row in the trail."""

from wholeperson.casework.members.actions.break_glass import (
    break_glass,
    has_tried_too_often,
    judge,
    keep_attempt,
    look_at_glass,
)
from wholeperson.casework.members.actions.consents import give_consent, revoke_consent
from wholeperson.casework.members.actions.looking import look_at, look_at_list
from wholeperson.casework.members.actions.people import add_identifier, register, tell
from wholeperson.casework.members.actions.reasons import close_relationship, relate

__all__ = [
    "add_identifier",
    "break_glass",
    "close_relationship",
    "give_consent",
    "has_tried_too_often",
    "judge",
    "keep_attempt",
    "look_at",
    "look_at_glass",
    "look_at_list",
    "register",
    "relate",
    "revoke_consent",
    "tell",
]

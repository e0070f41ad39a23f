"""The only writes of this room."""

from wholeperson.casework.providers.actions.applying import begin, link_again, take_own_step, write
from wholeperson.casework.providers.actions.asking import ask_keepers
from wholeperson.casework.providers.actions.deciding import decide, list_it, look_at, note, renew
from wholeperson.casework.providers.actions.offering import (
    change,
    contract,
    join,
    keep_site,
    list_organisation,
    move,
    offer,
)
from wholeperson.casework.providers.actions.papers import add_paper, open_paper, take_back
from wholeperson.casework.providers.actions.reminding import lapse_unsent, remind, remind_to_renew
from wholeperson.casework.providers.actions.room import Said, hold, let_go, say_room, take_place

__all__ = [
    "Said",
    "add_paper",
    "ask_keepers",
    "begin",
    "change",
    "contract",
    "decide",
    "hold",
    "join",
    "keep_site",
    "lapse_unsent",
    "let_go",
    "link_again",
    "list_it",
    "list_organisation",
    "look_at",
    "move",
    "note",
    "offer",
    "open_paper",
    "remind",
    "remind_to_renew",
    "renew",
    "say_room",
    "take_back",
    "take_own_step",
    "take_place",
    "write",
]

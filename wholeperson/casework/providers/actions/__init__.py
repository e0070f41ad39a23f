"""The only writes of this room."""

from wholeperson.casework.providers.actions.applying import begin, link_again, take_own_step, write
from wholeperson.casework.providers.actions.deciding import decide, list_it, note, renew
from wholeperson.casework.providers.actions.papers import add_paper, open_paper, take_back
from wholeperson.casework.providers.actions.reminding import lapse_unsent, remind

__all__ = [
    "add_paper",
    "begin",
    "decide",
    "lapse_unsent",
    "link_again",
    "list_it",
    "note",
    "open_paper",
    "remind",
    "renew",
    "take_back",
    "take_own_step",
    "write",
]

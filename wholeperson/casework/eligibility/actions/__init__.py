"""The only writes of this room: overlays of plans, and what the rules answered about a member."""

from wholeperson.casework.eligibility.actions.again import ask_again, determine_again
from wholeperson.casework.eligibility.actions.answering import answer, correct
from wholeperson.casework.eligibility.actions.determining import MAKE, determine
from wholeperson.casework.eligibility.actions.overlays import approve, send_back, upload, withdraw
from wholeperson.casework.eligibility.actions.sweeping import TAKE, take_in

__all__ = [
    "MAKE",
    "TAKE",
    "answer",
    "approve",
    "ask_again",
    "correct",
    "determine",
    "determine_again",
    "send_back",
    "take_in",
    "upload",
    "withdraw",
]

"""The only writes of this room: overlays of plans, and what the rules answered about a member."""

from wholeperson.casework.eligibility.actions.again import ask_again, determine_again
from wholeperson.casework.eligibility.actions.answering import answer
from wholeperson.casework.eligibility.actions.determining import MAKE, determine
from wholeperson.casework.eligibility.actions.overlays import approve, send_back, upload, withdraw

__all__ = ["MAKE", "answer", "approve", "ask_again", "determine", "determine_again", "send_back", "upload", "withdraw"]

"""The only writes of this room: overlays of plans, and what the rules answered about a member."""

from wholeperson.casework.eligibility.actions.determining import determine
from wholeperson.casework.eligibility.actions.overlays import approve, send_back, upload, withdraw

__all__ = ["approve", "determine", "send_back", "upload", "withdraw"]

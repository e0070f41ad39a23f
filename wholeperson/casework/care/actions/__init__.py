"""The only writes to ECM cases."""

from wholeperson.casework.care.actions.assigning import Authorization, assign
from wholeperson.casework.care.actions.leading import hand_over, lead_all, name_lead
from wholeperson.casework.care.actions.reviewing import review_plan, strike_review
from wholeperson.casework.care.actions.working import record_contact, take_step

__all__ = [
    "Authorization",
    "assign",
    "hand_over",
    "lead_all",
    "name_lead",
    "record_contact",
    "review_plan",
    "strike_review",
    "take_step",
]

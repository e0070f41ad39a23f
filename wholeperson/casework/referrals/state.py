"""The State's five statuses as dated history, beside the referral's own life.

They are written by the step that makes them true: sent is pending, taken is accepted, and so on. A program that the
State leaves out of its loop (sobering centers) gets none.
"""

from wholeperson.casework.eligibility.policies import policy_on
from wholeperson.casework.referrals import vocabulary

# step: the State's status
SAID_BY = {
    "send": "pending",
    "accept": "accepted",
    "decline": "declined",
    "reach": "outreach_initiated",
    "close": "referral_loop_closed",
    "withdraw": "referral_loop_closed",
}


def exempt(programme: str) -> bool:
    """Whether the State's closed loop leaves this program out."""
    found = policy_on(None).programmes.get(programme)
    return found is not None and (found.data.get("authorization") or {}).get(vocabulary.EXEMPT) == "exempt"

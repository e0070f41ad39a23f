"""The life of an authorization as its provider knows it. The plan decides; here stands what it told."""

from wholeperson.record.lifecycle import Lifecycle

READ, RECORD = "authorization.read", "authorization.record"

AUTHORIZATION = Lifecycle(
    of="authorization",
    begins="undecided",
    moves=[
        # verb        from         to           who may  what it needs
        ("approve",   "undecided", "approved",  RECORD),
        ("deny",      "undecided", "denied",    RECORD),
        ("overturn",  "denied",    "approved",  RECORD),
        ("end",       "approved",  "ended",     RECORD, ("ended_on",)),
        ("withdraw",  "undecided", "withdrawn", RECORD),
    ],
)  # fmt: skip
DECISIONS = {"approved": "approve", "denied": "deny"}  # what a plan may have decided, and the step it means here
CHANNELS = ("file", "portal", "phone", "letter", "email", "fax", "in_person", "other")
CLOSED, DECLINED = "referral_loop_closed", "declined"  # two of the State's words for how a referral stands
ECM = "ecm"
OPEN = ("undecided", "approved")

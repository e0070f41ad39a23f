"""The life of an overlay. That it holds from its day on is no step: it is a question of the day."""

from wholeperson.record.lifecycle import Lifecycle

UPLOAD, APPROVE = "overlay.upload", "overlay.approve"

OVERLAY = Lifecycle(
    of="overlay",
    begins="proposed",
    moves=[
        # verb       from        to           who may  what it needs
        ("approve",  "proposed", "approved",  APPROVE, ("approver_id",)),
        ("return",   "proposed", "returned",  APPROVE, ("reason",)),
        ("withdraw", "proposed", "withdrawn", UPLOAD),
        ("withdraw", "approved", "withdrawn", UPLOAD),
    ],
)  # fmt: skip

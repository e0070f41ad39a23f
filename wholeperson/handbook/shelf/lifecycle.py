"""The lawful steps of one edition of a piece: nobody but a second person lets it through."""

from wholeperson.record.lifecycle import Lifecycle

PIECE = Lifecycle(
    of="piece",
    begins="draft",
    moves=[
        # verb        from         to            who may          what it needs     which clock it starts
        ("ask",       "draft",     "waiting",    "piece.write"),
        ("give_back", "waiting",   "draft",      "piece.review"),
        ("approve",   "waiting",   "reviewed",   "piece.review",  ("reviewed_by_id",)),
        ("publish",   "reviewed",  "published",  "piece.publish", ("review_by",),   "review"),
        ("confirm",   "published", "published",  "piece.review",  ("review_by",),   "review"),
        ("supersede", "published", "superseded", "piece.publish"),
        ("withdraw",  "draft",     "withdrawn",  "piece.publish"),
        ("withdraw",  "waiting",   "withdrawn",  "piece.publish"),
        ("withdraw",  "reviewed",  "withdrawn",  "piece.publish"),
        ("withdraw",  "published", "withdrawn",  "piece.publish"),
    ],
)  # fmt: skip
LATEST_REVIEW = 5 * 366  # days: what nobody looks at for longer is right for nobody
EVERY_SIX_MONTHS = 183  # days until somebody looks at a piece again, where its editor says nothing else

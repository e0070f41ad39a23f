"""The lawful steps of a consent, of a record that was opened in an emergency, and of two that may be one person's."""

from wholeperson.record.lifecycle import Lifecycle

CONSENT = Lifecycle(
    of="consent",
    begins="given",
    moves=[
        # verb     from     to         who may
        ("revoke", "given", "revoked", "consent.revoke"),
    ],
)

LIKENESS = Lifecycle(
    of="likeness",
    begins="open",
    moves=[
        # verb         from      to        who may
        ("tell_apart", "open",   "apart",  "member.register"),
        ("ask_again",  "apart",  "open",   "member.register"),
        ("join",       "open",   "joined", "member.register"),
        ("part",       "joined", "open",   "member.register"),
    ],
)  # fmt: skip

BREAK_GLASS = Lifecycle(
    of="break_glass",
    begins="to_review",
    moves=[
        # verb       from         to             who may               what it needs
        ("justify",  "to_review", "justified",   "break_glass.review"),
        ("question", "to_review", "questioned",  "break_glass.review", ("finding",)),
    ],
)  # fmt: skip

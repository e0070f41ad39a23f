"""The life of an application: from an interest to a place in the directory. That a link expired is no step."""

from wholeperson.record.lifecycle import Lifecycle

ANSWER, DECIDE = "application.answer", "application.decide"  # whoever holds the link, and the plan

APPLICATION = Lifecycle(
    of="provider_application",
    begins="draft",
    moves=[
        # verb             from         to           who may   what it needs          which clock it starts
        ("send",           "draft",     "interest",  ANSWER,   ("legal_name", "kind"), "screening"),
        ("lapse",          "draft",     "lapsed",    "application.lapse"),
        ("screen",         "interest",  "screened",  DECIDE,   (),                    "asking_for_papers"),
        ("ask",            "interest",  "asked",     DECIDE,   ("question",),         "answering"),
        ("answer",         "asked",     "interest",  ANSWER,   (),                    "screening"),
        ("request_papers", "screened",  "documents", DECIDE,   ("question",),         "handing_in"),
        ("hand_in",        "documents", "vetting",   ANSWER,   (),                    "vetting"),
        ("ask",            "vetting",   "documents", DECIDE,   ("question",),         "handing_in"),
        ("clear",          "vetting",   "contract",  DECIDE,   (),                    "contracting"),
        ("ask",            "contract",  "documents", DECIDE,   ("question",),         "handing_in"),
        ("sign",           "contract",  "ready",     DECIDE,   ("contract_from", "npi"), "listing"),
        ("list",           "ready",     "listed",    DECIDE,   ("npi", "organisation_id")),
        *(("decline",  before, "declined",  DECIDE, ("reason",))
          for before in ("interest", "asked", "screened", "documents", "vetting", "contract", "ready")),
        *(("withdraw", before, "withdrawn", ANSWER)
          for before in ("draft", "interest", "asked", "screened", "documents", "vetting", "contract", "ready")),
    ],
)  # fmt: skip

WRITABLE = ("draft", "asked", "documents")  # the applicant's turn: what is said may still be changed
OPEN = tuple(status for status in APPLICATION.statuses if status not in APPLICATION.ends)

KEEP = "directory.keep"  # of one's own organization, or of a plan's network; the actions see to whose

SERVICE = Lifecycle(
    of="offered_service",
    begins="listed",
    moves=[
        # verb     from      to        who may
        ("pause",  "listed", "paused", KEEP),
        ("resume", "paused", "listed", KEEP),
        ("end",    "listed", "ended",  KEEP),
        ("end",    "paused", "ended",  KEEP),
    ],
)  # fmt: skip

HOLD = Lifecycle(
    of="held_place",
    begins="held",
    moves=[
        # verb        from    to          who may
        ("take",      "held", "taken",    "place.hold"),
        ("let_go",    "held", "let_go",   "place.hold"),
    ],
)  # fmt: skip

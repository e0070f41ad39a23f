"""The life of a referral for one program, and of each time it is sent to an organization.

That somebody declines ends nothing: the referral goes back to whoever chooses, with all that was told. Lateness decides
nothing either: what nobody answered goes back in the same way, and a person looks at it.

Somebody who called while nobody could answer is called back: what they then ask for is a request like any other.
"""

from wholeperson.record.lifecycle import Lifecycle

ASK, SCREEN, SEND = "referral.ask", "referral.screen", "referral.send"
ANSWER, WORK, CLOSE, LAPSE = "referral.answer", "referral.work", "referral.close", "referral.lapse"
HOLD, WITHDRAW = "referral.hold", "referral.withdraw"
CALL = "call.take"  # who answers the telephone, and calls back

OPEN = ("received", "screened", "asked", "sent", "elsewhere", "accepted", "reaching", "started", "on_hold")
TURN = ("received", "screened", "on_hold", "elsewhere")  # when it is the turn of whoever handles it
WORKED_ON = ("accepted", "reaching", "started")
TAKEN = ("sent", *WORKED_ON)  # when it is the turn of whoever it was sent to
AWAY = ("asked", *TAKEN)  # when whoever handles it waits for others
CHOOSING, OUTREACH = "choosing", "first_outreach"

REFERRAL = Lifecycle(
    of="referral",
    begins="received",
    moves=[
        # verb            from         to           who may  what it needs      which clock it starts
        ("screen",         "received",  "screened",  SCREEN,  (),                CHOOSING),
        ("ask",            "received",  "asked",     SCREEN,  ("question",),     "telling"),
        ("ask",            "screened",  "asked",     SCREEN,  ("question",),     "telling"),
        ("tell",           "asked",     "received",  ASK,     (),                "screening"),
        ("go_on",          "asked",     "received",  LAPSE,   (),                "screening"),
        ("send",           "screened",  "sent",      SEND,    (),                "provider_answer"),
        ("send_elsewhere", "screened",  "elsewhere", SEND,    ("elsewhere",),    "elsewhere_answer"),
        ("return",         "elsewhere", "screened",  SEND,    (),                CHOOSING),
        ("accept",         "sent",      "accepted",  ANSWER,  ("provider_id",),  OUTREACH),
        ("decline",        "sent",      "screened",  ANSWER,  (),                CHOOSING),
        ("lapse",          "sent",      "screened",  LAPSE,   (),                CHOOSING),
        ("recall",         "sent",      "screened",  SEND,    (),                CHOOSING),
        ("give_back",      "accepted",  "screened",  WORK,    (),                CHOOSING),
        ("give_back",      "reaching",  "screened",  WORK,    (),                CHOOSING),
        ("reach",          "accepted",  "reaching",  WORK,    (),                "starting"),
        ("start",          "accepted",  "started",   WORK,    ("started_on",),   "closing"),
        ("start",          "reaching",  "started",   WORK,    ("started_on",),   "closing"),
        ("start",          "elsewhere", "started",   SEND,    ("started_on",),   "closing"),
        *(("hold",     before, "on_hold",   HOLD,     ("hold_reason",), "looking_again")
          for before in ("received", "screened", "accepted", "reaching")),
        ("resume",         "on_hold",   "screened",  HOLD,    (),                CHOOSING),
        ("resume_work",    "on_hold",   "accepted",  HOLD,    ("provider_id",),  OUTREACH),
        *(("close",    before, "closed",    CLOSE,    ("closure_reason", "closed_on")) for before in OPEN),
        *(("withdraw", before, "withdrawn", WITHDRAW, ("closed_on",)) for before in OPEN),
        *(("reopen",   before, "screened",  SCREEN,   ("reopen_reason",), CHOOSING)
          for before in ("closed", "withdrawn")),
    ],
)  # fmt: skip

SENDING = Lifecycle(
    of="referral_sending",
    begins="waiting",
    moves=[
        # verb        from        to            who may  what it needs
        ("accept",    "waiting",  "accepted",   ANSWER,  ("answered_by",)),
        ("decline",   "waiting",  "declined",   ANSWER,  ("answered_by", "reason")),
        ("lapse",     "waiting",  "lapsed",     LAPSE),
        ("recall",    "waiting",  "recalled",   "referral.recall"),
        ("give_back", "accepted", "given_back", WORK,    ("reason",)),
    ],
)  # fmt: skip
LIVE = ("waiting", "accepted")  # of a referral there is one such sending at most

CALLBACK = Lifecycle(
    of="callback",
    begins="waiting",
    moves=[
        # verb    from       to          who may  what it needs   which clock it starts
        ("try",   "waiting", "waiting",  CALL,    ("outcome",),   "calling_back"),
        ("ask",   "waiting", "asked",    CALL,    ("asking_id",)),
        ("close", "waiting", "closed",   CALL,    ("outcome",)),
    ],
)  # fmt: skip

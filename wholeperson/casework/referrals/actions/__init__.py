"""The only writes of this room."""

from wholeperson.casework.referrals.actions.asking import About, Asker, Wanted, ask
from wholeperson.casework.referrals.actions.halves import drop_half, forget_halves, keep_half
from wholeperson.casework.referrals.actions.links import keep_mailbox, make_link, prove, send_code
from wholeperson.casework.referrals.actions.more import add_paper, also, tell_more
from wholeperson.casework.referrals.actions.sending import (
    accept,
    decline,
    give_back,
    look_at_asking,
    pass_on_unanswered,
    recall,
    screen,
    send,
)
from wholeperson.casework.referrals.actions.working import (
    ask_for_missing,
    close,
    confirm,
    hear_from_elsewhere,
    hold,
    reach,
    reopen,
    resume,
    send_elsewhere,
    start,
    tell_missing,
    told_another_way,
    withdraw,
)

__all__ = [
    "About",
    "Asker",
    "Wanted",
    "accept",
    "add_paper",
    "also",
    "ask",
    "ask_for_missing",
    "close",
    "confirm",
    "decline",
    "drop_half",
    "forget_halves",
    "give_back",
    "hear_from_elsewhere",
    "hold",
    "keep_half",
    "keep_mailbox",
    "look_at_asking",
    "make_link",
    "pass_on_unanswered",
    "prove",
    "reach",
    "recall",
    "reopen",
    "resume",
    "screen",
    "send",
    "send_code",
    "send_elsewhere",
    "start",
    "tell_missing",
    "tell_more",
    "told_another_way",
    "withdraw",
]

"""The only writes to the ledger of files; what a file does to members it does through their own actions."""

from wholeperson.exchange.actions.loading import load
from wholeperson.exchange.actions.mending import is_being_marked, made_for, mark_later, marked
from wholeperson.exchange.actions.receiving import Came, receive
from wholeperson.exchange.actions.sending import accept_trial, correct, send, send_month
from wholeperson.exchange.actions.waiting import (
    LARGE_BYTES,
    check_again,
    is_large,
    is_long,
    load_later,
    receive_later,
    stop,
)

__all__ = [
    "LARGE_BYTES", "Came", "accept_trial", "check_again", "correct", "is_being_marked", "is_large", "is_long", "load",
    "load_later", "made_for", "mark_later", "marked", "receive", "receive_later", "send", "send_month", "stop",
]  # fmt: skip

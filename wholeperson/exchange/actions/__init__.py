"""The only writes to the ledger of files; what a file does to members it does through their own actions."""

from wholeperson.exchange.actions.loading import load
from wholeperson.exchange.actions.receiving import Came, receive
from wholeperson.exchange.actions.sending import accept_trial, correct, send, send_month
from wholeperson.exchange.actions.waiting import LARGE, LARGE_BYTES, load_later, receive_later, stop

__all__ = [
    "LARGE", "LARGE_BYTES", "Came", "accept_trial", "correct", "load", "load_later", "receive", "receive_later",
    "send", "send_month", "stop",
]  # fmt: skip

"""The only writes to the ledger of files; what a file does to members it does through their own actions."""

from wholeperson.exchange.actions.receiving import Came, load, receive
from wholeperson.exchange.actions.sending import accept_trial, correct, send, send_month

__all__ = ["Came", "accept_trial", "correct", "load", "receive", "send", "send_month"]

"""The only writes to the ledger of files; what a file does to members it does through their own actions."""

from wholeperson.exchange.actions.loading import load
from wholeperson.exchange.actions.receiving import Came, receive
from wholeperson.exchange.actions.sending import accept_trial, correct, send, send_month
from wholeperson.exchange.actions.waiting import LARGE, load_later, stop

__all__ = ["LARGE", "Came", "accept_trial", "correct", "load", "load_later", "receive", "send", "send_month", "stop"]

"""The only writes to authorizations."""

from wholeperson.casework.authorizations.actions.answering import answer, draw, end
from wholeperson.casework.authorizations.actions.recording import Decision, record

__all__ = ["Decision", "answer", "draw", "end", "record"]

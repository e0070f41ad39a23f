"""Somebody who is held in a facility, in finished words: when they leave, and what is missing before that."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Held:
    """A row of `queries.held` as its page shows it."""

    row: Any
    today: date

    @property
    def was_to_leave(self) -> bool:
        return self.row.leaves is not None and self.row.leaves < self.today

    @property
    def missing(self) -> list[str]:
        said = [
            (self.was_to_leave, _("Say whether they left")),
            (self.row.said_on is None, _("Nobody said when they leave")),
            (not self.row.is_asked, _("Nobody here asked for help yet")),
        ]
        return [words for missing, words in said if missing]

"""The table of lawful steps of a thing with a life: from it come the constraint, the buttons and the permissions.

REFERRAL = Lifecycle(of="referral", begins="received", moves=[
    # verb      from        to          who may             what it needs     which clock it starts
    ("screen",  "received", "screened", "referral.screen"),
    ("send",    "screened", "sent",     "referral.send",    ("provider",),    "provider_answer"),
])
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Row = (
    tuple[str, str, str, str]
    | tuple[str, str, str, str, tuple[str, ...]]
    | tuple[str, str, str, str, tuple[str, ...], str]
)


@dataclass(frozen=True)
class Move:
    """One lawful step. `needs` names fields that must be filled by then; `clock` is what its deadline is counted by."""

    verb: str
    source: str
    target: str
    permission: str
    needs: tuple[str, ...] = ()
    clock: str | None = None


class Lifecycle:
    """All lawful steps of one kind of thing."""

    def __init__(self, *, of: str, begins: str, moves: Iterable[Row]) -> None:
        self.of, self.begins = of, begins
        self.moves = tuple(Move(*row) for row in moves)
        self._refuse_mistakes()

    @property
    def statuses(self) -> tuple[str, ...]:
        """Every status, in the order in which the table first says it."""
        said = [self.begins, *(status for move in self.moves for status in (move.source, move.target))]
        return tuple(dict.fromkeys(said))

    @property
    def ends(self) -> tuple[str, ...]:
        """The statuses that nothing leads out of."""
        left = {move.source for move in self.moves}
        return tuple(status for status in self.statuses if status not in left)

    def moves_from(self, status: str) -> Iterator[Move]:
        return (move for move in self.moves if move.source == status)

    def find(self, verb: str, status: str) -> Move | None:
        """The step that this verb means in this status, if it is lawful there."""
        return next((move for move in self.moves_from(status) if move.verb == verb), None)

    def _refuse_mistakes(self) -> None:
        pairs = [(move.verb, move.source) for move in self.moves]
        twice = sorted({pair for pair in pairs if pairs.count(pair) > 1})
        if twice:
            raise ValueError(f"The lifecycle of {self.of} says twice what this verb does from there: {twice}")
        reached = {self.begins, *(move.target for move in self.moves)}
        never = [status for status in self.statuses if status not in reached]
        if never:
            raise ValueError(f"The lifecycle of {self.of} begins at {self.begins!r}, and nothing leads to {never}")

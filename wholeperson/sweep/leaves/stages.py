"""A stage of a run: one table, and the expression that makes it from those before it."""

from typing import NamedTuple

import ibis
from ibis.expr.types import Table


class Stage(NamedTuple):
    """One table and the expression that makes it."""

    name: str
    expression: Table

    @property
    def made(self) -> Table:
        """The table that the stage left."""
        return ibis.table(self.expression.schema(), name=self.name)

"""The same expressions as the SQL of each engine; and what none of them does unasked: a sum stays 64 bits wide."""

from typing import Final

import ibis
from ibis.backends.sql.compilers import DuckDBCompiler, PostgresCompiler, PySparkCompiler
from ibis.expr.types import Table
from sqlglot import exp

COMPILERS: Final = {"duckdb": DuckDBCompiler, "postgres": PostgresCompiler, "spark": PySparkCompiler}
AROUND = (exp.Window, exp.Filter)


# A named column is worked out where it is named: written into each place that reads it, it would be as often.
ibis.options.sql.fuse_selects = False


def sql_of(expression: Table, dialect: str) -> str:
    """The expression as one SELECT of the engine."""
    tree = COMPILERS[dialect]().to_sqlglot(expression).copy()  # equal parts are one object before: it has one parent
    for total in list(tree.find_all(exp.Sum)):
        _narrow(total)
    return str(tree.sql(dialect))


def _narrow(total: exp.Expression) -> None:
    """Engines widen a sum of whole numbers to what is slow to count with; ours always fit."""
    while isinstance(total.parent, AROUND) and total.arg_key == "this":
        total = total.parent
    if not isinstance(total.parent, exp.Cast):
        total.replace(exp.cast(total.copy(), "BIGINT"))

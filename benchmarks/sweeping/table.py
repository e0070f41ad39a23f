"""The table that is printed: what was measured, the first bar, the goal."""

from typing import NamedTuple


class Row(NamedTuple):
    """One line: the ratio's key, what it says, the first bar and the goal (both: no more than)."""

    key: str
    says: str
    bar: float
    goal: float


ROWS = (
    Row("members_short_of_a_million", "members fewer than a million", 0, 0),
    Row("fifteen_over_y", "fixed fifteen programmes ÷ Y", 3.5, 1.5),
    Row("policy_over_y", "whole policy ÷ Y", 10, 4),
    Row("command_over_y", "whole command, all its tables ÷ Y", 10, 4),
    Row("each_further_programme_over_y", "each further programme ÷ Y", 0.08, 0.02),
    Row("policy_over_f", "whole policy ÷ F", 25, 8),
    Row("import_over_read_raw", "import ÷ reading the raw columns", 12, 5),
    Row("sweep_over_cql", "fifteen ÷ cql-execution, a member", 1 / 400, 1 / 1000),
    Row("sweep_over_python", "fifteen ÷ plain Python, a member", 1 / 24, 1 / 60),
    Row("sweep_over_openfisca", "four rules ÷ OpenFisca, a member", 1 / 4, 1 / 10),
    Row("sweep_over_spark", "fifteen ÷ Spark local, a member", 1 / 10, 1 / 20),
    Row("cql_differences", "answers of cql-execution unlike ours", 0, 0),
    Row("python_differences", "answers of plain Python unlike ours", 0, 0),
    Row("openfisca_differences", "answers of OpenFisca unlike ours", 0, 0),
    Row("spark_differences", "answers of Spark unlike ours", 0, 0),
    Row("growth", "command, processor time a member, three times as many", 1.15, 1.05),
    Row("growth_import", "import, processor time a member, three times as many", 1.15, 1.05),
    Row("limited_peak_mb", "command under 500 MB: highest memory, MB", 700, 700),
    Row("limited_over_unlimited", "command under 500 MB ÷ without a limit", 2.5, 1.5),
    Row("limited_large_peak_mb", "three times as many, under 500 MB: highest, MB", 700, 700),
    Row("limited_large_over_unlimited", "three times as many, under 500 MB ÷ without", 2.5, 1.5),
    Row("changed_over_full", "one in a hundred changed ÷ all anew", 1 / 8, 1 / 20),
    Row("command_changed_over_full", "the same, with all the command's tables", 1 / 8, 1 / 20),
    Row("changed_differences", "answers of those two unlike each other", 0, 0),
    Row("one_person_over_json_dumps", "one person, every tree ÷ json.dumps of it", 2, 0.5),
    Row("explain_p99_ms", "explain one member of the run, p99, ms", 10, 3),
)  # fmt: skip


def bars() -> dict[str, float]:
    """The first bars."""
    return {row.key: row.bar for row in ROWS}


def told(figures: dict[str, float], ratios: dict[str, float]) -> str:
    """The table; a row that was not measured says so."""
    head = f"{'':<56}{'measured':>12}{'first bar':>12}{'goal':>10}"
    lines = [f"{int(figures['members']):,} members, {int(figures.get('lines', 0)):,} lines", head]
    for row in ROWS:
        value = ratios.get(row.key)
        measured = "not measured" if value is None else f"{value:.4g}"
        missed = "" if value is None or value <= row.bar else "  NOT MET"
        lines.append(f"{row.says:<56}{measured:>12}{row.bar:>12.4g}{row.goal:>10.4g}{missed}")
    return "\n".join(lines) + "\n"

"""What was said of each fact, as columns: where one spoke, that word; where several did, who is believed.

Nearly always one spoke. So the order of proof, the latest word and who says otherwise are looked up only of those
members and facts of whom more was said.
"""

from functools import reduce

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves.expressions import small, table, whether
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.stages import Stage
from wholeperson.sweep.store.schema import BEFORE


def believed(plan: Plan) -> list[Stage]:
    """Stages; the last are ``alone`` and ``settled``: of every member and fact that was spoken of (no, fact, state)."""
    heard = _heard(plan)
    counted = Stage("counted", _counted(heard))
    several = Stage("several", counted.made.filter(counted.made.words > 1).select("no", "fact"))
    disputed = Stage("disputed", _governed(plan, heard.semi_join(several.made, ["no", "fact"])))
    settled = Stage("settled", _settled(plan, disputed.made))
    return [counted, several, disputed, settled]


def spoken(stages: list[Stage]) -> Table:
    """All that was spoken of: no, fact, state."""
    counted, settled = stages[0].made, stages[-1].made
    return counted.filter(counted.words == 1).select("no", "fact", "state").union(settled)


def _counted(rows: Table) -> Table:
    """How many spoke of each, and the state where it was one."""
    return rows.group_by("no", "fact").agg(words=rows.count(), state=rows.alone.max())


def _settled(plan: Plan, rows: Table) -> Table:
    """Where several spoke: the state of the one believed, with those who say otherwise."""
    rows = _ranked(_last_words(rows))
    first = rows.place_in_line == 0
    differs = rows.value != rows.believed
    new_class = ibis.row_number().over(
        ibis.window(group_by=[rows.no, rows.fact, rows.klass, differs], order_by=rows.place_in_line)
    )
    another = differs & (new_class == 0) & (rows.klass != rows.believed_class)
    rows = rows.mutate(other=ibis.cases((another, rows.power), else_=0).cast("int64"))
    found = rows.group_by("no", "fact").agg(
        first=(ibis.cases((first, rows.klass.cast("int64") + 1), else_=0)).max(),
        others=rows.other.sum().cast("int64"),
        **{f"g{group}": whether((rows.grp == group) & ~differs).max() for group in range(1, plan.groups.count + 1)},
    )
    found = found.join(small("fact_codes"), "fact")
    groups: Value = reduce(lambda one, group: one + (1 << (group - 1)) * found[f"g{group}"],
                           range(1, plan.groups.count + 1), ibis.literal(0, "int64"))  # fmt: skip
    state = found["first"] + found.others * found.others_factor + groups * found.groups_factor
    return found.select("no", "fact", state=state.cast("int64"))


def _heard(plan: Plan) -> Table:
    """The statements that speak of the day, each with the state that it would be by itself."""
    today = plan.calendar.today
    rows = table("statements")
    rows = rows.filter((rows.begins.isnull() | (rows.begins <= today)) & (rows.ends.isnull() | (rows.ends >= today)))
    rows = rows.join(small("value_codes"), "value")
    rows = rows.mutate(source_no=ibis.coalesce(rows.source, -1).cast("int16"),
                       learnt_day=ibis.coalesce(rows.learnt, BEFORE),
                       begins_day=ibis.coalesce(rows.begins, BEFORE))  # fmt: skip
    ranks = small("said_by").rename(source_no="source", of_fact="fact")
    rows = rows.join(ranks, (rows.fact == ranks.of_fact, rows.source_no == ranks.source_no))
    return rows.select("no", "fact", "value", "klass", "power", "alphabet", "place", "governs", "grp", "source_no",
                       "learnt_day", "begins_day", alone=rows.klass + 1 + rows.shown)  # fmt: skip


def _governed(plan: Plan, rows: Table) -> Table:
    """Where the plan's own records govern, they alone."""
    if not any(plan.policy.facts[name].governed_by for name in plan.atoms.facts):
        return rows
    governed = rows.governs.max().over(ibis.window(group_by=[rows.no, rows.fact]))
    return rows.mutate(governed=governed).filter(lambda row: row.governs == row.governed)


def _last_words(rows: Table) -> Table:
    """Of one source the latest word counts."""
    late = ibis.window(
        group_by=[rows.no, rows.fact, rows.source_no],
        order_by=[rows.learnt_day.desc(), rows.begins_day.desc(), rows.alphabet.desc()],
    )
    return rows.mutate(older=ibis.row_number().over(late)).filter(lambda row: row.older == 0)


def _ranked(rows: Table) -> Table:
    """Of several sources the strongest is believed, then the latest learnt."""
    line = ibis.window(group_by=[rows.no, rows.fact], order_by=[rows.place, rows.learnt_day.desc(), rows.alphabet])
    return rows.mutate(
        place_in_line=ibis.row_number().over(line),
        believed=rows.value.first().over(line),
        believed_class=rows.klass.first().over(line),
    )

"""The pages of the layouts of plans' files: one for each kind of file, with every column and how sure of it we are."""

from collections.abc import Iterator

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import anchor, code
from wholeperson.formats.files.layout import OPTIONAL, Column, Layout, Layouts
from wholeperson.rules.language import cite

HEAD = (
    "What stands in each column of the files that plans and providers send each other. The State's own templates were "
    "not to be had: where a column, a list or a requirement is a guess it says *unconfirmed*, and a plan's own layout "
    "always goes before ours. [How to add or correct one](../add-a-layout.md) needs no code."
)
WAYS = {
    "plan_to_provider": "from the plan to the provider",
    "provider_to_plan": "from the provider to the plan",
    "own_list": "from a provider's own records",
}
COLUMNS = ("heading", "what it holds", "needed", "privacy", "how sure, and where it is written")


def layout_pages(layouts: Layouts) -> dict[str, str]:
    """Every page: where it lies below docs/, and its text."""
    generic = [each for each in layouts.values() if each.plan is None]
    pages = {f"layouts/{each.file}.md": _page(each, layouts) for each in generic}
    return pages | {"layouts/README.md": _index(generic, layouts)}


def _index(generic: list[Layout], layouts: Layouts) -> str:
    rows = [
        [f"[{each.name}]({each.file}.md)", WAYS[each.direction], each.one_row_for, ", ".join(_plans(each, layouts))]
        for each in generic
    ]
    return markdown.page(
        "Plans' files", HEAD, markdown.table(["file", "goes", "one row for", "plans with a layout of their own"], rows)
    )


def _plans(generic: Layout, layouts: Layouts) -> list[str]:
    return [each.plan_names[0] for each in layouts.values() if each.file == generic.file and each.plan]


def _page(generic: Layout, layouts: Layouts) -> str:
    dialects = [each for each in layouts.values() if each.like == generic.id]
    rhythm = f"; {generic.rhythm}" if generic.rhythm else ""
    layout = f"Layout {code(generic.id)}, version {generic.version}, written as {generic.kinds[0]}."
    about = [
        f"Goes {WAYS[generic.direction]}; one row for {generic.one_row_for}{rhythm}.",
        f"{layout} Sources: {_cites(generic.cites)}.",
    ]
    table = markdown.table(COLUMNS, map(_row, generic.columns))
    return markdown.page(
        generic.name, f"{generic.says}.", *about, table, *(_dialect(each, generic) for each in dialects)
    )


def _row(column: Column) -> list[str]:
    return [_heading(column), _holds(column), _needed(column), column.privacy, _sure(column)]


def _heading(column: Column) -> str:
    also = f" (or {', '.join(column.also)})" if column.also else ""
    return f"{column.head}{also}"


def _holds(column: Column) -> str:
    words = ", ".join(spelled[0] for spelled in column.values.values())
    form = f" {column.format}" if column.format else ""
    says = f". {column.says}" if column.says else ""
    return f"{column.type.replace('_', ' or ')}{form}{f': {words}' if words else ''}{says}"


def _needed(column: Column) -> str:
    if column.required == OPTIONAL:
        return ""
    when = f" when {code(column.when.key)} is {code(_spelled(column.when.value))}" if column.when else ""
    return f"{column.required}{when}"


def _spelled(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _sure(column: Column) -> str:
    less = ", ".join(f"{part}: {sure}" for part, sure in column.parts.items() if sure != column.confidence)
    told = f"{column.confidence} ({less})" if less else column.confidence
    return f"{told} · {_cites(column.cites)}" if column.cites else told


def _cites(cites: tuple[str, ...]) -> str:
    made = (cite(each) for each in cites)
    return (
        ", ".join(f"[{each.source}](../sources.md#{anchor(each.source)}) {each.where}".strip() for each in made)
        or "none"
    )


def _dialect(dialect: Layout, generic: Layout) -> str:
    before = {each.key: each for each in generic.columns}
    differ = [each for each in dialect.columns if each != before.get(each.key)]
    table = markdown.table(COLUMNS, map(_row, differ))
    return markdown.section(dialect.plan_names[0], *_about(dialect, generic), table)


def _about(dialect: Layout, generic: Layout) -> Iterator[str]:
    if dialect.caution:
        yield f"{dialect.caution}."
    rhythm = f" Comes {dialect.rhythm}." if dialect.rhythm and dialect.rhythm != generic.rhythm else ""
    yield f"Layout {code(dialect.id)}, written as {dialect.kinds[0]}.{rhythm} Sources: {_cites(dialect.cites)}."
    differ = [each for each in dialect.columns if each != generic.by_key.get(each.key)]
    yield "These columns differ:" if differ else "Its columns are the generic ones."

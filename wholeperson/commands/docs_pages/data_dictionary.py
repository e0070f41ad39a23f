"""The page of the tables of an import: every column, from the same table as the reader and the checks."""

from collections.abc import Iterator

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.allowed import Lists, lists_of
from wholeperson.sweep.input.columns import CODES, KINDS, TABLES, Column, Table

HABITS = (
    "A table is a Parquet file or a CSV file: UTF-8, a head, commas, an empty cell where nothing is known.",
    "A column's name is read without regard to case. What is not listed here is named in the report and not read; "
    "where it is spelt almost as a column that is missing, the report asks whether it is that one.",
    "A missing column that a table cannot do without refuses the whole import, before anything is written.",
    "A row with a wrong cell is set aside whole: `set_aside.parquet` in the store has file, row (the first below the "
    "head is 1), column, value, problem and what is allowed, a row for each wrong cell. Of every table read = kept + "
    "set aside.",
    "Rows that say the same are kept once and counted as duplicates. Of a claim that was sent again, taken back or "
    "replaced the last word stands; the others are counted as reversed.",
    "An import that was stopped goes on when the same command is given again.",
)
LONG = 12  # words of a list that stand in the table; longer lists are the policy's, named elsewhere
ELSEWHERE = {
    "facts": "a fact of [the list](facts/README.md), or another name of it",
    "events": "one of [the events](events.md)",
    "all_events": "one of [the events](events.md)",
    "counties": "a county of California, in small letters with _",
    "program": "what [the event](events.md) may have",
}


def data_dictionary_page(policy: Policy) -> str:
    """The page."""
    lists = lists_of(policy)
    return markdown.page(
        "The tables of an import",
        "`wholeperson sweep import IN --store S` reads these tables from the folder IN; only `members` must be there.",
        markdown.bullets(HABITS),
        *(_table(each, lists) for each in TABLES),
    )


def _table(table: Table, lists: Lists) -> str:
    rows = [[code(each.name), " ".join(_told(each)), _may_be(each, lists)] for each in table.columns]
    return markdown.section(code(table.name), table.says, markdown.table(["column", "what it holds", "may be"], rows))


def _told(column: Column) -> Iterator[str]:
    yield column.says
    if column.needed:
        yield "(needed in every row)"
    elif not column.optional:
        yield "(the column is needed)"
    if column.aliases:
        yield f"(or {', '.join(map(code, column.aliases))})"


def _may_be(column: Column, lists: Lists) -> str:
    if column.kind == "code":
        return CODES[column.of][1]
    if column.of in ELSEWHERE:
        return ELSEWHERE[column.of]
    words = lists.get(column.of, ())
    several = ", several with ; between" if column.kind == "words" else ""
    return f"{', '.join(map(code, words[:LONG]))}{several}" if words else KINDS[column.kind]

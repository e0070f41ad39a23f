"""A table that is cards on a phone stays a table for whoever hears it, and says its columns to whoever sees it."""

from pathlib import Path

from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

TABLE = """<c-rows stacked="yes" caption="Calls"><thead><tr><th scope="col">Who</th>
<th scope="col">When &amp; where</th><th scope="col"><span class="wp-heard">Do</span></th></tr></thead>
<tbody><tr><th scope="row">Rosa</th><td class="wide">Today</td><td><button>Call</button></td></tr>
<tr><th scope="row">Luis</th><td>"Never"</td><td></td></tr></tbody></c-rows>"""


def rows(template: str) -> str:
    return Template(CottonCompiler().process(template)).render(Context())


def test_each_cell_says_its_column_and_each_part_its_role() -> None:
    shown = rows(TABLE)
    assert '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Who</th>' in shown
    assert '<tr role="row"><th role="rowheader" scope="row">Luis</th>' in shown
    assert '<td role="cell" data-label="When &amp; where" class="wide">Today</td>' in shown


def test_a_head_that_is_only_heard_is_no_label() -> None:
    assert '<td role="cell"><button>Call</button></td>' in rows(TABLE)


def test_a_table_that_stays_a_table_is_left_as_it_is() -> None:
    assert "role=" not in rows(TABLE.replace('stacked="yes" ', "")).partition("<thead>")[2]


def test_no_template_says_by_hand_what_the_filter_says() -> None:
    """Each cell would have it twice."""
    pages = Path("wholeperson").rglob("*.html")
    assert [page.name for page in pages if "data-label=" in page.read_text() or 'role="cell"' in page.read_text()] == []

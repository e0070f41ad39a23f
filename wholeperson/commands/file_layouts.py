"""Reads the layouts of plans' files for a command, and says what is wrong with them as the policy's mistakes are said.

The documents are read by ``rules.reading`` as all policy is, and made into layouts by ``formats.files``, which knows no
folder: whoever opens files puts the two together, as here.
"""

from pathlib import Path

from wholeperson.formats.files.layout import Layouts
from wholeperson.formats.files.layout_lint import lint
from wholeperson.formats.files.layouts import build
from wholeperson.rules.problems import Problem, Refused
from wholeperson.rules.reading.layouts import FOLDER, LayoutDocuments, read_layout_documents
from wholeperson.rules.reading.yaml_lines import place


def read_layouts(extra: Path | None) -> Layouts:
    """Every layout. Refuses when one of them is wrong."""
    documents = read_layout_documents(extra)
    problems = layout_problems(documents)
    if problems:
        raise Refused(*problems)
    return build(documents.by_name, documents.grades)


def layout_findings(extra: Path | None) -> list[Problem]:
    """What is wrong with the layouts of a folder, be it that one is no YAML."""
    try:
        return layout_problems(read_layout_documents(extra))
    except Refused as refused:
        return list(refused.problems)


def layout_problems(documents: LayoutDocuments) -> list[Problem]:
    """What the lint of layouts finds, with the line it stands on."""
    return [
        Problem(
            each.code,
            each.problem,
            each.why,
            each.do,
            place(f"{FOLDER}/{each.document}.yaml", documents.lines.get(each.document, {}), each.path),
            each.allowed,
        )
        for each in lint(documents.by_name, documents.grades)
    ]

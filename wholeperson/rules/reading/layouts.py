"""The documents of the layouts of plans' files: where they lie, their text, and how good the sources they cite are.

They decide nothing, so they are not loaded with the policy. What a layout is, the room that reads files knows.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wholeperson.rules.reading.files import PACKAGED
from wholeperson.rules.reading.listed import mapping

if TYPE_CHECKING:
    from wholeperson.rules.reading.yaml_lines import Lines

FOLDER = "layouts"


class LayoutDocuments(NamedTuple):
    """Documents by name, the line of everything in them, and the grade of each source."""

    by_name: dict[str, Any]
    lines: "dict[str, Lines]"
    grades: dict[str, str]


def layout_folders(extra: Path | None) -> list[Path]:
    """The packaged policy's, then those of a folder laid over it; a whole policy brings all its own."""
    if extra is None:
        return [PACKAGED]
    return [extra] if (extra / "facts.yaml").is_file() and (extra / FOLDER).is_dir() else [PACKAGED, extra]


def read_layout_documents(extra: Path | None = None) -> LayoutDocuments:
    """Every layout's document; one in a later folder replaces the one of the same name. Refuses what is not YAML."""
    from wholeperson.rules.reading.yaml_lines import read_yaml_file

    made = LayoutDocuments({}, {}, {})
    for root in layout_folders(extra):
        for path in sorted((root / FOLDER).glob("*.yaml")):
            made.by_name[path.stem], made.lines[path.stem] = read_yaml_file(path, f"{FOLDER}/{path.name}")
        if (root / "sources.yaml").is_file():
            sources = mapping(mapping(read_yaml_file(root / "sources.yaml", "sources.yaml")[0]).get("sources"))
            made.grades.update({name: str(mapping(each).get("grade")) for name, each in sources.items()})
    return made

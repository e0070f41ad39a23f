"""``make docs``: writes the pages of docs/ that are made from the policy; ``--check`` names those that are stale."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wholeperson.commands.docs_pages.command_line import command_line_page
from wholeperson.commands.docs_pages.coverage import coverage_page
from wholeperson.commands.docs_pages.data_dictionary import data_dictionary_page
from wholeperson.commands.docs_pages.events import events_page
from wholeperson.commands.docs_pages.fact import fact_page, index_page
from wholeperson.commands.docs_pages.follow_ons import follow_ons_page
from wholeperson.commands.docs_pages.layout import layout_pages
from wholeperson.commands.docs_pages.markdown import MADE
from wholeperson.commands.docs_pages.plan import plan_page
from wholeperson.commands.docs_pages.programme import programme_page
from wholeperson.commands.docs_pages.questions import questions_page
from wholeperson.commands.docs_pages.sources import sources_page
from wholeperson.commands.file_layouts import read_layouts
from wholeperson.commands.main import Parser
from wholeperson.commands.output import ANSWERED, WRONG, guarded, print_text
from wholeperson.rules.proving.coverage import read_coverage
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import PACKAGED
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.standing import Uses


def pages(policy: Policy, coverage: dict[str, Any]) -> dict[str, str]:
    """Every made page: where it lies below docs/, and its text."""
    uses = Uses(policy)
    made = {f"programmes/{each.id}.md": programme_page(each, policy, uses) for each in policy.programmes.values()}
    made |= {f"facts/{each.name}.md": fact_page(each, policy, uses) for each in policy.facts.values()}
    made |= {f"plans/{name}.md": plan_page(each, policy) for name, each in policy.plans.items()}
    made |= layout_pages(read_layouts(None))
    return made | {
        "facts/README.md": index_page(policy, uses),
        "data-dictionary.md": data_dictionary_page(policy),
        "events.md": events_page(policy, uses),
        "follow_ons.md": follow_ons_page(policy),
        "questions.md": questions_page(policy, uses),
        "coverage.md": coverage_page(coverage),
        "sources.md": sources_page(policy),
        "cli.md": command_line_page(),
        **of_the_site(),
    }


def of_the_site() -> dict[str, str]:
    """The pages made from the tables of the web site, and their pictures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholeperson.site.settings_of_tests")  # nobody's secrets
    import django

    django.setup()
    from django.utils.translation import override

    from wholeperson.commands.docs_pages.kept import kept_page
    from wholeperson.commands.docs_pages.life import life_pages
    from wholeperson.commands.docs_pages.permissions import permissions_page

    with override("en"):
        return {**life_pages(), "permissions.md": permissions_page(), "kept.md": kept_page()}


def stale(made: dict[str, str], folder: Path) -> list[str]:
    """What of the folder is not what would be made: changed, missing, or made once and no longer."""
    changed = [name for name, text in made.items() if _read(folder / name) != text]
    return sorted([*changed, *left_over(made, folder)])


def left_over(made: dict[str, str], folder: Path) -> list[str]:
    """Pages that were made once and belong to nothing any more; pages by hand are left alone."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    return sorted(name for name in there - made.keys() if (_read(folder / name) or "").startswith(MADE))


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None


def write(made: dict[str, str], folder: Path) -> list[str]:
    """Bring the folder up to date; returns what changed."""
    changed = stale(made, folder)
    for name in changed:
        path = folder / name
        if name not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[name], "utf-8")
    return changed


def parser() -> argparse.ArgumentParser:
    """What docs takes."""
    made = Parser(prog="python -m wholeperson.commands.docs", description="Write the pages made from the policy.")
    made.add_argument("--out", metavar="DIR", default="docs", type=Path, help="the folder of the pages")
    made.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the pages that are stale")
    return made


def run(arguments: Sequence[str] | None = None) -> int:
    """Write or check."""
    options = parser().parse_args(arguments)
    made = pages(load_policy(), read_coverage(PACKAGED))
    if options.check:
        found = stale(made, options.out)
        print_text("\n".join([*(f"stale: {name}" for name in found), f"{len(made)} pages, {len(found)} stale"]))
        return WRONG if found else ANSWERED
    print_text(f"{len(made)} pages, {len(write(made, options.out))} changed")
    return ANSWERED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and end as every command does."""
    return guarded(lambda: run(arguments), as_json=False)


if __name__ == "__main__":
    sys.exit(main())

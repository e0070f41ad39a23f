"""The layouts of plans' files, read once for a process, and the word by which a layout knows a plan."""

from functools import cache

from wholeperson.access.models import Identifier, Organisation
from wholeperson.formats.files.layout import Layout, Layouts, for_plan
from wholeperson.formats.files.layouts import build
from wholeperson.rules.reading.files import folder_in_use
from wholeperson.rules.reading.layouts import read_layout_documents

LOADED = ("mif", "mif_release", "csasf")  # the kinds of files that become members, cases and authorizations
SUPPORTS = "csasf"
ASKING = "asking"  # a list of people for whom help is asked; from whoever may ask for many, not from a plan
OPENING = "opening"  # what a provider brings of its own when it begins here; only whoever does the work may say it


@cache
def layouts() -> Layouts:
    documents = read_layout_documents(folder_in_use())
    return build(documents.by_name, documents.grades)


def plan_word(plan: Organisation) -> str | None:
    """The plan's name in the policy."""
    row = Identifier.objects.filter(organisation=plan, system="plan", until=None).first()
    return row.value if row else None


def layout_of(file: str, plan: Organisation) -> Layout:
    """The plan's own layout of a kind of file, else the generic one."""
    return for_plan(layouts(), file, plan_word(plan))

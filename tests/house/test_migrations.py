"""The database is what the models say, made from empty."""

import pytest
from django.core.management import call_command

from tests.house.tree import PACKAGE, imports, parse, python_files, shown

ROOMS = (
    "record",
    "access",
    "members",
    "providers",
    "eligibility",
    "referrals",
    "authorizations",
    "care",
    "releases",
    "exchange",
    "shelf",
    "search",
)


@pytest.mark.django_db
def test_no_change_of_a_model_is_without_its_migration() -> None:
    """A model that is ahead of its migrations works on the machine of whoever wrote it, and nowhere else."""
    call_command("makemigrations", *ROOMS, check=True, dry_run=True, verbosity=0)


def test_a_migration_imports_no_models() -> None:
    """Models change later; a migration that uses them then does something else than on the day it was tried."""
    offenders = [
        f"{shown(path)}:{line} {name}"
        for path in python_files(PACKAGE)
        if path.parent.name == "migrations"
        for _, name, line in imports(parse(path))
        if ".models." in name and name.startswith("wholeperson.")
    ]
    assert not offenders, "\n".join(["Use apps.get_model in the migration:", *offenders])

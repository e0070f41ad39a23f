"""Opens the rooms with a database for a command, and says what is missing where that cannot be done."""

import argparse
import os

from wholeperson.commands import demo_house
from wholeperson.commands.options import folder
from wholeperson.commands.output import tell
from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where
from wholeperson.rules.reading.files import NAMED_IN, policy_folders

SETTINGS = "wholeperson.site.settings"


def open_rooms(options: argparse.Namespace) -> None:
    """Make Django ready, over the policy that was named. Refuses with what to install, or what to set."""
    if (named := folder(options)) is not None:
        policy_folders(named)  # refuses one that is not there, before any page would
        os.environ[NAMED_IN] = str(named)
    if demo_house.find_key():
        tell(f"no installation is named: this is the demo in {os.environ['DATABASE_URL']}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
    except ModuleNotFoundError as missing:
        raise Refused(_not_installed(missing.name or "django")) from None
    try:
        django.setup()
    except ModuleNotFoundError as missing:
        raise Refused(_not_installed(missing.name or "a library")) from None
    except ImproperlyConfigured as wrong:
        raise Refused(_not_set(str(wrong))) from None


def require_migrated() -> None:
    """Refuse a database that is not there, or older than this code, or newer."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as failed:
        raise Refused(_no_database(str(failed).splitlines()[0])) from None
    if behind:
        raise Refused(_behind(len(behind)))
    known = executor.loader.disk_migrations or {}
    ours = {label for label, _ in known}
    if ahead := [name for name in executor.loader.applied_migrations if name[0] in ours and name not in known]:
        raise Refused(_ahead(len(ahead)))


def _not_installed(name: str) -> Problem:
    return Problem(
        PART_IS_MISSING,
        f"the Python package {name} is not installed",
        "the web site and its worker are built on it",
        'install the part "site": `make setup` here, or `pip install "wholeperson[site]"`',
        Where("packages"),
    )


def _not_set(why: str) -> Problem:
    return Problem("not_set", why, "nothing was started", "set it and start again", Where("environment"))


def _no_database(why: str) -> Problem:
    return Problem(
        PART_IS_MISSING,
        f"the database does not answer: {why}",
        "everything is kept there",
        "start it, or say in DATABASE_URL where it is",
        Where("DATABASE_URL"),
    )


def _ahead(steps: int) -> Problem:
    return Problem(
        "database_ahead",
        f"the database is {steps} steps ahead of this version",
        "a later version has changed it, and this one would write what no longer fits",
        "start that version; or restore the backup that was made before it, see docs/run.md",
        Where("DATABASE_URL"),
    )


def _behind(steps: int) -> Problem:
    return Problem(
        "database_behind",
        f"the database is {steps} steps behind this version",
        "pages would ask for what is not there yet",
        "run `wholeperson migrate` first; it keeps what is there",
        Where("DATABASE_URL"),
    )

"""``wholeperson restore FILE``: make an installation from a backup, where there is none, and prove its audit trail."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from wholeperson.commands.backup import as_owner, backup_key, place
from wholeperson.commands.django_room import open_rooms
from wholeperson.commands.keeping import archive, sealed_file
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, WRONG, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where


def run(arguments: list[str]) -> int:
    """Restore, bring the database to this version, and prove the trail. Exit 1 where the trail does not hold."""
    options = parser().parse_args(arguments)
    asked_for = dict(os.environ)
    as_owner()
    open_rooms(options)
    key, here = backup_key(), place()
    file = Path(options.file)
    if not file.is_file():
        raise Refused(
            Problem("no_file", f"there is no file {file}", "nothing was restored", "name one", Where(str(file)))
        )
    archive.require_nothing_there(here)
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        work = Path(folder)
        with file.open("rb") as sealed:
            sealed_file.unseal(sealed, work / "plain", key)
        manifest = archive.unpack(work / "plain", here, work)
    _wholeperson(asked_for, "migrate")
    holds = _wholeperson(dict(os.environ), "verify", "audit")
    told = {"file": options.file, "made_at": manifest.made_at, "documents": manifest.documents, "audit_holds": holds}
    if options.json:
        print_json({"schema": "wholeperson/restore@1", **told})
    else:
        print_text("restored as of {made_at}: {documents} documents; the audit trail ".format(**told) + _words(holds))
    return ANSWERED if holds else WRONG


def _wholeperson(environment: dict[str, str], *command: str) -> bool:
    """Another command of ours, in a process that reads the restored database afresh."""
    program = [sys.executable, "-m", "wholeperson", *command]
    return not subprocess.run(program, env=environment, stdout=sys.stderr, check=False).returncode


def _words(holds: bool) -> str:
    return "holds" if holds else "does NOT hold: see `wholeperson verify audit`"


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson restore", description=__doc__)
    add_habits(made)
    made.add_argument("file", metavar="FILE", help="a file that `wholeperson backup` wrote")
    return made

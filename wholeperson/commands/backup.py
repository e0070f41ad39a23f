"""``wholeperson backup FILE``: database, heads of the audit trail and documents in one file that only its key opens."""

import os
import tempfile
from pathlib import Path

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.keeping import archive, sealed_file
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where

KEY = "WHOLEPERSON_BACKUP_KEY"


def run(arguments: list[str]) -> int:
    """Write the backup: whole, or not at all."""
    options = parser().parse_args(arguments)
    as_owner()
    open_rooms(options)
    key = backup_key()
    require_migrated()
    target = Path(options.file).absolute()
    if target.exists():
        raise Refused(_exists(options.file))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        work = Path(folder)
        manifest = archive.pack(place(), work / "plain", work, at=clock.now())
        with (work / "sealed").open("wb") as made:
            sealed_file.seal(work / "plain", made, key)
            made.flush()
            os.fsync(made.fileno())
        os.chmod(work / "sealed", 0o600)
        os.replace(work / "sealed", target)
    told = {"file": options.file, "bytes": target.stat().st_size, "documents": manifest.documents}
    if options.json:
        print_json({"schema": "wholeperson/backup@1", **told, "last_block": manifest.last_block})
    else:
        print_text("{file}: {bytes} bytes, {documents} documents".format(**told))
    return ANSWERED


def as_owner() -> None:
    """Rows that are walled off are seen by the owner of the tables alone; see docs/run.md."""
    if owner := os.environ.get("WHOLEPERSON_OWNER_URL"):
        os.environ["DATABASE_URL"] = owner


def backup_key() -> str:
    """What the file is encrypted with. Its own, so that who keeps backups needs no other secret."""
    key = os.environ.get(KEY, "")
    if len(key) < 32:
        raise Refused(
            Problem(
                "not_set", f"{KEY} must be set to at least 32 characters that nobody can guess",
                "a backup holds everybody's data, and is kept where the installation is not",
                'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))", and keep it twice',
                Where(KEY),
            )
        )  # fmt: skip
    return key


def place() -> archive.Place:
    """This installation."""
    from django.conf import settings

    kept = settings.DATABASES["default"]
    return archive.Place(kept, Path(settings.WHOLEPERSON_HEADS), Path(settings.WHOLEPERSON_DOCUMENTS))


def _exists(file: str) -> Problem:
    return Problem(
        "exists", f"{file} exists", "a backup is never written over another", "name another file", Where(file)
    )


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson backup", description=__doc__)
    add_habits(made)
    made.add_argument("file", metavar="FILE", help="where to write it; a file that is not there yet")
    return made

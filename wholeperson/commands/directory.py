"""``wholeperson directory export|import FILE``: the directory of providers as HSDS 3.0, JSON or tables in a zip."""

from pathlib import Path
from typing import Any

from wholeperson import clock
from wholeperson.commands.backup import as_owner
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, WRONG, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where

SHOWN = 40


def run(arguments: list[str]) -> int:
    """Write the directory into a file, or take in what stands in one."""
    options = parser().parse_args(arguments)
    as_owner()
    open_rooms(options)
    require_migrated()
    done = _export(options.file) if options.verb == "export" else _import(options.file)
    if options.json:
        print_json({"schema": "wholeperson/directory@1", "file": options.file, **done})
    else:
        print_text(_told(done))
    return WRONG if done.get("set_aside") else ANSWERED


def _export(name: str) -> dict[str, Any]:
    from wholeperson.exchange.hsds import every_service
    from wholeperson.formats.hsds import tabular, whole

    if Path(name).exists():
        raise Refused(Problem("exists", f"{name} exists", "nothing is written over", "name another file", Where(name)))
    told = every_service(at=clock.now())
    content = tabular.write(told) if name.endswith(".zip") else whole.write(told)
    Path(name).write_bytes(content)
    return {"services": len(told)}


def _import(name: str) -> dict[str, Any]:
    from wholeperson.exchange.hsds.taking_in import take_in

    report = take_in(_services(name), at=clock.now())
    aside = [{"service": service, "problem": problem} for service, problem in report.aside]
    notes = [{"service": service, "problem": problem} for service, problem in report.notes]
    return {"read": report.read, "kept": report.kept, "set_aside": aside, "notes": notes}


def _services(name: str) -> list[Any]:
    from wholeperson.formats.hsds import tabular, whole

    try:
        content = Path(name).read_bytes()
    except OSError as failed:
        reason = failed.strerror or "it cannot be opened"
        raise Refused(
            Problem("no_file", f"there is nothing to read: {reason}", "a directory is read from a file",
                    "name one that is there", Where(name))
        ) from None  # fmt: skip
    try:
        return tabular.read(content) if content[:2] == b"PK" else whole.read(content)
    except (whole.NotJson, tabular.NotTables) as wrong:
        raise Refused(
            Problem("not_hsds", str(wrong), "only HSDS 3.0 can be read",
                    "send JSON with a list of services, or a zip of its tables", Where(name))
        ) from None  # fmt: skip


def _told(done: dict[str, Any]) -> str:
    if "services" in done:
        return f"{done['services']} services"
    lines = [f"{done['kept']} of {done['read']} services are kept"]
    lines += [f"set aside: {row['service']}: {row['problem']}" for row in done["set_aside"][:SHOWN]]
    return "\n".join([*lines, *(f"note: {row['service']}: {row['problem']}" for row in done["notes"][:SHOWN])])


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson directory", description=__doc__)
    add_habits(made)
    made.add_argument("verb", choices=["export", "import"])
    made.add_argument("file", metavar="FILE", help="a name that ends in .zip is tables, any other JSON")
    return made

"""``wholeperson policy``: read, check and compare the policy."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wholeperson.commands import check, inputs
from wholeperson.commands.main import Parser
from wholeperson.commands.options import named_folder
from wholeperson.commands.output import ANSWERED, WRONG, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.listed import FORTHCOMING
from wholeperson.rules.words import Words


def run(arguments: list[str]) -> int:
    """Hand over to one of the sub-commands."""
    options = parser().parse_args(arguments)
    return int(_RUNS[options.what](options))


def parser() -> argparse.ArgumentParser:
    """What policy takes."""
    made = Parser(prog="wholeperson policy", description="Read, check and compare the policy.", allow_abbrev=False)
    kinds = made.add_subparsers(dest="what", required=True, metavar="COMMAND", parser_class=Parser)
    for name, (what, arguments) in _TAKES.items():
        one = kinds.add_parser(name, help=what, description=what, allow_abbrev=False)
        for flags, settings in arguments:
            one.add_argument(*flags, **settings)
        check.add_habits(one, explains=name in IN_WORDS)
    return made


IN_WORDS = ("list", "show", "facts")  # the others tell of our files, not of the programme

_TAKES: dict[str, tuple[str, list[tuple[tuple[str, ...], dict[str, Any]]]]] = {
    "list": ("every programme with its version", []),
    "show": ("one programme, whole", [(("id",), {"metavar": "ID"})]),
    "facts": ("every fact: how it is asked, who proves it, who may read it", []),
    "events": ("every event and spell with its attributes", []),
    "diff": ("what changed between two days", [(("first",), {"metavar": "DAY"}), (("second",), {"metavar": "DAY"})]),
    "lint": ("look for mistakes; exit 1 when there are any", [(("folder",), {"nargs": "?", "metavar": "DIR"})]),
    "coverage": ("where each line of the sources is encoded, or why not", []),
    "questions": ("the open questions, with the default we use", []),
    "deviations": ("wording a plan prints that is narrower than the State's", []),
    "mutate": (
        "change every leaf; fail for every change that no case notices",
        [
            (("--cases",), {"metavar": "DIR", "default": "tests/policy/cases"}),
            (("--survivors",), {"metavar": "FILE", "default": "tests/policy/survivors.yaml"}),
        ],
    ),
}


def _show(document: dict[str, Any], lines: list[str], options: argparse.Namespace) -> int:
    if options.json:
        print_json(document)
    else:
        print_text("\n".join(lines) or "none")
    return ANSWERED


def _list(options: argparse.Namespace) -> int:
    policy = load_policy(check.folder(options))
    words = Words(policy, options.lang)
    rows: list[dict[str, Any]] = [
        {
            "id": each.id,
            "name": words.name(each.id, each.name),
            "kind": each.kind,
            "from": each.begins.isoformat(),
            "to": each.ends.isoformat() if each.ends else None,
            "authority_until": _iso(each.authority_until),
            "leaves": sum(1 for node in each.nodes if not node.children),
            "version": policy.versions[each.id],
        }
        for each in policy.programmes.values()
    ]
    lines = [f"{row['id']:<32} {row['version'][:12]}  {row['name']}" for row in rows]
    return _show(
        {"schema": "wholeperson/policy-list@1", "policy_version": policy.version, "programmes": rows}, lines, options
    )


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _show_one(options: argparse.Namespace) -> int:
    from wholeperson.commands.telling import tell_programme

    policy = load_policy(check.folder(options))
    check.one_of(options.id, policy.programmes, "programme")
    programme = policy.programmes[options.id]
    document = {
        "schema": "wholeperson/policy-show@1",
        "id": programme.id,
        "version": policy.versions[programme.id],
        "programme": programme.data,
    }
    return _show(document, tell_programme(programme, Words(policy, options.lang)), options)


def _facts(options: argparse.Namespace) -> int:
    policy = load_policy(check.folder(options))
    words = Words(policy, options.lang)
    uses = _uses(policy)
    rows: list[dict[str, Any]] = [
        {
            "fact": each.name,
            "type": each.type,
            "values": list(each.values),
            "ask": words.ask(each.name),
            "proof": list(each.proof),
            "absence": {"no_when_complete": list(each.no_when_complete)} if each.no_when_complete else "not_known",
            "privacy": each.privacy,
            "aliases": list(each.aliases),
            "programmes": uses.get(("fact", each.name), []),
        }
        for each in policy.facts.values()
    ]
    lines = [f"{row['fact']:<60} {row['type']:<5} {row['ask']}" for row in rows]
    return _show({"schema": "wholeperson/policy-facts@1", "facts": rows}, lines, options)


def _uses(policy: Policy) -> dict[tuple[str, str], list[str]]:
    """Which programmes use which fact and event."""
    found: dict[tuple[str, str], list[str]] = {}
    for programme in policy.programmes.values():
        for node in (*programme.nodes, *(node for _, _, node in programme.conditions)):
            names = [("fact", each) for each in (node.attested, node.args.get("fact")) if each]
            names += [("event", node.args[op]) for op in ("count", "days", "during", "ended") if node.op == op]
            names += [("event", node.op)] if node.op in ("enrolled_in", "authorized_for") else []
            names += [("fact", "birth_date")] if node.op == "age" else []
            for name in names:
                if programme.id not in found.setdefault(name, []):
                    found[name].append(programme.id)
    return found


def _events(options: argparse.Namespace) -> int:
    policy = load_policy(check.folder(options))
    uses = _uses(policy)
    rows: list[dict[str, Any]] = [
        {
            "event": each.name,
            "kind": each.kind,
            "sources": list(each.sources),
            "programmes": uses.get(("event", each.name), []),
            "attributes": [
                {"name": name, "type": kind, "values": _values(kind, policy)} for name, kind in each.attributes.items()
            ],
        }
        for each in policy.events.values()
        if each.kind != "derived"
    ]
    lines = [
        f"{row['event']:<28} {row['kind']:<6} {', '.join(each['name'] for each in row['attributes'])}" for row in rows
    ]
    return _show({"schema": "wholeperson/policy-events@1", "events": rows}, lines, options)


def _values(kind: str, policy: Policy) -> list[Any]:
    """What an attribute of this kind may be; nothing where anything of its type may stand."""
    if kind == "programme":
        return list(dict.fromkeys((*policy.programmes, *FORTHCOMING)))
    return list(policy.attribute_types.get(kind, ()))


def _diff(options: argparse.Namespace) -> int:
    from wholeperson.rules.proving.changes import changes

    policy = load_policy(check.folder(options))
    first, second = inputs.day(options.first, "first day"), inputs.day(options.second, "second day")
    rows = changes(policy, first, second)
    lines = [
        f"{row['programme']:<32} {row['change']:<6} {row['id'] or ''}: {row['says'] or 'a group of criteria'}"
        for row in rows
    ]
    return _show(
        {"schema": "wholeperson/policy-diff@1", "from": first.isoformat(), "to": second.isoformat(), "changes": rows},
        lines,
        options,
    )


def _lint(options: argparse.Namespace) -> int:
    from wholeperson.commands.file_layouts import layout_findings
    from wholeperson.rules.proving.lint import lint
    from wholeperson.rules.reading.files import policy_folders

    named = check.folder(options) if options.folder is None else named_folder(options.folder, "DIR")
    policy_folders(named)  # a folder that is not there is no finding: it is refused
    findings, notes = lint(named)
    findings = findings or layout_findings(named)  # they cite the sources, which must be readable for that
    lines = [str(each) for each in findings] + [f"note: {each.where}: {each.problem}" for each in notes]
    lines.append(f"{len(findings)} findings, {len(notes)} notes")
    _show(
        {
            "schema": "wholeperson/policy-lint@1",
            "findings": [_ladder(each) for each in findings],
            "notes": [_ladder(each) for each in notes],
        },
        lines,
        options,
    )
    return WRONG if findings else ANSWERED


def _ladder(problem: Problem) -> dict[str, Any]:
    return problem.as_json()


def _coverage(options: argparse.Namespace) -> int:
    from wholeperson.rules.proving.coverage import counted, read_coverage
    from wholeperson.rules.reading.files import policy_folders

    # A folder of plans laid over the packaged policy brings no list of its own; then the packaged one stands.
    found = [read_coverage(folder) for folder in reversed(policy_folders(check.folder(options)))]
    rows = counted(next((document for document in found if document), {}))
    lines = [
        f"{row['document']:<28} {row['encoded']} encoded, {row['not_encoded']} left out with a reason" for row in rows
    ]
    return _show({"schema": "wholeperson/policy-coverage@1", "documents": rows}, lines, options)


def _questions(options: argparse.Namespace) -> int:
    policy = load_policy(check.folder(options))
    rows: list[dict[str, Any]] = [
        {
            "id": name,
            **{
                key: data.get(key)
                for key in ("question", "default", "readings", "mark", "sheet", "cites", "settled_by")
            },
        }
        for name, data in policy.parameters.items()
    ]
    lines = [line for row in rows for line in _question(row)]
    return _show({"schema": "wholeperson/policy-questions@1", "questions": rows}, lines, options)


def _question(row: dict[str, Any]) -> list[str]:
    others = ", ".join(str(each) for each in row["readings"] if each != row["default"])
    return [
        f"{row['id']}: {row['question']}",
        f"    we use {row['default']}; it could also be {others or 'nothing else'}",
        f"    settled by {row['settled_by']}",
    ]


def _deviations(options: argparse.Namespace) -> int:
    from wholeperson.rules.reading.pages import deviations

    rows = list(deviations(load_policy(check.folder(options)).plans))
    lines = [line for row in rows for line in _deviation(row)]
    lines.append(f"{len(rows)} printed narrower than the State's; they decide nothing")
    return _show({"schema": "wholeperson/policy-deviations@1", "deviations": rows}, lines, options)


def _deviation(row: dict[str, Any]) -> list[str]:
    return [
        f"{row['plan']}  {row['programme']}  ({row['where']})",
        f"    prints: {row['says']}",
        f"    the State: {row['state']}",
    ]


def _mutate(options: argparse.Namespace) -> int:
    from wholeperson.rules.proving.mutate import excused, survivors

    if not any(Path(options.cases).rglob("*.yaml")):
        raise Refused(_no_cases(options.cases))
    tried, left = survivors(load_policy(check.folder(options)), Path(options.cases))
    known = excused(Path(options.survivors))
    new = [str(each) for each in left if str(each) not in known]
    dead = sorted(known.keys() - {str(each) for each in left})
    lines = [
        *(f"nobody noticed {each}" for each in new),
        *(f"no longer survives: {each}" for each in dead),
        f"{tried} changes, {tried - len(left)} noticed, {len(left) - len(new)} excused, {len(new)} not noticed",
    ]
    _show(
        {
            "schema": "wholeperson/policy-mutate@1",
            "tried": tried,
            "noticed": tried - len(left),
            "survivors": new,
            "excused": [{"mutant": str(each), "reason": known[str(each)]} for each in left if str(each) in known],
            "stale_excuses": dead,
        },
        lines,
        options,
    )
    return WRONG if new or dead else ANSWERED


def _no_cases(folder: str) -> Problem:
    return Problem(
        "no_cases",
        "there are no cases in this folder",
        "without cases no change could be noticed",
        "name a folder of cases with --cases",
        Where(folder),
    )


_RUNS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "show": _show_one,
    "facts": _facts,
    "events": _events,
    "diff": _diff,
    "lint": _lint,
    "coverage": _coverage,
    "questions": _questions,
    "deviations": _deviations,
    "mutate": _mutate,
}

"""``wholeperson check``: one person, every programme: yes, no or not known yet; why; what to ask next."""

import argparse
import os
from pathlib import Path
from typing import Any

from wholeperson.commands import clock, inputs
from wholeperson.commands.main import Parser
from wholeperson.commands.output import ANSWERED, coloured, print_json, print_text
from wholeperson.rules.case import Case
from wholeperson.rules.explain import AUDIENCES, check
from wholeperson.rules.problems import Problem, Refused, Where, nearest
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import LANGUAGES, Words


def run(arguments: list[str]) -> int:
    """Decide and tell."""
    options = parser().parse_args(arguments)
    policy = load_policy(folder(options), plan=options.plan)
    words = Words(policy, options.lang)
    case, not_mapped = case_of(options, policy)
    report = check(case, chosen(options.programme, policy), words, audience=options.audience)
    report["not_mapped"] = not_mapped
    if options.json:
        print_json(report)
    else:
        from wholeperson.commands.telling import tell_check

        print_text(tell_check(report, words, colour=coloured()))
    return ANSWERED


def parser() -> argparse.ArgumentParser:
    """What check takes."""
    made = Parser(prog="wholeperson check", description="Decide about one person, and say why.", allow_abbrev=False)
    made.add_argument("person", help="a person file (JSON or YAML), a FHIR R4 Bundle, or - for stdin")
    add_question(made)
    made.add_argument("--programme", action="append", metavar="ID", help="only this programme (may be given again)")
    made.add_argument(
        "--audience", choices=sorted(AUDIENCES), default="care", help="who will read it: others see no private reasons"
    )
    return made


def add_question(made: argparse.ArgumentParser) -> None:
    """The options that check and ask share."""
    made.add_argument("--on", metavar="DAY", help="the day asked about (today when left out)")
    made.add_argument("--known-at", metavar="DAY", help="only what was known by that day")
    made.add_argument("--plan", metavar="PLAN", help="the plan asked (the person's own when left out)")
    made.add_argument("--county", metavar="COUNTY", help="the county asked about")
    add_habits(made)


def add_habits(made: argparse.ArgumentParser) -> None:
    """The options of every command."""
    made.add_argument("--json", action="store_true", help="one JSON document on stdout")
    made.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the explanation")
    made.add_argument("--policy", metavar="DIR", help="a policy folder to use, or plans to lay over ours")


def folder(options: argparse.Namespace) -> Path | None:
    """The policy folder named by option or environment."""
    named = options.policy or os.environ.get("WHOLEPERSON_POLICY")
    return Path(named) if named else None


def case_of(options: argparse.Namespace, policy: Policy) -> tuple[Case, list[dict[str, str]]]:
    """The question put to the policy."""
    on = inputs.day(options.on, "--on") if options.on else clock.today()
    known_at = inputs.day(options.known_at[:10], "--known-at") if options.known_at else None
    one_of(options.plan, policy.plans, "plan")
    one_of(options.county, policy.counties, "county")
    given = inputs.read_given(options.person, policy, on)
    return Case(
        policy, given.person, on=on, known_at=known_at, plan=options.plan, county=options.county
    ), given.not_mapped


def chosen(named: list[str] | None, policy: Policy) -> list[str]:
    """The programmes asked about, or all."""
    for each in named or ():
        one_of(each, policy.programmes, "programme")
    return named or list(policy.programmes)


def one_of(value: Any, known: Any, option: str) -> None:
    """Refuse a name we do not know."""
    if value is not None and value not in known:
        raise Refused(
            Problem(
                f"unknown_{option}",
                f"{str(value)[:60]} is not a {option} we know",
                "an answer about something else would mislead",
                f"use a known {option}",
                Where(f"--{option}"),
                nearest(str(value), known),
            )
        )

"""``wholeperson check``: one person, every programme: yes, no or not known yet; why; what to ask next."""

import argparse

from wholeperson import clock
from wholeperson.commands import inputs
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, folder, one_of
from wholeperson.commands.output import ANSWERED, coloured, print_json, print_text, tell
from wholeperson.rules.case import Case
from wholeperson.rules.explain import AUDIENCES, check, name_is_a_reason
from wholeperson.rules.person import Person
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import OTHER_PLAN
from wholeperson.rules.words import Words

NOBODY = Person("person", None, None, (), None, (), (), (), ())  # of whom nothing is known


def run(arguments: list[str]) -> int:
    """Decide and tell."""
    options = parser().parse_args(arguments)
    policy = load_policy(folder(options), plan=options.plan, language=options.lang)
    words = Words(policy, options.lang)
    case, not_mapped = case_of(options, policy)
    report = check(case, chosen(options.programme, policy, options.audience), words, audience=options.audience)
    report["not_mapped"] = not_mapped
    if options.json:
        print_json(report)
    else:
        from wholeperson.commands.telling import tell_check

        print_text(tell_check(report, words, colour=coloured(), full=options.full))
        if not_mapped:
            tell(f"{len(not_mapped)} kinds of entry in the bundle were not used; --json lists each with its reason")
    return ANSWERED


def parser() -> argparse.ArgumentParser:
    """What check takes."""
    made = Parser(prog="wholeperson check", description="Decide about one person, and say why.", allow_abbrev=False)
    made.add_argument("person", help="a person file (JSON or YAML), a FHIR R4 Bundle, or - for stdin")
    add_question(made)
    made.add_argument(
        "--programme", "--program", action="append", metavar="ID", help="only this programme (may be given again)"
    )
    made.add_argument("--full", action="store_true", help="show every criterion, not only those that decide")
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
    add_habits(made, explains=True)


def case_of(options: argparse.Namespace, policy: Policy) -> tuple[Case, list[dict[str, str]]]:
    """The question put to the policy."""
    on = inputs.day(options.on, "--on") if options.on is not None else clock.today()
    known_at = inputs.day_or_moment(options.known_at, "--known-at") if options.known_at is not None else None
    one_of(options.plan, [*policy.plans, OTHER_PLAN], "plan")
    one_of(options.county, policy.counties, "county")
    given = inputs.read_given(options.person, policy, on) if options.person is not None else inputs.Given(NOBODY, [])
    return Case(
        policy, given.person, on=on, known_at=known_at, plan=options.plan, county=options.county
    ), given.not_mapped


def chosen(named: list[str] | None, policy: Policy, audience: str = "care") -> list[str]:
    """The programmes asked about, or all; a population names a health reason, so others see the benefit alone."""
    for each in named or ():
        one_of(each, policy.programmes, "programme")
    if named:
        return list(dict.fromkeys(named))
    everything = policy.programmes.values()
    return [each.id for each in everything if audience != "others" or not name_is_a_reason(each)]


# Other commands ask the same way.
__all__ = ["add_habits", "add_question", "case_of", "chosen", "folder", "one_of", "parser", "run"]

"""``wholeperson due``: when something must be done by, which rule says so, and which days did not count."""

import argparse
from typing import Any

from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, folder, one_of
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.clocks import (
    Candidate,
    Clock,
    Due,
    Given,
    Moment,
    Pause,
    due,
    read_clock,
    read_holidays,
    read_moment,
    set_for,
    spoken,
)
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.listed import Listed
from wholeperson.rules.reading.person_json import OTHER_PLAN
from wholeperson.rules.words import Words

CLOCKS = """
clocks:
  a plan decides     decision_standard decision_expedited decision_eaa
  after a yes        ecm_assignment streamlined_window cs_outreach
  after a no         appeal_filing appeal_resolution hearing_request notice_before_end
  paying             claim_clean_30 claim_clean_90
  leaving custody    ji_window caa_before caa_after

T is a day (2026-12-05) or an instant (2026-12-05T10:15-08:00); without an offset it is California's time. A clock of
hours needs an instant. --received is the date on the notice for appeal_filing, that of the plan's answer for
hearing_request, the day on which the service ends for notice_before_end, and the day of release for ji_window,
caa_before and caa_after.
"""


def run(arguments: list[str]) -> int:
    """Count and tell."""
    options = parser().parse_args(arguments)
    policy = load_policy(folder(options), plan=options.plan, decides=False)
    one_of(options.plan, [*policy.plans, OTHER_PLAN], "plan")
    one_of(options.programme, Listed(policy.documents).authorizable, "programme")
    clock = read_clock(options.clock, _document(policy, "clocks"), policy.parameters, policy.grades)
    holidays = read_holidays(_document(policy, "holidays"))
    rules = set_for(clock, options.programme)
    found = due(clock, rules, given(options), holidays=holidays, cutoff_hour=cutoff_hour(policy, options.plan))
    words = Words(policy, options.lang)
    report = _Telling(policy, words).report(clock, found, options)
    if options.json:
        print_json(report)
    else:
        print_text(_text(report, words))
    return ANSWERED


def parser() -> argparse.ArgumentParser:
    """What due takes."""
    made = Parser(
        prog="wholeperson due",
        description="When something must be done by, and which rule says so.",
        epilog=CLOCKS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("clock", metavar="CLOCK", help="which clock; see below")
    made.add_argument(
        "--programme", "--program", metavar="ID", help="what was asked for (Community Supports where it matters)"
    )
    made.add_argument("--received", metavar="T", required=True, help="from when it counts: the first arrival anywhere")
    made.add_argument("--complete", metavar="T", help="when the last needed paper came")
    made.add_argument("--extended", metavar="T", help="when a written notice of deferral was sent")
    made.add_argument("--paused", metavar="A/B", action="append", default=[], help="a wait that stops the clock")
    made.add_argument("--expedited", action="store_true", help="an appeal that cannot wait")
    made.add_argument("--plan", metavar="PLAN", help="the plan whose own hours and readings count")
    add_habits(made, explains=True)
    return made


def given(options: argparse.Namespace) -> Given:
    """The case as it was told."""
    return Given(
        read_moment(options.received, "--received"),
        _moment(options.complete, "--complete"),
        _moment(options.extended, "--extended"),
        tuple(_pause(each) for each in options.paused),
        options.expedited,
    )


def cutoff_hour(policy: Policy, plan: str | None) -> int | None:
    """The hour after which a plan counts what arrives for the next day; none unless its overlay has one."""
    hour: int | None = (policy.plans.get(plan or "", {}).get("clocks") or {}).get("cutoff_hour")
    return hour


def _moment(text: str | None, option: str) -> Moment | None:
    return None if text is None else read_moment(text, option)


def _pause(text: str) -> Pause:
    first, _, last = text.partition("/")
    if not first or not last.strip("."):
        raise Refused(
            Problem(
                "not_a_pause",
                f"{text[:60]} is not a pause from one moment to another",
                "while a clock stands still nobody knows when it will be due",
                "write A/B; for a pause that goes on, the day up to which you want to count it",
                Where("--paused"),
                ("2026-02-01/2026-02-15",),
            )
        )
    return Pause(read_moment(first, "--paused"), read_moment(last, "--paused"))


def _document(policy: Policy, name: str) -> dict[str, Any]:
    found: dict[str, Any] | None = policy.documents.by_name.get(name)
    if found is None:
        problem, why = f"this policy has no {name}.yaml", "without it nothing can be counted"
        raise Refused(Problem("missing_document", problem, why, "add the file, or leave --policy away", Where(name)))
    return found


class _Telling:
    """Puts an answer into the contract's form, in one language."""

    def __init__(self, policy: Policy, words: Words) -> None:
        self.words = words
        self.holidays = {each["id"]: each["says"] for each in policy.documents.by_name["holidays"]["names"]}

    def report(self, clock: Clock, found: Due, options: argparse.Namespace) -> dict[str, Any]:
        unnamed = options.programme is None and len(clock.sets) > 1
        notes = [*(["no_programme_named"] if unnamed else []), *found.notes]
        return {
            "schema": "wholeperson/due@1",
            "clock": clock.id,
            "says": self.words.sentence(f"clocks.{clock.id}", clock.says),
            "programme": options.programme,
            "plan": options.plan,
            "due_at": spoken(found.due_at),
            "governed_by": found.governing.rule.id,
            "confidence": found.governing.rule.confidence,
            "candidates": [self.candidate(each) for each in found.candidates],
            "skipped": [
                {"date": each.day.isoformat(), "why": self.why(each.why, each.observed)} for each in found.skipped
            ],
            "beside": [self.candidate(each) for each in found.beside],
            "notes": [{"note": each, "says": self.words.phrase(f"due_{each}")} for each in notes],
        }

    def candidate(self, found: Candidate) -> dict[str, Any]:
        rule = found.rule
        return {
            "rule": rule.id,
            "due_at": spoken(found.due_at),
            "says": self.words.sentence(f"clocks.{rule.id}", rule.says),
            "confidence": rule.confidence,
            "cites": [{"source": each.source, "where": each.where} for each in rule.cites],
        }

    def why(self, why: str, observed: bool) -> str:
        """A weekend's day or a pause by a phrase, a holiday by its name."""
        if why not in self.holidays:
            return self.words.phrase(f"due_{why}")
        name = self.words.sentence(f"holidays.{why}", self.holidays[why])
        more = f" ({self.words.phrase('due_observed')})" if observed else ""
        return f"{self.words.phrase('due_federal_holiday')}: {name}{more}"


def _text(report: dict[str, Any], words: Words) -> str:
    governing = next(each for each in report["candidates"] if each["rule"] == report["governed_by"])
    lines = [f"{report['due_at']}  {report['says']}", f"  {words.phrase('due_because')}: {governing['says']}", ""]
    for title, key in (("due_every_rule", "candidates"), ("due_beside", "beside")):
        rows = [
            f"  {each['due_at']}  {each['says']}  ({words.phrase('due_' + each['confidence'])})" for each in report[key]
        ]
        lines += [f"{words.phrase(title)}:", *rows] if rows else []
    skipped = [f"  {each['date']}  {each['why']}" for each in report["skipped"]]
    lines += [f"{words.phrase('due_skipped')}:", *skipped] if skipped else []
    return "\n".join([*lines, *(f"- {each['says']}" for each in report["notes"])])

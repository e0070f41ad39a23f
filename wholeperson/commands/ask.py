"""``wholeperson ask``: the fewest questions that settle the most, answered from a file or at the terminal."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from wholeperson.commands import check, inputs
from wholeperson.commands.main import Parser
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.rules.answers import NOT_KNOWN
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.problems import Problem, Refused, Where, nearest
from wholeperson.rules.questions import next_questions
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import fact_value
from wholeperson.rules.words import Words

Answerer = Callable[[str], Any]


def run(arguments: list[str]) -> int:
    """Ask until nothing more can be settled."""
    options = parser().parse_args(arguments)
    policy = load_policy(check.folder(options), plan=options.plan, language=options.lang)
    words = Words(policy, options.lang)
    if options.person == options.answers == "-":
        raise Refused(
            _bad("stdin", None, "stdin_twice", "stdin cannot be both person and answers", "send one as a file")
        )
    case = check.case_of(options, policy)[0]
    knows = _from_file(options.answers, policy) if options.answers else None
    answer = knows or _from_terminal(words, policy)
    asked, decisions = ask(case, check.chosen(options.programme, policy), answer, knows)
    undecided = [each.programme.id for each in decisions if each.answer == NOT_KNOWN]
    if options.json:
        print_json(
            {
                "schema": "wholeperson/ask@1",
                "on": case.on.isoformat(),
                "asked": [_told(each) for each in asked],
                "asked_count": len(asked),
                "fact_count": len(facts_in_play(policy, [each.programme.id for each in decisions])),
                "undecided": undecided,
            }
        )
    else:
        print_text(_text(asked, decisions, words))
    return ANSWERED


def parser() -> argparse.ArgumentParser:
    """What ask takes."""
    made = Parser(
        prog="wholeperson ask", description="Ask the fewest questions that settle the most.", allow_abbrev=False
    )
    made.add_argument("person", nargs="?", help="what is known already: a person file, a FHIR Bundle, or - for stdin")
    made.add_argument(
        "--answers", metavar="FILE", help='answers, one {"fact": …, "value": …} a line; null for not known'
    )
    check.add_question(made)
    made.add_argument(
        "--programme", "--program", action="append", metavar="ID", help="only this programme (may be given again)"
    )
    return made


class Asked(NamedTuple):
    """A question that was put, what was answered, and what was told in its stead when nobody could answer the whole."""

    fact: str
    value: Any
    instead: dict[str, Any]


def ask(
    case: Case, programmes: list[str], answer: Answerer, knows: Answerer | None = None
) -> tuple[list[Asked], list[Decision]]:
    """Ask the best question, hear the answer, decide again; ends when nothing is left that would settle anything.

    ``knows``: what the one who answers knows of single facts. Asked whether somebody is homeless in any of six ways,
    they may not answer the whole and still tell that the person sleeps in a car.
    """
    asked: list[Asked] = []
    while True:
        court = Court(case)
        decisions = [court.decide(each) for each in programmes]
        best = next_questions(court, decisions, asked=[each.fact for each in asked], most=1, settles=False)
        if not best:
            return asked, decisions
        name = best[0].fact
        value = answer(name)
        instead = told_instead(name, case.policy, knows) if value is UNKNOWN and knows else {}
        asked.append(Asked(name, value, instead))
        case.tell(instead.items() if value is UNKNOWN else [(name, value)])


def told_instead(name: str, policy: Policy, knows: Answerer) -> dict[str, Any]:
    """What is known of the single facts that a question stands for."""
    below = {
        fact
        for programme in policy.programmes.values()
        for node in programme.nodes
        if node.attested == name and node.is_group
        for fact in node.mentions & policy.facts.keys() - {name, "birth_date"}
    }
    told = {fact: knows(fact) for fact in sorted(below)}
    return {fact: value for fact, value in told.items() if value is not UNKNOWN}


UNKNOWN = object()


def _told(asked: Asked) -> dict[str, Any]:
    made: dict[str, Any] = {"fact": asked.fact, "value": None if asked.value is UNKNOWN else _plain(asked.value)}
    if asked.instead:
        made["instead"] = [{"fact": name, "value": _plain(value)} for name, value in asked.instead.items()]
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def facts_in_play(policy: Policy, programmes: list[str]) -> set[str]:
    """The facts that some criterion of these programmes uses."""
    found: set[str] = set()
    todo = list(programmes)
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in policy.programmes[name].nodes:
            found |= {each for each in (node.attested, node.args.get("fact")) if each}
            todo += [node.args["meets"]] if node.op == "meets" else []
    return found


def _from_file(name: str, policy: Policy) -> Answerer:
    answers = read_answers(inputs.read_bytes(name), "stdin" if name == "-" else name, policy)
    return lambda fact: answers.get(fact, UNKNOWN)


def read_answers(raw: bytes, name: str, policy: Policy) -> dict[str, Any]:
    """Fact → value of every line; what is null is left out."""
    found: dict[str, Any] = {}
    told: set[str] = set()
    for number, line in enumerate(inputs.as_text(raw, name, may_be_empty=True).split("\n"), start=1):
        if line.strip():
            fact, value = _answer(line, name, number, policy)
            if fact in told:
                raise Refused(_bad(name, number, "answered_twice", f"{fact} is answered twice", "keep one answer"))
            told.add(fact)
            if value is not UNKNOWN:
                found[fact] = value
    return found


def _answer(line: str, name: str, number: int, policy: Policy) -> tuple[str, Any]:
    data = inputs.read_json(line, name, number)
    if not isinstance(data, dict) or set(data) != {"fact", "value"} or not isinstance(data["fact"], str):
        raise Refused(
            _bad(name, number, "not_an_answer", "this line is not an answer", 'write {"fact": …, "value": …}')
        )
    fact = policy.facts.get(policy.aliases.get(data["fact"], data["fact"]))
    if fact is None:
        raise Refused(
            Problem(
                "unknown_fact",
                f"{data['fact']:.60} is not a fact we know",
                "its answer would count for nothing",
                "name a known fact; `policy facts` lists them",
                Where(name, number),
                nearest(data["fact"][:60], [*policy.facts, *policy.aliases]),
            )
        )
    if data["value"] is None and fact.type != "date":
        return fact.name, UNKNOWN
    fits, value, example = fact_value(fact, data["value"])
    if not fits:
        raise Refused(_bad(name, number, "wrong_type", f"the value does not fit {fact.name}", f"send {example}"))
    return fact.name, value


def _bad(name: str, line: int | None, code: str, problem: str, do: str) -> Problem:
    return Problem(code, problem, "an answer that cannot be read would count for nothing", do, Where(name, line))


def _from_terminal(words: Words, policy: Policy) -> Answerer:
    if not _is_a_terminal():
        raise Refused(
            Problem(
                "no_answers",
                "there is nobody to ask here",
                "questions need a terminal, or a file of answers",
                "give --answers FILE",
                Where("--answers"),
            )
        )
    return lambda fact: _prompt(fact, words, policy)


def _is_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _prompt(name: str, words: Words, policy: Policy) -> Any:
    """Ask at the terminal until the answer fits; nothing typed means not known."""
    while True:
        try:
            tell(words.ask(name))  # on stderr: stdout is for the result
            typed = input().strip()
        except EOFError:  # Ctrl-D: whoever answers has had enough
            raise KeyboardInterrupt from None
        if not typed or typed == "?":
            return UNKNOWN
        fits, read, example = fact_value(policy.facts[name], typed_as(typed, policy.facts[name].type))
        if fits:
            return read
        tell(f"  {example}")


def typed_as(text: str, kind: str) -> Any:
    """What somebody typed, as the fact's type would have it."""
    if kind == "bool":
        return {"y": True, "yes": True, "n": False, "no": False, "s": True, "si": True, "sí": True}.get(text.lower())
    if kind == "int":
        return int(text) if text.isdecimal() and len(text) < 13 else None
    if kind == "list":
        return [each.strip() for each in text.split(",")]
    return text


def _text(asked: list[Asked], decisions: list[Decision], words: Words) -> str:
    lines = []
    for each in asked:
        lines.append(f"{words.ask(each.fact)} {_spoken(each.value, words)}")
        lines += [f"    {words.ask(name)} {_spoken(value, words)}" for name, value in each.instead.items()]
    lines += [
        "",
        *(
            f"{words.name(each.programme.id, each.programme.name)}: {words.phrase(_WORD[each.answer])}"
            for each in decisions
        ),
    ]
    return "\n".join(lines)


def _spoken(value: Any, words: Words) -> str:
    if value is UNKNOWN:
        return words.phrase("not_known")
    return words.phrase("yes" if value else "no") if isinstance(value, bool) else str(value)


_WORD = ("no", "not_known", "yes")

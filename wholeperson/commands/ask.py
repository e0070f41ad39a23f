"""``wholeperson ask``: the fewest questions that settle the most, answered from a file or at the terminal."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from wholeperson.commands import check, inputs
from wholeperson.commands.main import Parser
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.rules.answers import NOT_KNOWN, YES
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision, combined
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
    policy = load_policy(check.folder(options), plan=options.plan)
    words = Words(policy, options.lang)
    if options.person == options.answers == "-":
        raise Refused(
            _bad("stdin", None, "stdin_twice", "stdin cannot be both person and answers", "send one as a file")
        )
    case = check.case_of(options, policy)[0]
    answer = _from_file(options.answers, case) if options.answers else _from_terminal(words, policy)
    asked, decisions = ask(case, check.chosen(options.programme, policy), answer)
    undecided = [each.programme.id for each in decisions if each.answer == NOT_KNOWN]
    if options.json:
        print_json(
            {
                "schema": "wholeperson/ask@1",
                "on": case.on.isoformat(),
                "asked": [_told(*each) for each in asked],
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
    made.add_argument("--programme", action="append", metavar="ID", help="only this programme (may be given again)")
    return made


def ask(case: Case, programmes: list[str], answer: Answerer) -> tuple[list[tuple[str, Any]], list[Decision]]:
    """Ask the best question, hear the answer, decide again; ends when nothing is left that would settle anything."""
    asked: list[tuple[str, Any]] = []
    while True:
        court = Court(case)
        decisions = [court.decide(each) for each in programmes]
        best = next_questions(court, decisions, asked=[name for name, _ in asked], most=1, settles=False)
        if not best:
            return asked, decisions
        name = best[0].fact
        value = answer(name)
        asked.append((name, value))
        if value is not UNKNOWN:
            case.tell([(name, value)])


UNKNOWN = object()


def _told(name: str, value: Any) -> dict[str, Any]:
    plain: Any = None if value is UNKNOWN else value
    return {
        "fact": name,
        "value": plain.isoformat()
        if hasattr(plain, "isoformat")
        else list(plain)
        if isinstance(plain, tuple)
        else plain,
    }


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


def _from_file(name: str, case: Case) -> Answerer:
    policy = case.policy
    answers = read_answers(inputs.read_bytes(name), "stdin" if name == "-" else name, policy)
    told = Case(policy, check.NOBODY, on=case.on)
    told.tell(answers.items())
    return lambda fact: answers[fact] if fact in answers else implied(fact, Court(told))


def implied(fact: str, court: Court) -> Any:
    """The answer that other answers carry: who sleeps in a car is homeless, asked or not."""
    for programme in court.case.policy.programmes.values():
        for node in programme.nodes:
            if node.attested == fact and node.is_group:
                inner = combined(node, court)
                if inner != NOT_KNOWN:
                    return inner == YES
    return UNKNOWN


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


def _text(asked: list[tuple[str, Any]], decisions: list[Decision], words: Words) -> str:
    lines = [f"{words.ask(name)} {_spoken(value, words)}" for name, value in asked]
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

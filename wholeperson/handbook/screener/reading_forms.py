"""Reads what a step's form says: what was ticked, what was answered, and which button was pressed."""

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from wholeperson.handbook.screener.answers import (
    IS,
    MORE,
    NOT_KNOWN,
    OLDEST,
    UNSAID,
    Answers,
    Given,
    readable,
)
from wholeperson.handbook.screener.guide import AGE, Guide

LARGEST = 999


def read(sent: QueryDict, answers: Answers, guide: Guide) -> tuple[Answers, str, str]:
    """The answers with what this form adds, what to do now, and what is wrong with it, in words."""
    do = sent.get("do", "")
    plan = sent.get("plan")
    if plan is not None and plan in ("", *guide.policy.plans):
        answers = replace(answers, plan=plan)
    if do == "again":
        return Answers(begun=answers.begun, language=answers.language), "start", ""
    if do == "back":
        return (answers.without_last(), _last(answers), "") if answers.given else (answers, "start", "")
    if do == "more":
        return replace(answers, most=len(answers.given) + MORE), "", ""
    if do.startswith("change:") and _can_ask(do.removeprefix("change:"), guide):
        return answers, do, ""
    if "who" in sent:
        ticked = tuple(name for name in guide.situations if name in sent.getlist("ticked"))
        return replace(answers, who="other" if sent["who"] == "other" else "me", ticked=ticked), "", ""
    fact = sent.get("fact", "")
    if _can_ask(fact, guide) and ({"answer", "value"} & sent.keys()) and "language" not in sent:
        given, wrong = _answer(sent, fact, guide)
        return (answers.give(given) if given else answers), "", wrong
    if _can_ask(fact, guide):
        return answers, f"change:{fact}", ""
    if do in ("results", "ask"):
        return answers, do, ""
    return answers, "" if do == "on" else "start", ""


def _last(answers: Answers) -> str:
    return f"change:{answers.given[-1].fact}"


def _can_ask(fact: str, guide: Guide) -> bool:
    return fact in guide.policy.facts and fact not in guide.unasked


def _answer(sent: QueryDict, fact: str, guide: Guide) -> tuple[Given | None, str]:
    """The answer to one question, or what to write instead."""
    said = sent.get("answer", "")
    if said in (NOT_KNOWN, UNSAID):
        return Given(fact, said), ""
    kind = guide.policy.facts[fact].type
    if kind == "bool":
        return (
            (Given(fact, IS, said == "yes"), "") if said in ("yes", "no") else (None, _("Choose one of the answers."))
        )
    value = _value(sent, fact, kind)
    given = readable(fact, IS, value, guide) if value is not None else None
    return (given, "") if given else (None, _wrong(fact, kind))


def _value(sent: QueryDict, fact: str, kind: str) -> Any:
    if kind == "list":
        return sent.getlist("value") or None
    typed = sent.get("value", "").strip()
    if fact == AGE or kind == "int":
        return int(typed) if typed.isdecimal() and len(typed) < 4 and int(typed) <= LARGEST else None
    return typed or None


def _wrong(fact: str, kind: str) -> str:
    if fact == AGE:
        return _("Write the age in years: a number from 0 to %(oldest)s.") % {"oldest": OLDEST}
    if kind == "int":
        return _("Write a number, such as 0 or 3.")
    return _("Choose one of the answers.")

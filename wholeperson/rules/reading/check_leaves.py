"""Checks one leaf of the criteria: the fact or event it looks at, and what it is compared with."""

import re
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.calendar import span
from wholeperson.rules.reading.ladder import Ladder, Path, spelled
from wholeperson.rules.reading.listed import listed, mapping

BIRTHDAY = re.compile(r"^(since )?birthday [1-9][0-9]?$")
COMPARISONS = ({"is"}, {"in"}, {"at_least"}, {"at_most"}, {"at_least", "at_most"})


class Leaves:
    """Each leaf by its word."""

    def __init__(self, ladder: Ladder) -> None:
        self.ladder, self.known = ladder, ladder.known

    def fact_type(self, name: str, path: Path, *wanted: str) -> bool:
        """Whether a fact has the type its use needs."""
        actual = self.known.facts[name].get("type")
        if actual in wanted:
            return True
        problem = f"{name} is of type {actual!s:.20}, here {' or '.join(wanted)} is needed"
        self.ladder.say(path, "fact_type", problem, wanted)
        return False

    def check_fact(self, node: dict[str, Any], path: Path) -> None:
        """A known fact, compared as its type allows."""
        name = node["fact"]
        if not self.ladder.one_of(name, (*path, "fact"), self.known.facts, "fact"):
            return
        given = {key for key in ("is", "in", "at_least", "at_most") if key in node}
        if not given:
            self.fact_type(name, (*path, "fact"), "bool")
        elif given not in COMPARISONS:
            self.ladder.say(path, "one_comparison", f"{' and '.join(sorted(given))} stand side by side")
        if "is" in node and self.fact_type(name, (*path, "is"), "bool", "int", "word", "text"):
            self.value(node["is"], (*path, "is"), name)
        if "in" in node and self.fact_type(name, (*path, "in"), "int", "word", "text", "list"):
            self.value_list(node["in"], (*path, "in"), name)
        for key in given & {"at_least", "at_most"}:
            if self.fact_type(name, (*path, key), "int", "date"):
                self.bound(node[key], (*path, key), name)
        self.room(node, path, self.known.facts[name])

    def value(self, value: Any, path: Path, name: str) -> None:
        """A value the fact can have, under every reading."""
        fact = self.known.facts[name]
        for each in self.ladder.readings(value, path):
            if fact.get("values"):
                self.ladder.one_of(each, path, listed(fact["values"]), "value")
            elif type(each) is not {"bool": bool, "int": int}.get(fact.get("type", ""), str):
                self.ladder.say(path, "value_type", f"{spelled(each):.60} is no {fact.get('type')}, as {name} is")

    def value_list(self, value: Any, path: Path, name: str) -> None:
        """A list of values, or a dated code set; never with a hole in it."""
        if isinstance(value, dict) and set(value) == {"codes"}:
            if self.fact_type(name, path, "word", "text", "list"):
                self.ladder.one_of(value["codes"], (*path, "codes"), self.known.documents.codes, "code set")
        elif not isinstance(value, list) or not value:
            self.ladder.say(path, "not_a_list", "`in` needs a list of values", ["{codes: NAME}"])
        else:
            for at, each in enumerate(value):
                self.value(each, (*path, at), name)

    def bound(self, value: Any, path: Path, name: str) -> None:
        """A number; for a day, how long ago."""
        if self.known.facts[name].get("type") == "int":
            self.ladder.number(value, path, least=-(10**6), may_be_open=True)
            return
        for each in self.ladder.readings(value, path):
            if not isinstance(each, str) or not each.endswith(" ago"):
                self.ladder.say(path, "not_a_length", f"{each!s:.60} is not a time ago", ["24 months ago"])
            else:
                self.ladder.length(each.removesuffix(" ago"), path)

    def room(self, node: dict[str, Any], path: Path, fact: dict[str, Any]) -> None:
        """Some number the fact can have lies between the bounds."""
        lows = [*self.known.readings(node.get("at_least")), fact.get("least")]
        highs = [*self.known.readings(node.get("at_most")), fact.get("most")]
        low = max((each for each in lows if isinstance(each, int)), default=None)
        high = min((each for each in highs if isinstance(each, int)), default=None)
        if low is not None and high is not None and low > high:
            self.ladder.say(path, "number_out_of_reach", f"no number is {low} or more and {high} or less")

    def check_age(self, node: dict[str, Any], path: Path) -> None:
        """``at_least`` and ``under`` in whole years, with room between them."""
        age, path = node["age"], (*path, "age")
        if not self.ladder.keys(age, path, (), ("at_least", "under")):
            return
        for key, value in age.items():
            if key in ("at_least", "under"):
                self.ladder.number(value, (*path, key), least=1, most=150, may_be_open=True)
        limits = [self.known.settled(age.get(key)) for key in ("at_least", "under")]
        if not age or (all(isinstance(each, int) for each in limits) and limits[0] >= limits[1]):
            problem = "this age has no limit" if not age else f"nobody is {limits[0]} or older and under {limits[1]}"
            self.ladder.say(path, "nobody_is_that_old", problem, ["at_least", "under"])

    def check_count(self, node: dict[str, Any], path: Path) -> None:
        """An event, a threshold and a window."""
        self.event(node, path, "count")
        self.threshold(node, path)
        self.ladder.length(node["within"], (*path, "within"))
        self.ladder.one_of(node["ending"], (*path, "ending"), language.ENDINGS, "ending")
        for key, allowed in (("distinct", language.DISTINCT), ("kinds", language.KINDS)):
            if key in node:
                for each in self.ladder.readings(node[key], (*path, key)):
                    self.ladder.one_of(each, (*path, key), allowed, key)

    def check_days(self, node: dict[str, Any], path: Path) -> None:
        """A spell, a threshold, and either a window or one unbroken stay."""
        self.event(node, path, "days", spell=True)
        self.threshold(node, path)
        if ("within" in node) == ("continuous" in node):
            problem = "days needs either within or continuous: true"
            self.ladder.say(path, "within_or_continuous", problem, ["within: 12 months", "continuous: true"])
        if "continuous" in node and node["continuous"] is not True:
            self.ladder.say((*path, "continuous"), "not_true_or_false", "continuous is true or not there", ["true"])
        if "within" in node:
            self.ladder.length(node["within"], (*path, "within"))
            self.reachable(node, path)

    def reachable(self, node: dict[str, Any], path: Path) -> None:
        """No more days than the window has."""
        for needed in self.known.readings(node.get("at_least")):
            for within in self.known.readings(node["within"]):
                length = span(within) if isinstance(within, str) else None
                if length and isinstance(needed, int) and needed > length.months * 31 + length.days + 1:
                    problem = f"{within} do not have {needed} days"
                    self.ladder.say((*path, "at_least"), "number_out_of_reach", problem)

    def check_during(self, node: dict[str, Any], path: Path) -> None:
        """A spell, and the day it must cover."""
        self.event(node, path, "during", spell=True)
        on = node["on"]
        if on != "today" and not (isinstance(on, str) and BIRTHDAY.match(on)):
            days = ["today", "birthday 18", "since birthday 18"]
            self.ladder.say((*path, "on"), "which_day", f"{on!s:.60} is not a day of the person", days)

    def check_ended(self, node: dict[str, Any], path: Path) -> None:
        """A spell, and how long ago it may have ended."""
        self.event(node, path, "ended", spell=True)
        self.ladder.length(node["within"], (*path, "within"))

    def check_meets(self, node: dict[str, Any], path: Path) -> None:
        """Another programme."""
        self.ladder.one_of(node["meets"], (*path, "meets"), self.known.programmes, "programme")

    def check_authorized_for(self, node: dict[str, Any], path: Path) -> None:
        """A programme that may be authorized; it need not be written yet."""
        self.ladder.one_of("authorized_for", path, self.known.events, "event")
        self.ladder.one_of(node["authorized_for"], (*path, "authorized_for"), self.known.authorizable, "programme")

    def check_enrolled_in(self, node: dict[str, Any], path: Path) -> None:
        """One or several programs of the list."""
        self.ladder.one_of("enrolled_in", path, self.known.events, "event")
        named, path = node["enrolled_in"], (*path, "enrolled_in")
        if named == []:
            self.ladder.say(path, "empty_group", "no program is named")
        for at, each in enumerate(named if isinstance(named, list) else [named]):
            self.ladder.one_of(each, (*path, at), self.known.types.get("program", ()), "program")

    def event(self, node: dict[str, Any], path: Path, word: str, *, spell: bool = False) -> None:
        """A known event (or spell) and attributes it has."""
        name = node[word]
        if not self.ladder.one_of(name, (*path, word), self.known.events, "event"):
            return
        if spell and not self._lasts(name):
            spells = [each for each, it in self.known.events.items() if it.get("kind") == "spell"]
            self.ladder.say((*path, word), "not_a_spell", f"{name} happens on a day and does not last", spells)
        if "where" in node:
            where(self.ladder, node["where"], (*path, "where"), self.known.events[name])

    def _lasts(self, name: str) -> bool:
        """A spell, or one made of spells that touch."""
        event = self.known.events[name]
        return event.get("kind") == "spell" or ("merge" in event and "pool" in event)

    def threshold(self, node: dict[str, Any], path: Path) -> None:
        """Either ``at_least`` or ``at_most``."""
        given = [key for key in ("at_least", "at_most") if key in node]
        if len(given) != 1:
            problem = "exactly one of at_least and at_most is needed"
            self.ladder.say(path, "one_threshold", problem, ["at_least", "at_most"])
        for key in given:
            self.ladder.number(node[key], (*path, key), least=1 if key == "at_least" else 0, may_be_open=True)


def where(ladder: Ladder, wanted: Any, path: Path, event: dict[str, Any]) -> None:
    """Attributes the event has, each with values it can have."""
    if not isinstance(wanted, dict):
        ladder.say(path, "not_a_mapping", "attributes and their values are expected here")
        return
    attributes = mapping(event.get("attributes"))
    for key, value in wanted.items():
        if ladder.one_of(key, (*path, key), attributes, "attribute"):
            if value == []:
                ladder.say((*path, key), "empty_group", "no value is named")
            for each in value if isinstance(value, list) else ladder.readings(value, (*path, key)):
                _attribute(ladder, each, (*path, key), attributes[key])


def _attribute(ladder: Ladder, value: Any, path: Path, kind: Any) -> None:
    plain = {"int": int, "text": str, "date": str}.get(str(kind))
    if kind == "programme":
        ladder.one_of(value, path, ladder.known.authorizable, "programme")
    elif plain is None:
        ladder.one_of(value, path, ladder.known.types.get(str(kind), ()), "value")
    elif type(value) is not plain:
        ladder.say(path, "value_type", f"{spelled(value):.60} is no {kind}")

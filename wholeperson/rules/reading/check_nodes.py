"""Checks the criteria of one document: the words, what each needs, and what they point at."""

import re
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.problems import nearest
from wholeperson.rules.reading.ladder import Ladder, Path

BIRTHDAY = re.compile(r"^(since )?birthday [1-9][0-9]?$")
ONE_ANSWER = "each criterion needs exactly one word that says how it is answered"


class Nodes:
    """Walks the criteria of a document."""

    def __init__(self, ladder: Ladder, facts: dict[str, Any], events: dict[str, Any], programmes: set[str]) -> None:
        self.ladder, self.facts, self.events, self.programmes = ladder, facts, events, programmes
        self.blocks = {
            data["id"]: data
            for data in ladder.documents.inside("shared").values()
            if isinstance(data, dict) and "id" in data
        }
        self.ids: dict[str, Path] = {}

    def check(self, node: Any, path: Path, *, under_any: bool = False, asked: bool = False) -> None:
        """Check one node and all below it. ``asked``: whether a fact above it can be asked in its place."""
        if not isinstance(node, dict):
            self.ladder.say(
                path,
                "not_a_criterion",
                "a criterion is expected here",
                ONE_ANSWER,
                "write {id: …, says: …, fact: …}",
                [*language.GROUPS, *language.LEAVES],
            )
            return
        word = self.word(node, path)
        if word is None:
            return
        needed, may = language.SHAPES[word]
        self.ladder.keys(node, path, needed | {word}, may | language.COMMON)
        self.ladder.dates(node, path)
        self.ladder.truth(node, path)
        self.identity(node, path, word)
        self.permissions(node, path, word, under_any)
        asked = asked or self.attested(node, path, word)
        if word in language.GROUPS:
            self.group(node, path, word, asked)
        else:
            getattr(self, f"check_{word}")(node, path)
            if word in ("count", "days", "during", "ended") and not asked:
                self.ladder.say(
                    path,
                    "nobody_to_ask",
                    f"this {word} has no `attested` fact",
                    "when the records do not settle it, somebody must be asked",
                    "name the fact that answers the same question",
                    nearest("", self.facts),
                )

    def word(self, node: dict[str, Any], path: Path) -> str | None:
        """The one word that says what the node is."""
        if "of" in node and "at_least" in node:
            return "at_least"
        words = [key for key in node if key in language.SHAPES and key not in ("at_least", "age")] + (
            ["age"] if "age" in node else []
        )
        if len(words) == 1:
            return words[0]
        problem = (
            f"{' and '.join(words)} stand side by side"
            if words
            else f"none of {', '.join(sorted(node))} is a word of the policy"
        )
        self.ladder.say(
            path,
            "one_word",
            problem,
            ONE_ANSWER,
            "keep one, or put the others into a group",
            [*language.GROUPS, *language.LEAVES],
        )
        return None

    def identity(self, node: dict[str, Any], path: Path, word: str) -> None:
        """A leaf speaks; an id stands once."""
        if word in language.LEAVES:
            for key in ("id", "says"):
                if not isinstance(node.get(key), str):
                    self.ladder.say(
                        path,
                        "leaf_is_silent",
                        f"this criterion has no {key}",
                        "every answer is explained in the words of its criteria",
                        f"add `{key}:`",
                    )
        name = node.get("id")
        if isinstance(name, str):
            if name in self.ids:
                self.ladder.say(
                    (*path, "id"),
                    "id_twice",
                    f"the id {name} stands twice in this file",
                    "an answer could not say which of them it means",
                    "give one of them another id",
                )
            self.ids[name] = path

    def permissions(self, node: dict[str, Any], path: Path, word: str, under_any: bool) -> None:
        """``open_list`` and ``reading`` only where they can only help."""
        if "open_list" in node and (word != "any_of" or "attested" not in node):
            self.ladder.say(
                (*path, "open_list"),
                "open_list_place",
                "open_list needs any_of and attested",
                "a list of examples cannot say no by itself",
                "move it to the any_of it belongs to",
            )
        if "reading" in node:
            self.ladder.one_of(node["reading"], (*path, "reading"), self.ladder.parameters(), "open question")
            if not under_any:
                self.ladder.say(
                    (*path, "reading"),
                    "reading_place",
                    "reading stands outside an any_of",
                    "a wider reading may only add a way to yes",
                    "make it one alternative of an any_of",
                )

    def attested(self, node: dict[str, Any], path: Path, word: str) -> bool:
        """The fact that answers for the node, of the type the node needs."""
        if "attested" not in node:
            return False
        if self.ladder.one_of(node["attested"], (*path, "attested"), self.facts, "fact"):
            wanted = "int" if word in ("count", "days") else "bool"
            self.fact_type(node["attested"], wanted, (*path, "attested"))
        return True

    def fact_type(self, name: str, wanted: str, path: Path) -> None:
        """Whether a fact has the type its use needs."""
        actual = self.facts[name].get("type") if isinstance(self.facts[name], dict) else None
        if actual != wanted:
            self.ladder.say(
                path,
                "fact_type",
                f"{name} is of type {actual}, here {wanted} is needed",
                "the comparison would never hold",
                "use another fact, or another comparison",
                [wanted],
            )

    def group(self, node: dict[str, Any], path: Path, word: str, asked: bool) -> None:
        """A group has members; ``at_least`` a number that can be reached."""
        key = "of" if word == "at_least" else word
        members = node.get(key)
        if not isinstance(members, list) or not members:
            self.ladder.say(
                (*path, key),
                "empty_group",
                f"{key} has no members",
                "an empty group decides nothing",
                "list its criteria, or remove it",
            )
            return
        if word == "at_least" and not (isinstance(node["at_least"], int) and 1 <= node["at_least"] <= len(members)):
            self.ladder.say(
                (*path, "at_least"),
                "number_out_of_reach",
                f"{node['at_least']} of {len(members)} cannot be met",
                "the group would always be no",
                "use a number from 1 to the members there are",
            )
        for at, member in enumerate(members):
            self.check(member, (*path, key, at), under_any=word == "any_of", asked=asked)

    def check_use(self, node: dict[str, Any], path: Path) -> None:
        """A shared block that exists; its ids count as this file's."""
        if self.ladder.one_of(node["use"], (*path, "use"), self.blocks, "shared block"):
            for name in _ids(self.blocks[node["use"]].get("block")):
                if name in self.ids:
                    self.ladder.say(
                        (*path, "use"),
                        "id_twice",
                        f"the id {name} of this block stands in the file already",
                        "an answer could not say which of them it means",
                        "give one of them another id",
                    )
                self.ids[name] = path

    def check_fact(self, node: dict[str, Any], path: Path) -> None:
        """A known fact, compared as its type allows."""
        name = node["fact"]
        if not self.ladder.one_of(name, (*path, "fact"), self.facts, "fact"):
            return
        definition = self.facts[name] if isinstance(self.facts[name], dict) else {}
        kind = definition.get("type")
        comparisons = [key for key in ("is", "in", "at_least", "at_most") if key in node]
        if not comparisons:
            self.fact_type(name, "bool", (*path, "fact"))
        if "is" in node and kind == "word":
            self.ladder.one_of(node["is"], (*path, "is"), definition.get("values", []), f"value of {name}")
        if "in" in node:
            self.members(node["in"], (*path, "in"), name, definition)
        if any(key in ("at_least", "at_most") for key in comparisons) and kind not in ("int", "date"):
            self.fact_type(name, "int", (*path, "fact"))

    def members(self, value: Any, path: Path, name: str, definition: dict[str, Any]) -> None:
        """A list of values, or a dated code set; never with a hole in it."""
        if isinstance(value, dict) and set(value) == {"codes"}:
            self.ladder.one_of(value["codes"], (*path, "codes"), self.ladder.documents.codes, "code set")
        elif not isinstance(value, list) or not value or None in value:
            self.ladder.say(
                path,
                "not_a_list",
                "`in` needs a list without null, or {codes: NAME}",
                "null in a list would make every answer not known",
                "write the values out",
            )
        elif definition.get("type") == "word":
            for at, each in enumerate(value):
                self.ladder.one_of(each, (*path, at), definition.get("values", []), f"value of {name}")

    def check_age(self, node: dict[str, Any], path: Path) -> None:
        """``at_least`` and ``under`` in whole years."""
        if self.ladder.keys(node["age"], (*path, "age"), (), ("at_least", "under")):
            for key, value in node["age"].items():
                self.number(value, (*path, "age", key))

    def number(self, value: Any, path: Path) -> None:
        """A whole number, or an open question with one for default."""
        self.ladder.known_parameter(value, path)
        settled = self.ladder.settled(value)
        if not isinstance(settled, int) or isinstance(settled, bool) or settled < 0:
            self.ladder.say(
                path,
                "not_a_number",
                f"{value!s} is not a whole number",
                "it is compared with a count",
                "write digits",
                ["5"],
            )

    def check_count(self, node: dict[str, Any], path: Path) -> None:
        """An event, a threshold and a window."""
        self.event(node["count"], (*path, "count"), node.get("where"), path)
        self.threshold(node, path)
        self.window(node, path)
        if "ending" in node:
            self.ladder.one_of(node["ending"], (*path, "ending"), language.ENDINGS, "ending")
        for key, allowed in (("distinct", language.DISTINCT), ("kinds", language.KINDS)):
            if key in node:
                self.ladder.known_parameter(node[key], (*path, key))
                self.ladder.one_of(self.ladder.settled(node[key]), (*path, key), allowed, key)

    def check_days(self, node: dict[str, Any], path: Path) -> None:
        """A spell, a threshold, and either a window or one unbroken stay."""
        self.event(node["days"], (*path, "days"), node.get("where"), path, spell=True)
        self.threshold(node, path)
        if ("within" in node) == bool(node.get("continuous")):
            self.ladder.say(
                path,
                "within_or_continuous",
                "days needs either within or continuous: true",
                "days are counted in a window or in one unbroken stay",
                "keep one of the two",
                ["within: 12 months", "continuous: true"],
            )
        self.window(node, path)

    def check_during(self, node: dict[str, Any], path: Path) -> None:
        """A spell, and the day it must cover."""
        self.event(node["during"], (*path, "during"), node.get("where"), path, spell=True)
        on = node.get("on")
        if on != "today" and not (isinstance(on, str) and BIRTHDAY.match(on)):
            self.ladder.say(
                (*path, "on"),
                "which_day",
                f"{on!s} is not a day of the person",
                "the spell must cover one day",
                "write today, or birthday and a number",
                ["today", "birthday 18", "since birthday 18"],
            )

    def check_ended(self, node: dict[str, Any], path: Path) -> None:
        """A spell, and how long ago it may have ended."""
        self.event(node["ended"], (*path, "ended"), node.get("where"), path, spell=True)
        self.window(node, path)

    def check_meets(self, node: dict[str, Any], path: Path) -> None:
        """Another programme."""
        self.ladder.one_of(node["meets"], (*path, "meets"), self.programmes, "programme")

    def check_authorized_for(self, node: dict[str, Any], path: Path) -> None:
        """A programme that may be authorized; it need not be written yet."""
        if not isinstance(node["authorized_for"], str):
            self.ladder.say(
                (*path, "authorized_for"),
                "not_a_programme",
                "a programme's id is expected",
                "authorizations are for one programme",
                "write its id",
                sorted(self.programmes),
            )

    def check_enrolled_in(self, node: dict[str, Any], path: Path) -> None:
        """One or several programs of the list."""
        named = node["enrolled_in"]
        known = (self.ladder.documents.by_name.get("events") or {}).get("attribute_types", {}).get("program", [])
        for at, each in enumerate(named if isinstance(named, list) else [named]):
            self.ladder.one_of(each, (*path, "enrolled_in", at), known, "program")

    def event(self, name: Any, path: Path, where: Any, at: Path, *, spell: bool = False) -> None:
        """A known event (or spell) and attributes it has."""
        if not self.ladder.one_of(name, path, self.events, "event"):
            return
        definition = self.events[name] if isinstance(self.events[name], dict) else {}
        if spell and definition.get("kind") != "spell":
            self.ladder.say(
                path,
                "not_a_spell",
                f"{name} happens on a day and does not last",
                "only a spell has days and an end",
                "use count, or another event",
                [each for each, it in self.events.items() if it.get("kind") == "spell"],
            )
        types = (self.ladder.documents.by_name.get("events") or {}).get("attribute_types", {})
        for key, value in (where or {}).items():
            if self.ladder.one_of(key, (*at, "where", key), definition.get("attributes", {}), f"attribute of {name}"):
                allowed = types.get(definition["attributes"][key])
                for each in value if isinstance(value, list) else [value]:
                    if allowed is not None:
                        self.ladder.one_of(each, (*at, "where", key), allowed, f"value of {key}")

    def threshold(self, node: dict[str, Any], path: Path) -> None:
        """Either ``at_least`` or ``at_most``."""
        given = [key for key in ("at_least", "at_most") if key in node]
        if len(given) != 1:
            self.ladder.say(
                path,
                "one_threshold",
                "exactly one of at_least and at_most is needed",
                "a count decides nothing without a number to reach",
                "add or remove one",
                ["at_least", "at_most"],
            )
        for key in given:
            self.number(node[key], (*path, key))

    def window(self, node: dict[str, Any], path: Path) -> None:
        """``within`` as a length of time."""
        if "within" in node:
            self.ladder.known_parameter(node["within"], (*path, "within"))
            self.ladder.length(node["within"], (*path, "within"))


def _ids(node: Any) -> list[str]:
    """All ids of a block's nodes."""
    if isinstance(node, list):
        return [name for each in node for name in _ids(each)]
    if not isinstance(node, dict):
        return []
    own = [node["id"]] if isinstance(node.get("id"), str) else []
    return own + [
        name for key in (*language.GROUPS, "of") if isinstance(node.get(key), list) for name in _ids(node[key])
    ]

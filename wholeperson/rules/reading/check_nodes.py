"""Checks the criteria of one document: the words, what each needs, and what they point at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.calendar import ONE_DAY, as_day
from wholeperson.rules.reading.check_leaves import Leaves
from wholeperson.rules.reading.ladder import Ladder, Path
from wholeperson.rules.reading.listed import listed
from wholeperson.rules.reading.make_nodes import ARGUMENTS

OWN_QUESTION = ("fact", "age", "meets", "use")  # what may be asked is in the word itself
OF_RECORDS = ("count", "days", "during", "ended", "enrolled_in", "authorized_for")
USE_MAY = frozenset({"reading", "held", "from", "to", "sheet", "cites", "mark"})  # the rest stands in the block itself


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node stands: what its place allows, and the days on which its group is in force.

    ``asked``: whether a fact above it can be asked in its place. ``helps``: false below an odd number of none_of.
    """

    first: date = date.min
    last: date = date.max
    under_any: bool = False
    asked: bool = False
    helps: bool = True


class Nodes(Leaves):
    """Walks the criteria of a document."""

    def __init__(self, ladder: Ladder) -> None:
        super().__init__(ladder)
        self.ids: set[str] = set()

    def check(self, node: Any, path: Path, spot: Spot) -> None:
        """Check one node and all below it."""
        words = [*language.GROUPS, *language.LEAVES]
        if not isinstance(node, dict):
            self.ladder.say(path, "not_a_criterion", "a criterion is expected here", words)
            return
        word = self.word(node, path)
        if word is None:
            return
        needed, may = language.SHAPES[word]
        complete = self.ladder.keys(node, path, needed | {word}, USE_MAY if word == "use" else may | language.COMMON)
        self.ladder.dates(node, path, may_be_open=True)
        self.ladder.truth(node, path, inherits=True)
        self.one_question(node, path, word)
        self.identity(node, path, word)
        self.permissions(node, path, word, spot)
        spot = self.within(node, replace(spot, asked=self.attested(node, path, word) or spot.asked), path)
        if complete:
            more = (spot,) if word in language.GROUPS or word == "use" else ()
            getattr(self, f"check_{word}")(node, path, *more)
        if word in OF_RECORDS and not spot.asked:
            self.ladder.say(path, "nobody_to_ask", f"this {word} has no `attested` fact")

    def word(self, node: dict[str, Any], path: Path) -> str | None:
        """The one word that says what the node is."""
        if "of" in node and "at_least" in node:
            return "at_least"
        words = [key for key in language.SHAPES if key in node and key != "at_least"]
        if len(words) == 1:
            return words[0]
        shown = " and ".join(words) if words else ", ".join(sorted(node))
        problem = f"{shown} stand side by side" if words else f"none of {shown:.60} is a word of the policy"
        self.ladder.say(path, "one_word", problem, [*language.GROUPS, *language.LEAVES])
        return None

    def identity(self, node: dict[str, Any], path: Path, word: str) -> None:
        """A leaf speaks; what speaks has an id; an id stands once."""
        needed = ("id", "says") if word in language.LEAVES else ()
        for key in needed:
            if key not in node:
                self.ladder.say(path, "leaf_is_silent", f"this criterion has no {key}", [key])
        if "says" in node and self.ladder.text(node["says"], (*path, "says")) and not needed and "id" not in node:
            self.ladder.say(path, "speaks_without_id", "this group speaks and has no id", ["id"])
        if "id" in node and self.ladder.identity(node["id"], (*path, "id")):
            self.name(node["id"], (*path, "id"), "in this file")

    def one_question(self, node: dict[str, Any], path: Path, word: str) -> None:
        """Of two open questions in one criterion only the first would be weighed."""
        asked = sorted({name for key in node if key in ARGUMENTS or key == word for name in _asked(node[key])})
        if len(asked) > 1:
            self.ladder.say(path, "two_open_questions", f"it depends on {' and '.join(asked)}")

    def name(self, name: str, path: Path, where: str) -> None:
        """An id that stands once."""
        if name in self.ids:
            self.ladder.say(path, "id_twice", f"the id {name} stands twice {where}")
        self.ids.add(name)

    def permissions(self, node: dict[str, Any], path: Path, word: str, spot: Spot) -> None:
        """``open_list``, ``reading`` and ``held`` only where they can only help."""
        if "open_list" in node and not (
            node["open_list"] is True and word == "any_of" and "attested" in node and spot.helps
        ):
            self.ladder.say((*path, "open_list"), "open_list_place", "open_list may not stand here")
        for key in node.keys() & {"reading", "held"}:
            self.ladder.one_of(node[key], (*path, key), self.known.parameters, "open question")
            if not (spot.under_any and spot.helps):
                where = "outside an any_of" if spot.helps else "under none_of"
                self.ladder.say((*path, key), "reading_place", f"{key} stands {where}")

    def attested(self, node: dict[str, Any], path: Path, word: str) -> bool:
        """The fact that answers for the node, of the type the node needs."""
        if "attested" not in node or word == "use":
            return False
        path = (*path, "attested")
        if word in OWN_QUESTION:
            self.ladder.say(path, "attested_place", f"attested stands beside {word}")
        elif self.ladder.one_of(node["attested"], path, self.known.facts, "fact"):
            self.fact_type(node["attested"], path, *_answering(node, word))
        return True

    def within(self, node: dict[str, Any], spot: Spot, path: Path = ()) -> Spot:
        """The days left of those of the group above."""
        first, last = (as_day(self.known.settled(node.get(key))) for key in ("from", "to"))
        first, last = first or date.min, last or date.max
        left = replace(spot, first=max(first, spot.first), last=min(last, spot.last))
        if path and left.first > left.last and first <= last and spot.first <= spot.last:
            self.ladder.say(path, "ends_before_it_begins", "none of its days lies in those of the group above")
        return left

    # ── groups ──

    def check_all_of(self, node: dict[str, Any], path: Path, spot: Spot) -> None:
        """Every member."""
        self.members(node["all_of"], (*path, "all_of"), replace(spot, under_any=False))

    def check_any_of(self, node: dict[str, Any], path: Path, spot: Spot) -> None:
        """One member is enough."""
        self.members(node["any_of"], (*path, "any_of"), replace(spot, under_any=True))

    def check_none_of(self, node: dict[str, Any], path: Path, spot: Spot) -> None:
        """Below it a yes hurts."""
        self.members(node["none_of"], (*path, "none_of"), replace(spot, under_any=False, helps=not spot.helps))

    def check_at_least(self, node: dict[str, Any], path: Path, spot: Spot) -> None:
        """A number of members that can be reached."""
        needed, members = node["at_least"], listed(node["of"])
        if isinstance(needed, bool) or not isinstance(needed, int) or not 1 <= needed <= max(len(members), 1):
            problem = f"{needed!s:.20} of {len(members)} cannot be met"
            self.ladder.say((*path, "at_least"), "number_out_of_reach", problem)
            needed = 1
        self.members(node["of"], (*path, "of"), replace(spot, under_any=False), needed)

    def members(self, members: Any, path: Path, spot: Spot, needed: int = 1) -> None:
        """A group has members, and enough of them on every day."""
        if not isinstance(members, list) or not members:
            self.ladder.say(path, "empty_group", f"{path[-1]} has no members")
            return
        for at, member in enumerate(members):
            self.check(member, (*path, at), spot)
        self.in_force(members, path, spot, needed)

    def in_force(self, members: list[Any], path: Path, spot: Spot, needed: int) -> None:
        """Members come and go; the group may not be left without them."""
        spans = [self.within(member, spot) for member in members if isinstance(member, dict)]
        if spot.first > spot.last or len(spans) < len(members):
            return  # said already
        days = {spot.first, *(each.last + ONE_DAY for each in spans if each.last < spot.last)}
        for day in sorted(days):
            left = sum(each.first <= day <= each.last for each in spans)
            if left < min(needed, len(members)):
                problem = f"on {day} {left or 'none'} of the {len(members)} members is in force"
                self.ladder.say(path, "empty_on_some_day", problem)
                return

    def check_use(self, node: dict[str, Any], path: Path, spot: Spot) -> None:
        """A shared block that exists and had begun; its ids count as this file's."""
        name, path = node["use"], (*path, "use")
        if not self.ladder.one_of(name, path, self.known.blocks, "shared block"):
            return
        begins = as_day(self.known.blocks[name].get("from"))
        if begins and begins > spot.first:
            self.ladder.say(path, "block_not_begun", f"{name} begins on {begins}, after {spot.first}, when it is used")
        for each in _nodes(self.known.blocks[name].get("block"), self.known.blocks, {name}):
            if isinstance(each.get("id"), str):
                self.name(each["id"], path, "here: the block has it too")
            for key in ("reading", "held", "open_list"):
                if key in each and not spot.helps:
                    code = "open_list_place" if key == "open_list" else "reading_place"
                    self.ladder.say(path, code, f"{name} has {key} in it, and stands under none_of")


def _asked(value: Any) -> Iterator[str]:
    """The open questions that a criterion's own words depend on."""
    if isinstance(value, dict) and set(value) == {"parameter"}:
        yield str(value["parameter"])
    elif isinstance(value, dict):
        for each in value.values():
            yield from _asked(each)


def _nodes(node: Any, blocks: dict[str, dict[str, Any]], seen: set[str]) -> Iterator[dict[str, Any]]:
    """The nodes of a block, and of the blocks in it, each block once."""
    if not isinstance(node, dict):
        return
    yield node
    name = node.get("use")
    if isinstance(name, str) and name in blocks and name not in seen:
        seen.add(name)
        yield from _nodes(blocks[name].get("block"), blocks, seen)
    for key in (*language.GROUPS, "of"):
        for child in listed(node.get(key)):
            yield from _nodes(child, blocks, seen)


def _answering(node: dict[str, Any], word: str) -> tuple[str, ...]:
    """The types of fact that may answer for it; the day of the last one tells whether there was one at all."""
    if word == "count" and node.get("at_least") == 1:
        return ("int", "date")
    if word == "ended":
        return ("bool", "date")
    return ("int",) if word in ("count", "days") else ("bool",)

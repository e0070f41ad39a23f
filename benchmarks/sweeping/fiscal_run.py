"""One part of the members in OpenFisca; run by the Python that it was fetched into. Prints the seconds it took.

Given a folder and the number of the part. Timed: building the simulation, handing it what is given, calculating.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.model_api import DAY, Variable
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

ON = "2026-11-21"
EVENT = build_entity("event", "events", "Something that happened", is_person=True)
MEMBER = build_entity("member", "members", "A member", roles=[{"key": "of", "plural": "of", "label": "Theirs"}])
NO, UNKNOWN, YES = 0, 1, 2
Elm = dict[str, Any]


def told(entity: Any, name: str, kind: type, formula: Any = None) -> type:
    """A variable of OpenFisca."""
    more = {"formula": formula} if formula else {}
    return type(
        name, (Variable,), {"value_type": kind, "entity": entity, "definition_period": DAY, "label": name, **more}
    )


def count(at: str, needed: int, kinds: int) -> Any:
    """At least so many, of one kind where kinds are apart: only the older window says no, and where it is complete."""

    def formula(member: Any, period: Any) -> np.ndarray:
        def most(column: str) -> np.ndarray:
            of_kind = [member.sum(member.members(f"{column}_{at}_{kind}", period)) for kind in range(kinds)]
            return np.maximum.reduce(of_kind)

        never = member(f"may_say_no_{at}", period) & (most("perhaps") < needed)
        return np.where((most("new") >= needed) | (most("sure") >= needed), YES, np.where(never, NO, UNKNOWN))

    return formula


def coded(fact: str) -> Any:
    """Whether any code speaks for the fact."""
    return lambda member, period: member.any(member.members(f"speaks_{fact}", period))


class Criteria:
    """The criteria of a programme over whole columns."""

    def __init__(self, functions: dict[str, Elm], member: Any, period: Any) -> None:
        self.functions, self.member, self.period = functions, member, period

    def value(self, said: Elm, own: dict[str, Any]) -> Any:
        """What an expression comes to, member by member."""
        kind = said["type"]
        if kind == "Property":
            return self.member(said["path"], self.period)
        if kind == "OperandRef":
            return own[said["name"]]
        if kind in ("Literal", "Null"):
            return UNKNOWN if kind == "Null" else YES if said["value"] == "true" else NO
        if kind == "If":
            parts = [self.value(said[name], own) for name in ("condition", "then", "else")]
            return np.where(parts[0] == YES, *parts[1:])
        operand = said["operand"]
        parts = [self.value(each, own) for each in (operand if isinstance(operand, list) else [operand])]
        if kind == "FunctionRef":
            called = self.functions[said["name"]]
            names = [each["name"] for each in called["operand"]]
            return self.value(called["expression"], dict(zip(names, parts, strict=True)))
        if kind == "Chosen":
            outcomes = [self.member(name, self.period).astype(int) for name in said["by"]]
            return np.choose(np.ravel_multi_index(outcomes, said["sizes"]), parts)
        return WORDS[kind](*parts)


WORDS: dict[str, Any] = {
    "And": np.minimum,
    "Or": np.maximum,
    "Not": lambda one: YES - one,
    "IsNull": lambda one: np.where(one == UNKNOWN, YES, NO),
    "IsTrue": lambda one: np.where(one == YES, YES, NO),
    "IsFalse": lambda one: np.where(one == NO, YES, NO),
    "Equal": lambda one, two: np.where(
        (one == UNKNOWN) | (two == UNKNOWN), UNKNOWN, np.where(one == two, YES, NO)
    ),
}  # fmt: skip


def programme(expression: Elm, functions: dict[str, Elm]) -> Any:
    """Its formula."""
    return lambda member, period: Criteria(functions, member, period).value(expression, {})


def system(given: dict[str, Any], columns: dict[str, np.ndarray]) -> TaxBenefitSystem:
    """Every variable: what is given, what is counted, what is decided."""
    made = TaxBenefitSystem([EVENT, MEMBER])
    defined = {each["name"]: each for each in given["defined"]}
    for name, column in columns.items():
        of_event = name.split("_")[0] in ("new", "sure", "perhaps", "speaks")
        made.add_variable(told(EVENT if of_event else MEMBER, name, bool if column.dtype == bool else int))
    for at, needed in given["needed"].items():
        made.add_variable(told(MEMBER, f"count_{at}", int, count(at, *needed)))
    for fact in given["coded"]:
        made.add_variable(told(MEMBER, f"coded_{fact}", bool, coded(fact)))
    for name in given["programmes"]:
        made.add_variable(told(MEMBER, name, int, programme(defined[name]["expression"], defined)))
    return made


def main(folder: Path, part: str) -> None:
    given = json.loads((folder / "given.json").read_text())
    columns = dict(np.load(folder / f"given.{part}.npz"))
    whose = columns.pop("whose")
    rules = system(given, columns)
    begun = time.perf_counter()
    builder = SimulationBuilder()
    builder.create_entities(rules)
    builder.declare_person_entity("event", range(len(whose)))
    members = builder.declare_entity("member", range(len(columns["c0"])))
    members.members_entity_id = whose  # quicker than joining them one by one, and every member may have none
    simulation = builder.build(rules)
    for name, column in columns.items():
        simulation.set_input(name, ON, column)
    found = np.column_stack([simulation.calculate(name, ON) for name in given["programmes"]])
    seconds = time.perf_counter() - begun
    np.save(folder / f"answers.{part}.npy", found.astype(np.int8))
    print(seconds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

"""Why an answer changed between two runs: what differs in the state it rests on, or the policy, or both."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from wholeperson.sweep.report.traces import TRACES
from wholeperson.sweep.run.legend import BIRTHDAY, LEGEND_FILE

MOVED: Final = "window moved"
COVERAGE: Final = "coverage"
ENDS_NOTHING: Final = "ends nothing"  # a sweep never does: a person decides about what has begun
Atom = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the bits of one run's states mean."""

    atoms: dict[str, Atom]
    programmes: dict[str, tuple[str, ...]]
    words: int


def read_legend(folder: Path) -> Legend | None:
    """The legend of a run; None where it was kept none."""
    try:
        told = json.loads((folder / LEGEND_FILE).read_bytes())
    except OSError:
        return None
    names = [each["name"] for each in told["atoms"]]
    programmes = {name: tuple(names[at] for at in atoms) for name, atoms in told["programmes"].items()}
    return Legend({each["name"]: each for each in told["atoms"]}, programmes, told["words"])


class Causes:
    """Names the causes of changes for many distinct pairs of states at once."""

    def __init__(self, before: Legend, after: Legend, old: np.ndarray, new: np.ndarray) -> None:
        self.before, self.after = before, after
        both = [name for name in after.atoms if name in before.atoms]
        self.differs = {
            name: _read(before.atoms[name], old) != _read(after.atoms[name], new, before.atoms[name]) for name in both
        }

    def of(self, programme: str, pairs: np.ndarray, same: np.ndarray, *, policy: bool) -> list[str]:
        """The causes of one programme's change, pair by pair. ``same`` (pairs, 3): whether the coverage, the events
        and what was said are what they were. ``policy``: whether the programme's version differs.
        """
        names = [each for each in self.after.programmes.get(programme, ()) if each in self.differs]
        signs = np.column_stack([*(self.differs[name][pairs] for name in names), *same[pairs].T])
        distinct, which = np.unique(signs, axis=0, return_inverse=True)
        last = [f"policy: {programme}"] if policy else []
        texts = [self._told(names, sign, last) for sign in distinct]
        return [texts[at] for at in which.reshape(-1)]

    def _told(self, names: list[str], sign: np.ndarray, last: list[str]) -> str:
        changed = [name for name, differs in zip(names, sign, strict=False) if differs]
        same = dict(zip(TRACES, map(bool, sign[-len(TRACES) :]), strict=True))
        found = [self._cause(name, same, born_anew="fact birth_date" in changed) for name in changed]
        # Where nothing differs but the day, a rule began or ended on the way.
        return "; ".join(dict.fromkeys([*found, *last] or [MOVED]))

    def _cause(self, name: str, same: dict[str, bool], *, born_anew: bool) -> str:
        atom = self.after.atoms[name]
        if atom["told"] == BIRTHDAY:
            return "birth_date" if born_anew else BIRTHDAY
        own = same["events"] and (same["facts"] or atom["kind"] != "fact")
        if not own:
            return str(atom["told"])
        return MOVED if same["coverage"] or atom["kind"] == "fact" else COVERAGE


def _read(atom: Atom, states: np.ndarray, like: Atom | None = None) -> np.ndarray:
    """The atom of every state as numbers that mean the same in both runs."""
    told: np.ndarray = states[:, atom["word"]] >> atom["shift"] & ((1 << atom["width"]) - 1)
    if atom["kind"] != "fact" or like is None or like["values"] == atom["values"]:
        return told
    first = (1 << atom["first"]) - 1
    known: Sequence[str] = like["values"]
    renamed = [0] + [known.index(each) + 1 if each in known else -1 - at for at, each in enumerate(atom["values"])]
    anew: np.ndarray = (told & ~first) | np.array(renamed, np.int64)[told & first]
    return anew

"""The small tables that a run writes down before its statements: classes of values, orders of proof, places, births."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from wholeperson.rules.case import Case
from wholeperson.sweep.leaves.atoms import fact_atom
from wholeperson.sweep.leaves.coding import encode, encode_silence
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.windows import nobody

SMALL: Final[dict[str, dict[str, str]]] = {
    "value_codes": {"value": "int32", "fact": "int16", "klass": "int16", "power": "int64", "alphabet": "int32"},
    "said_by": {
        "fact": "int16", "source": "int16", "place": "int16", "governs": "int16", "grp": "int16", "shown": "int64",
    },
    "fact_codes": {
        "fact": "int16", "word": "int16", "factor": "int64", "mask": "int64", "others_factor": "int64",
        "groups_factor": "int64",
    },
    "races": {"race_ethnicity": "string", "state": "int64"},
    "births": {"birth": "int32"},
    "silences": {"of_class": "int16"},
}  # fmt: skip


def value_codes(plan: Plan) -> Iterator[tuple[Any, ...]]:
    """The class of every value in the store, its bit among the others, and its place among the texts of its fact."""
    facts = list(plan.atoms.facts)
    for fact in facts:
        own = [(code, value) for code, name, value in plan.values if name == fact]
        own.sort(key=lambda pair: str(pair[1]))
        case = plan_case(plan)
        for alphabet, (code, value) in enumerate(own):
            klass = plan.classes[fact].number(value, case)
            yield code, facts.index(fact), klass, 1 << klass if plan.bits[fact].others > 1 else 1, alphabet


def plan_case(plan: Plan) -> Case:
    """Somebody of whom nothing is known, on the run's day."""
    return Case(plan.policy, nobody(()), on=plan.calendar.on)


def said_by(plan: Plan) -> Iterator[tuple[int, int, int, int, int, int]]:
    """For every fact and source: its place in the order of proof, whether it governs, its group (-1: nobody named), and
    the group in the fact's state.
    """
    for at, name in enumerate(plan.atoms.facts):
        fact = plan.policy.facts[name]
        for source in (None, *plan.store.sources):
            place = fact.proof.index(source) if source in fact.proof else len(fact.proof)
            number_of = -1 if source is None else plan.store.sources.index(source)
            bits, group = plan.bits[name], plan.groups.of[source]
            shown = 1 << (group - 1 + bits.first + bits.others) if group and bits.groups else 0
            yield at, number_of, place, int(source in fact.governed_by), group, shown


def fact_codes(plan: Plan) -> Iterator[tuple[int, int, int, int, int, int]]:
    """For every fact: its word, what its state is multiplied with to lie there, its bits, the places of its parts."""
    for at, (name, bits) in enumerate(plan.bits.items()):
        place = plan.layout.bits[fact_atom(name)]
        others = 1 << bits.first if bits.others else 0
        mask = (1 << place.width) - 1 << place.shift
        yield at, place.word, place.factor, mask, others, 1 << (bits.first + bits.others) if bits.groups else 0


def races(plan: Plan, texts: list[str]) -> Iterator[tuple[str, int]]:
    """The state of the fact for every list of races and groups that members have."""
    name = "race_ethnicity"
    for text in texts if name in plan.bits else ():
        klass = plan.classes[name].number(tuple(text.split(";")), plan_case(plan))
        yield text, encode(plan.bits[name], klass, groups=group_bit(plan, "enrolment"))


def group_bit(plan: Plan, source: str) -> int:
    """The bit of a source's group in a fact's state."""
    group = plan.groups.of[source]
    return 1 << (group - 1) if group else 0


def words_of_facts(plan: Plan, some: Iterable[str] | None = None) -> list[int]:
    """The words of the state in which some fact lies, or one of those named."""
    found = {plan.layout.bits[fact_atom(name)].word for name in (plan.atoms.facts if some is None else some)}
    return sorted(word for word in found if word < plan.words)


def silence_columns(plan: Plan) -> dict[str, str]:
    """The columns of the table of silences."""
    return {**SMALL["silences"], **{f"s{word}": "int64" for word in _words_of_silence(plan)}}


def _words_of_silence(plan: Plan) -> list[int]:
    return words_of_facts(plan, (name for name in plan.atoms.facts if plan.policy.facts[name].no_when_complete))


def silences(plan: Plan) -> Iterator[tuple[int, ...]]:
    """For every class of members: the words of a state in which every fact is what silence says, where it speaks."""
    for at in range(len(plan.calendar.classes)):
        words = dict.fromkeys(_words_of_silence(plan), 0)
        for name, source in _silent(plan, at):
            place = plan.layout.bits[fact_atom(name)]
            groups = group_bit(plan, source) if plan.atoms.facts[name] else 0
            klass = plan.classes[name].number(False, plan_case(plan))
            words[place.word] |= encode_silence(plan.bits[name], klass, groups) * place.factor
        yield at, *words.values()


def _silent(plan: Plan, klass: int) -> Iterator[tuple[str, str]]:
    """Silence means no only where the fact's own source says so and is complete through the day."""
    for name in plan.atoms.facts:
        sources = plan.policy.facts[name].no_when_complete
        source = plan.calendar.says_no(sources)[klass] if sources and name != "birth_date" else None
        if source:
            yield name, source

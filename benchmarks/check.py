"""One person, every programme: deciding and explaining against writing it as JSON; cold starts; questions asked."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.run import Measured, rounded
from wholeperson.commands.ask import UNKNOWN, ask, facts_in_play
from wholeperson.rules.case import Case
from wholeperson.rules.explain import check
from wholeperson.rules.proving.cases import Example, read_cases
from wholeperson.rules.reading.cache import checked, load_policy
from wholeperson.rules.reading.files import policy_folders, policy_paths
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "rosa.yaml"


def measure() -> Measured:
    """Figures, ratios and bars of this order."""
    policy = load_policy()
    # Before anything else fills the memory: a command reads the policy first, once.
    loading = {
        # What `check --lang es` reads: a command speaks English and one other language at most.
        "policy_from_cache_ms": best(lambda: load_policy(language="es"), 20) * 1000,
        "policy_from_cache_all_languages_ms": best(load_policy, 20) * 1000,
        "policy_from_yaml_s": best(lambda: checked(policy_paths(policy_folders(None))), 5),
    }
    cases = list(read_cases(ROOT / "tests" / "policy" / "cases", policy))
    told, written = deciding(policy, cases)
    asked, in_play = asking(policy, cases)
    figures = {
        "programmes": float(len(policy.programmes)),
        "cases": float(len(cases)),
        "decide_and_explain_ms": told,
        "json_dumps_ms": written,
        **loading,
        "check_cold_json_s": cold(person_as_json(policy)),
        "median_questions": asked,
        "facts_in_play": float(in_play),
    }
    bundle = a_bundle()
    if bundle:
        figures["check_cold_bundle_s"] = cold(bundle)
    ratios = {"decide_and_explain_over_json_dumps": told / written, "questions_over_facts": asked / in_play}
    bars = {"decide_and_explain_over_json_dumps": 2.0, "questions_over_facts": 0.25, "policy_from_cache_ms": 10.0,
            "policy_from_yaml_s": 0.3, "check_cold_json_s": 0.35}  # fmt: skip
    if bundle:
        bars["check_cold_bundle_s"] = 0.5
    return {"figures": _rounded(figures), "ratios": _rounded(ratios), "bars": bars}


def deciding(policy: Policy, cases: list[Example]) -> tuple[float, float]:
    """Milliseconds a person for all that `check` says (answers, trees, missing, next questions), and for its JSON."""
    words = Words(policy)
    told, written = [], []
    for _ in range(3):
        for example in cases:
            start = time.perf_counter()
            report = check(Case(policy, example.person, on=example.on), policy.programmes, words)
            middle = time.perf_counter()
            json.dumps(report)
            written.append(time.perf_counter() - middle)
            told.append(middle - start)
    return statistics.median(told) * 1000, statistics.median(written) * 1000


def asking(policy: Policy, cases: list[Example]) -> tuple[float, int]:
    """The median number of questions over all cases, from birth date and coverage alone, and the facts there are."""
    programmes = list(policy.programmes)
    counts = []
    for example in cases:
        knows = answers_of(policy, example)
        counts.append(len(ask(case_without_facts(policy, example), programmes, knows, knows)[0]))
    return statistics.median(counts), len(facts_in_play(policy, programmes))


def case_without_facts(policy: Policy, example: Example) -> Case:
    """The person with birth date and coverage only."""
    return Case(policy, replace(example.person, statements=(), happenings=(), complete=()), on=example.on)


def answers_of(policy: Policy, example: Example) -> Callable[[str], Any]:
    """Answers as the person's whole record gives them; what it does not know is not known."""
    case = Case(policy, example.person, on=example.on)

    def answer(name: str) -> Any:
        known = case.known(name)
        return UNKNOWN if known is None else known.value

    return answer


def cold(person: Path) -> float:
    """Seconds for the whole command, median of nine, the policy cache warm."""
    command = [sys.executable, "-m", "wholeperson", "check", str(person), "--on", "2026-11-21", "--json"]
    return statistics.median(
        timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)) for _ in range(9)
    )


def person_as_json(policy: Policy) -> Path:
    """The example as JSON, as other systems send it."""
    from wholeperson.commands.inputs import parse

    data, _ = parse(EXAMPLE.read_bytes(), EXAMPLE.name)
    path = Path(tempfile.mkdtemp()) / "rosa.json"
    path.write_text(json.dumps(data))
    return path


def a_bundle() -> Path | None:
    """The largest of the real FHIR bundles, where there are any."""
    folder = os.environ.get("WHOLEPERSON_SYNTHEA_FHIR")
    found = sorted(Path(folder).glob("*.json"), key=lambda each: each.stat().st_size) if folder else []
    return found[-1] if found else None


def best(work: Callable[[], Any], times: int) -> float:
    """The median of some runs, in seconds."""
    return statistics.median(timed(work) for _ in range(times))


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {key: rounded(value) for key, value in values.items()}

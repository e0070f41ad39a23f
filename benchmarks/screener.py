"""The screener over the people of the policy's cases: how many questions, and how long the server takes for one."""

import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from benchmarks.run import Measured, rounded

if TYPE_CHECKING:
    from django.test import Client

UP_TO = 12  # questions


def measure() -> Measured:
    """Questions until done, until something may fit, and milliseconds of a step through the whole site."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TEST_DATABASE_URL"] = f"sqlite:///{folder}/screener.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholeperson.site.settings_of_tests"
        os.environ.setdefault("WHOLEPERSON_NOW", "2026-11-21T09:00-08:00")
        import django

        django.setup()
        asked, firsts, kept = walked()
        steps = sorted(timed())
    return {
        "figures": {
            "people": len(asked),
            "questions_median": statistics.median(asked),
            "questions_p90": sorted(asked)[int(len(asked) * 0.9)],
            "first_may_fit_median": statistics.median(firsts),
            "first_may_fit_p95": sorted(firsts)[int(len(firsts) * 0.95)],
            "share_of_counts_kept": rounded(kept),
            "step_median_ms": rounded(statistics.median(steps) * 1000),
            "step_p95_ms": rounded(steps[int(len(steps) * 0.95)] * 1000),
        },
        "ratios": {},
        "bars": {"questions_median": UP_TO, "first_may_fit_median": 6, "step_p95_ms": 100},
    }


def walked() -> tuple[list[int], list[int], float]:
    """Of everybody: questions until done; of those whom something may fit: until then; how often the count held."""
    from benchmarks.respondent import people, run
    from wholeperson.handbook.screener.guide import guide_of
    from wholeperson.rules.reading.cache import load_policy

    runs = [run(*each) for each in people(guide_of(load_policy(), "en"))]
    counts = [
        len(one.asked) - at - 1 <= left for one in runs for at, left in enumerate(one.announced)
    ]  # whether no more came than was announced
    firsts = [one.first for one in runs if one.first is not None]
    return [len(one.asked) for one in runs], firsts, sum(counts) / len(counts)


def timed() -> Iterator[float]:
    """Seconds of each step, for somebody who begins with each situation in turn."""
    from django.core.management import call_command
    from django.test import Client

    from wholeperson.handbook.screener.guide import guide_of
    from wholeperson.rules.reading.cache import load_policy

    call_command("migrate", interactive=False, verbosity=0)
    client = Client(SERVER_NAME="localhost")
    list(steps_of(client, ["no_home"]))  # loads the policy
    for name in guide_of(load_policy(), "en").situations:
        yield from steps_of(client, [name])
    yield from steps_of(client, ["no_home", "food", "many_visits", "custody", "pregnant"])


def steps_of(client: "Client", ticked: list[str]) -> Iterator[float]:
    """The page that begins, a question each, and the results."""
    page = client.get("/screener/").content.decode()
    sent: dict[str, object] = {"who": "me", "ticked": ticked}
    while sent:
        begun = time.perf_counter()
        page = client.post("/screener/", {"state": part(page, "state"), **sent}).content.decode()
        yield time.perf_counter() - begun
        fact = part(page, "fact")
        number = {"value": "30"} if 'id="value"' in page else {"answer": "yes"}
        sent = {"fact": fact, **number} if fact else {}


def part(page: str, name: str) -> str:
    """A hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""

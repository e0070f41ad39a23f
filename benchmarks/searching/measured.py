"""One database, by TEST_DATABASE_URL: filled, asked, and served to two hundred readers; prints the figures as JSON."""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from urllib.parse import quote

READERS, EACH = 200, 6
QUESTIONS = 1_000
PATIENCE = 40.0


def main(entries: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.searching.settings"
    os.environ.setdefault("WHOLEPERSON_NOW", "2026-11-21T09:00-08:00")
    questions, filled = fill(entries)
    told = {"fill_s": filled, **one_asker(questions), **many_readers(questions)}
    sys.stdout.write(json.dumps(told) + "\n")


def fill(entries: int) -> tuple[list[str], float]:
    """An index of so many entries beside those of the policy; the questions, and the seconds it took."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils.timezone import get_default_timezone

    from benchmarks.searching.drawn import Drawn
    from wholeperson import clock
    from wholeperson.handbook.search import actions, sources

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    drawn = Drawn()
    found = list(drawn.entries(entries))
    begun = time.perf_counter()
    now = clock.now()
    today = now.astimezone(get_default_timezone()).date()
    actions.rebuild([*sources.everything(today), *found], version=sources.version(today), at=now)
    filled = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return drawn.questions(found, QUESTIONS), filled


def one_asker(questions: list[str]) -> dict[str, float]:
    """Milliseconds from what was typed to what the page shows."""
    from wholeperson.handbook.search import looking
    from wholeperson.handbook.search.presenters import hits
    from wholeperson.handbook.search.views import ON_A_PAGE

    taken, empty = [], 0
    for question in [*questions[:50], *questions]:
        begun = time.perf_counter()
        answer = looking.look(question, language="en")
        shown = hits(looking.entries(answer.places[:ON_A_PAGE]), answer)
        taken.append((time.perf_counter() - begun) * 1000)
        empty += not shown
    taken = taken[50:]
    return {"p50_ms": statistics.median(taken), "p95_ms": p95(taken), "found_nothing": empty / len(questions)}


def many_readers(questions: list[str]) -> dict[str, float]:
    """Two hundred at once, in turn at the empty page and at the search; the better of two rounds of each."""
    from django.db import connections

    connections.close_all()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = [sys.executable, "-m", "gunicorn", "wholeperson.site.wsgi:application", "--bind", f"127.0.0.1:{port}",
              "--workers", "2", "--threads", "4", "--log-level", "error", "--backlog", "2048"]  # fmt: skip
    with subprocess.Popen(server, stdout=subprocess.DEVNULL) as served:
        try:
            wait_for(port)
            searches = [f"/search/?q={quote(question)}" for question in questions]
            rounds = [(at_once(port, ["/empty/"]), at_once(port, searches)) for _ in range(2)]
        finally:
            served.terminate()
    return {
        "empty_p95_ms": min(p95(taken) for (taken, _), _ in rounds),
        "readers_p95_ms": min(p95(taken) for _, (taken, _) in rounds),
        "errors": float(sum(wrong for pair in rounds for _, wrong in pair)),
    }


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        taken, wrong = asyncio.run(readers(port, ["/empty/", "/search/?q=housing"], 4, 2))
        if taken and not wrong:
            return
        time.sleep(0.3)
    raise SystemExit("the server did not start")


def at_once(port: int, addresses: list[str]) -> tuple[list[float], int]:
    return asyncio.run(readers(port, addresses, READERS, EACH))


async def readers(port: int, addresses: list[str], many: int, each: int) -> tuple[list[float], int]:
    """Milliseconds of every page, and how many were no page."""
    taken: list[float] = []
    wrong = 0

    async def read(who: int) -> None:
        nonlocal wrong
        for turn in range(each):
            begun = time.perf_counter()
            if await page(port, addresses[(who * each + turn) % len(addresses)]):
                taken.append((time.perf_counter() - begun) * 1000)
            else:
                wrong += 1

    await asyncio.gather(*(read(who) for who in range(many)))
    return taken, wrong


async def page(port: int, address: str) -> bool:
    """Whether it was a whole page."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
    except (OSError, TimeoutError):
        return False
    return answer.startswith(b"HTTP/1.1 200") and answer.rstrip().endswith(b"</html>")


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


if __name__ == "__main__":
    main(int(sys.argv[1]))

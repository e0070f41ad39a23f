"""On the PostgreSQL that TEST_DATABASE_URL names: filled, asked for its pages, and asked for help; prints JSON.

Pages are asked of a server of two workers by the role that owns nothing, twenty a second whether or not the last is
there yet, in turn with an empty page of the same person. Before that each thread of the server has been asked for each
page: a server stands for months. What the first to ask waits for is told beside it, as `first_ms`.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from benchmarks.searching.measured import p95

A_SECOND, SECONDS, ROUNDS = 20, 8, 2
AT_ONCE, WARMING = 8, 4  # threads of the server, and how often all of them are asked before it counts
ASKED = 150
FEW = (80, 80, 10)
PATIENCE = 40.0
INTAKE, PROVIDER, REFERRER = (f"{role}@demo.example" for role in ("plan_intake", "provider_intake", "referrer"))


def main(sizes: tuple[int, int, int]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.searching.settings"
    os.environ.setdefault("WHOLEPERSON_NOW", "2026-11-21T09:00-08:00")
    prepare()
    from benchmarks.referring.filled import Town, fill
    from wholeperson import clock

    town = Town(clock.now())
    fill(town, *FEW)
    with served() as port:
        few = {name: queries(port, who, address) for name, (who, address) in pages().items()}
    begun = time.perf_counter()
    fill(town, *sizes)
    told = {"fill_s": time.perf_counter() - begun}
    with served() as port:
        many = {name: queries(port, who, address) for name, (who, address) in pages().items()}
        told |= {f"{name}_queries": float(count) for name, count in many.items()}
        told["queries_more_when_full"] = float(max(many[name] - few[name] for name in many))
        told |= asyncio.run(timed(port))
    sys.stdout.write(json.dumps(told | asking(town)) + "\n")


def prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from wholeperson.record.grants import grant_to

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("fill_demo", cast_only=True)
    grant_to("wholeperson_web")


def pages() -> dict[str, tuple[str, str]]:
    """Each page: whose it is, and its address."""
    from wholeperson.casework.referrals.models import Referral, Sending

    one = Referral.objects.filter(handled_by__memberships__person__email=INTAKE, status="screened").latest("id")
    taken = Sending.objects.filter(organisation__memberships__person__email=PROVIDER, status="accepted").latest("id")
    return {
        "desk": (INTAKE, "/desk/"),
        "work": (INTAKE, "/desk/work/"),
        "work_at_the_limit": (INTAKE, f"/desk/work/?page=20&after={behind(950)}"),
        "work_far_down": (INTAKE, f"/desk/work/?page=151&after={behind(7_500)}"),
        "work_of_a_provider": (PROVIDER, "/desk/work/?whose=team"),
        "to_handle": (INTAKE, "/referrals/"),
        "one_to_handle": (INTAKE, f"/referrals/{one.public_id}/"),
        "to_send": (INTAKE, f"/referrals/{one.public_id}/steps/send/"),
        "to_answer": (PROVIDER, "/referrals/"),
        "one_taken": (PROVIDER, f"/referrals/{taken.referral.public_id}/"),
        "asked_for": (REFERRER, "/referrals/"),
        "directory": (REFERRER, "/providers/?county=contra_costa"),
    }


def behind(lines: int) -> str:
    """The place behind so many lines of this person's list, or in its middle where there are fewer.

    It is where *Next* leads from there. Behind the last line stands nothing, and of nothing nothing is asked.
    """
    from wholeperson.access import upto
    from wholeperson.casework.referrals.lifecycle import TURN
    from wholeperson.casework.referrals.models import Referral

    theirs = Referral.objects.filter(handled_by__memberships__person__email=INTAKE, status__in=TURN)
    many = theirs.count()
    last = list(theirs.order_by("due_at", "id")[: lines if lines < many else max(1, many // 2)])[-1]
    return upto.address_of((last.due_at or upto.NEVER, "referral", last.pk))


# ── the server and its readers ───────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def served() -> Iterator[int]:
    """The port of a server of two workers, as the role that serves pages."""
    from django.db import connections

    connections.close_all()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    environment = {
        **os.environ,
        "TEST_DATABASE_URL": os.environ["TEST_DATABASE_URL"].replace("//wholeperson@", "//wholeperson_web@"),
    }
    server = [sys.executable, "-m", "gunicorn", "wholeperson.site.wsgi:application", "--bind", f"127.0.0.1:{port}",
              "--workers", "2", "--threads", "4", "--log-level", "error"]  # fmt: skip
    with subprocess.Popen(server, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if asyncio.run(page(port, cookie(REFERRER), "/empty/")):
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("the server did not start")


def cookie(email: str) -> str:
    from django.conf import settings
    from django.test import Client

    from wholeperson.access.models import Person

    client = Client()
    client.force_login(Person.objects.get(email=email), backend=settings.ONE_CLICK)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def queries(port: int, who: str, address: str) -> int:
    """How many the server says it asked; the second time, when what is kept once is kept."""
    asyncio.run(page(port, cookie(who), address))
    head = asyncio.run(page(port, cookie(who), address)).partition(b"\r\n\r\n")[0].lower()
    return int(head.partition(b'db;desc="')[2].partition(b'"')[0])


async def page(port: int, session: str, address: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {session}\r\nConnection: close\r\n\r\n"
    writer.write(asked.encode())
    answer = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{address} answered {answer[:40]!r}: there is nothing to measure")
    return answer


async def timed(port: int) -> dict[str, float]:
    """The p95 of each page in milliseconds, and of the empty one; pooled over the rounds."""
    asked = await asyncio.to_thread(
        lambda: (
            {"empty": (cookie(INTAKE), "/empty/")}
            | {name: (cookie(who), address) for name, (who, address) in pages().items()}
        )
    )
    taken: dict[str, list[float]] = {name: [] for name in asked}
    first = max([await warmed(port, session, address) for session, address in asked.values()])
    for _ in range(ROUNDS):
        for name, (session, address) in asked.items():
            taken[name] += await steadily(port, session, address)
    return {f"{name}_p95_ms": p95(values) for name, values in taken.items()} | {"first_ms": first}


async def warmed(port: int, session: str, address: str) -> float:
    """Ask so often at once that each thread of the server has had its turn; the milliseconds of the slowest answer."""

    async def one() -> float:
        begun = time.perf_counter()
        await page(port, session, address)
        return (time.perf_counter() - begun) * 1000

    return max([taken for _ in range(WARMING) for taken in await asyncio.gather(*(one() for _ in range(2 * AT_ONCE)))])


async def steadily(port: int, session: str, address: str) -> list[float]:
    """Milliseconds of each page, counted from the moment it was due to be asked for."""
    begun = time.perf_counter()

    async def one(at: int) -> float:
        due = begun + at / A_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await page(port, session, address)
        return (time.perf_counter() - due) * 1000

    return list(await asyncio.gather(*(one(at) for at in range(A_SECOND * SECONDS))))


# ── asking for help ──────────────────────────────────────────────────────────────────────────────────────────────────


def asking(town: Any) -> dict[str, float]:
    """Seconds of the action for each of so many people, and of its inserts alone, told to the database once more."""
    from django.db import connection, transaction

    whole = bare = 0.0
    for turn in range(ASKED):
        inserts: list[tuple[str, Any]] = []

        def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any,
                  kept: list[tuple[str, Any]] = inserts) -> Any:  # fmt: skip
            if sql.startswith("INSERT"):
                kept.append((sql, params))
            return execute(sql, params, many, context)

        with transaction.atomic():
            with connection.execute_wrapper(noted):
                ask(town, turn)
            transaction.set_rollback(True)
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in inserts:
                cursor.execute(sql, params)
        bare += time.perf_counter() - begun
        begun = time.perf_counter()
        ask(town, ASKED + turn)
        whole += time.perf_counter() - begun
    return {"ask_ms": whole / ASKED * 1000, "bare_rows_ms": bare / ASKED * 1000, "rows": float(len(inserts))}


def ask(town: Any, turn: int) -> None:
    """A hospital asks for somebody new."""
    from wholeperson.access.models import Person
    from wholeperson.access.queries import stand
    from wholeperson.casework.referrals import actions

    person = Person.objects.get(email=REFERRER)
    stand(person, on=town.now.date(), at=town.now)
    about = actions.About(given_name=f"Person{turn}", family_name="Ofbench", birth_date=date(1960, 1, 1),
                          county="contra_costa", plan="contra_costa_health_plan", phone="555-0142")  # fmt: skip
    asker = actions.Asker(standing="hospital", name="Renee Brooks", person=person)
    wanted = actions.Wanted(("cs.recuperative_care",))
    actions.ask(about, wanted, asker, channel="form", key=f"bench {turn}", by=person, at=town.now)


if __name__ == "__main__":
    main((int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

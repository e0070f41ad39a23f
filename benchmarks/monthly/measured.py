"""On the PostgreSQL that TEST_DATABASE_URL names: a month's file loaded, the next one, the file that goes out, pages.

What is loaded is loaded by the role that owns nothing, through the row-level policies, as in an installation.
"""

import asyncio
import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from benchmarks.referring.measured import PROVIDER, cookie, page, prepare, queries, served
from benchmarks.searching.measured import p95

LEAD, SUPERVISOR = "lead_care_manager@demo.example", "supervisor@demo.example"
FEW, FEW_CONTACTS = 10, 2
ROUNDS = 60
PLAN = "contra_costa_health_plan"
OCTOBER = date(2026, 10, 1)


def main(members: int, contacts: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.searching.settings"
    os.environ.setdefault("WHOLEPERSON_NOW", "2026-11-21T09:00-08:00")
    prepare()
    from wholeperson.record.collector import settle

    settle()  # as the worker does, which loads a large file
    scene = Scene()
    scene.loaded(scene.file(FEW, 1, "csv"))
    scene.work(FEW_CONTACTS)
    with served() as port:
        few = {name: queries(port, who, address) for name, (who, address) in pages().items()}
    told = {**loading(scene, members // 2), **scene.bare()}  # half of them in each kind of file
    sys.stderr.write(json.dumps(told) + "\n")
    told["contacts_s"] = took(lambda: scene.work(max(1, contacts // members)))
    told |= going_out(scene)
    with served() as port:
        many = {name: queries(port, who, address) for name, (who, address) in pages().items()}
        told |= {f"{name}_queries": float(count) for name, count in many.items()}
        told["queries_more_when_full"] = float(max(many[name] - few[name] for name in many))
        told |= asyncio.run(in_turn(port))
    told["load_average"] = os.getloadavg()[0]
    sys.stdout.write(json.dumps(told) + "\n")


def pages() -> dict[str, tuple[str, str]]:
    """Each page: whose it is, and its address."""
    from wholeperson.casework.care.models import Case
    from wholeperson.exchange.models import Received
    from wholeperson.record import wall

    with wall.opened("bench"):
        case = Case.objects.filter(organisation__name="Bayside Care Partners", status="assigned").latest("id")
    file = Received.objects.latest("id")
    return {
        "phone_page": (LEAD, "/today/"),
        "whole_team": (SUPERVISOR, "/today/?team"),
        "one_case": (LEAD, f"/cases/{case.public_id}/"),
        "month_end": (PROVIDER, "/exchange/month/?month=2026-10"),
        "files": (PROVIDER, "/exchange/"),
        "one_file": (PROVIDER, f"/exchange/{file.public_id}/"),
    }


async def in_turn(port: int) -> dict[str, float]:
    """The p95 of each page in milliseconds, and of the empty one: one reader, one page after the other."""
    asked = await asyncio.to_thread(
        lambda: (
            {"empty": (cookie(LEAD), "/empty/")}
            | {name: (cookie(who), address) for name, (who, address) in pages().items()}
        )
    )
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, (session, address) in asked.items():
            begun = time.perf_counter()
            await page(port, session, address)
            taken[name].append((time.perf_counter() - begun) * 1000)
    return {f"{name}_p95_ms": p95(values) for name, values in taken.items()}


class Scene:
    """A provider of the demo, one of its plans, and whoever works with their files."""

    def __init__(self) -> None:
        from wholeperson import clock
        from wholeperson.access.models import Identifier, Organisation, Person
        from wholeperson.access.queries import stand
        from wholeperson.exchange.layouts import layouts

        self.now = clock.now()
        self.ours = Organisation.objects.get(name="Bayside Care Partners")
        self.plan = Identifier.objects.get(system="plan", value=PLAN, until=None).organisation
        self.by = stand(Person.objects.get(email=PROVIDER), on=self.now.date(), at=self.now)
        self.lead = Person.objects.get(email=LEAD)
        self.layout = layouts()["mif"]

    def file(self, many: int, seed: int, kind: str, period: str = "2026-10") -> bytes:
        from benchmarks.monthly.filled import file_of

        return file_of(self.layout, many, seed, period, kind)

    def came(self, content: bytes) -> Any:
        from wholeperson.exchange import actions
        from wholeperson.record import documents

        file = documents.Received("mif", content)
        return actions.receive(actions.Came(file, self.ours, self.plan, self.layout), by=self.by, at=self.now)[0]

    def loaded(self, content: bytes) -> tuple[float, float]:
        """Seconds to check and keep it, and to load it; every row of it is in the records then."""
        from wholeperson.exchange import actions

        with as_the_web():
            begun = time.perf_counter()
            received = self.came(content)
            checked = time.perf_counter()
            received = actions.load(received, by=self.by, at=self.now)
            done = time.perf_counter()
        if received.status != "loaded" or received.rows_kept != received.rows_read:
            raise SystemExit(f"{received.rows_kept} of {received.rows_read}: {received.report[:400]}")
        return checked - begun, done - checked

    def work(self, each: int) -> None:
        from benchmarks.monthly.filled import work

        work(self.ours, self.lead, each, self.now)

    def bare(self, many: int = 1_000) -> dict[str, float]:
        """Seconds to load some more rows, and to tell the database its inserts alone once more."""
        from django.db import connection, transaction

        from wholeperson.exchange.actions.loading import Load
        from wholeperson.record import wall

        content, inserts = self.file(many, 7, "csv"), []

        def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("INSERT"):
                inserts.append((sql, params))
            return execute(sql, params, many, context)

        with as_the_web():
            received = self.came(content)
            with transaction.atomic():
                with connection.execute_wrapper(noted):
                    begun = time.perf_counter()
                    Load(received, by=self.by, at=self.now).run(content)
                    ours = time.perf_counter() - begun
                transaction.set_rollback(True)
            with wall.opened("bench"), transaction.atomic(), connection.cursor() as cursor:
                begun = time.perf_counter()
                for sql, params in inserts:
                    cursor.execute(sql, params)
                bare = time.perf_counter() - begun
                transaction.set_rollback(True)
        return {"thousand_rows_s": ours, "their_inserts_alone_s": bare}


def loading(scene: Scene, members: int) -> dict[str, float]:
    """Members that nobody knows, and the same people a month later; beside reading those files with the same reader."""
    from benchmarks.files import timed as processor

    told: dict[str, float] = {}
    for kind, seed in (("csv", 2), ("xlsx", 3)):
        content = scene.file(members, seed, kind)
        told[f"{kind}_read_s"] = min(took(lambda content=content: read(content)) for _ in range(2))
        told[f"{kind}_read_cpu_s"] = processor(lambda content=content: read(content))
        told[f"{kind}_check_s"], told[f"{kind}_load_new_s"] = scene.loaded(content)
    content = scene.file(members, 2, "csv", "2026-11")
    told["csv_next_check_s"], told["csv_load_next_s"] = scene.loaded(content)
    content = scene.file(members, 3, "xlsx", "2026-11")
    told["xlsx_next_check_s"], told["xlsx_load_next_s"] = scene.loaded(content)
    return told


def read(content: bytes) -> None:
    from wholeperson.formats.files.opening import open_table

    assert sum(1 for _ in open_table(io.BytesIO(content)).views[0].rows()) > 1


def going_out(scene: Scene) -> dict[str, float]:
    """Seconds of the month's return file, made twice, and the bytes are the same; and of writing its rows alone.

    Its memory is by how much the highest of this process grew.
    """
    from wholeperson.exchange import projections
    from wholeperson.exchange.layouts import layout_of
    from wholeperson.formats.files.writing import write

    layout = layout_of("rtf", scene.plan)
    what = (layout, scene.ours, scene.plan, OCTOBER)
    made = []

    def make() -> None:
        made.append(projections.make(*what, known_at=scene.now))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {"return_file_s": took(make)}
    make()
    told["return_file_memory_mb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if made[0].content != made[1].content:
        raise SystemExit("the same month gave other bytes")
    told["return_file_rows"] = float(made[0].written.rows)
    rows = list(projections.rows(*what, known_at=scene.now))
    told["return_file_written_alone_s"] = took(lambda: write(layout, rows, io.BytesIO(), None))
    return told


def took(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def as_the_web() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET ROLE wholeperson_web")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

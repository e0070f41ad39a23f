"""An empty signed-in page: what permission, scoping and trail cost beside the same page without them."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.run import Measured, rounded

if TYPE_CHECKING:
    from django.test import Client

PAGES, ROUNDS = 60, 9


def measure() -> Measured:
    """One member's page, with and without; the two are measured in turn, since a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TEST_DATABASE_URL"] = f"sqlite:///{folder}/page.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "wholeperson.site.settings_of_tests"
        os.environ.setdefault("WHOLEPERSON_NOW", "2026-11-21T09:00-08:00")
        bare, ours = prepared()
        seconds = [(timed(bare), timed(ours)) for _ in range(ROUNDS)]
    floor = statistics.median(one for one, _ in seconds)
    whole = statistics.median(other for _, other in seconds)
    return {
        "figures": {"bare_page_ms": rounded(floor * 1000), "page_ms": rounded(whole * 1000)},
        "ratios": {"page_over_bare": rounded(whole / floor)},
        "bars": {"page_over_bare": 2.0},
    }


def prepared() -> tuple[Callable[[], None], Callable[[], None]]:
    """The same page of the same member, asked for by the same signed-in person: without and with."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client, override_settings

    from wholeperson.access.models import Person
    from wholeperson.casework.members.models import Member

    call_command("migrate", interactive=False, verbosity=0)
    call_command("fill_demo", cast_only=True)
    person = Person.objects.get(email="lead_care_manager@demo.example")
    rosa = Member.objects.get(given_name="Rosa").public_id
    theirs = [name for name in settings.MIDDLEWARE if not name.startswith("wholeperson.")]
    bare, ours = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    for client, names in ((bare, theirs), (ours, settings.MIDDLEWARE)):
        with override_settings(MIDDLEWARE=["benchmarks.bare_page.leads_here", *names]):
            client.handler.load_middleware()
    for client in (bare, ours):
        client.force_login(person, backend=settings.ONE_CLICK)
    return lambda: ask(bare, f"/bare/{rosa}/"), lambda: ask(ours, f"/scoped/{rosa}/")


def ask(client: "Client", address: str) -> None:
    """So often that the clock's own steps do not matter."""
    for _ in range(PAGES):
        answer = client.get(address)
        if answer.status_code != 200 or b"Rosa Delgado" not in answer.content:
            raise RuntimeError(f"{address} answered {answer.status_code}: there is nothing to measure")


def timed(work: Callable[[], None]) -> float:
    """Seconds for one page."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) / PAGES

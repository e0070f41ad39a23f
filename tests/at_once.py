"""Two who press at the same moment, each on a connection of their own: for PostgreSQL, where both may write."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from wholeperson.record.refusals import Overtaken, Unlawful


def at_once(*works: Callable[[], object]) -> list[Any]:
    """What each of them gave, or the refusal it met; all start when all are ready."""
    gate = threading.Barrier(len(works), timeout=20)
    given: list[Any] = [None] * len(works)

    def one(place: int, work: Callable[[], object]) -> None:
        try:
            gate.wait()
            given[place] = work()
        except (Overtaken, Unlawful) as refused:
            given[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=both) for both in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given

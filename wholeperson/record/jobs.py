"""Jobs: rows that the worker picks up, each at least once. A job is given ids and nothing else, and reads the rest.

    @task()
    def tell_referrer(referral_id: str) -> None: ...

It may run twice: let it look first whether its work is done, or take its step with a key. `moments.moment()` is when.
"""

import re
from typing import Any

from django_tasks_db import DatabaseBackend

from wholeperson.record.ids import ALPHABET, LENGTH

ID = re.compile(rf"[a-z]{{2,5}}-[{ALPHABET}]{{{LENGTH}}}|[0-9a-f]{{8}}-?(?:[0-9a-f]{{4}}-?){{3}}[0-9a-f]{{12}}")


class NotAnId(Exception):
    """A job was given something that may be somebody's data. What is given is kept in plain sight of administrators."""


class OnlyIds(DatabaseBackend):
    """Keeps jobs in the database, in the transaction of whoever asks for them."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        for given in (*args, *kwargs.values()):
            if not is_id(given):
                raise NotAnId(f"{task.module_path} is given something that is no id: give ids, and read the rest there")
        return super().enqueue(task, args, kwargs)


def is_id(given: object) -> bool:
    return isinstance(given, int) or bool(ID.fullmatch(str(given)))

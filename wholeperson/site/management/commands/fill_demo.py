"""``fill_demo``: the people of the demo, into a database that is empty or already the demo's."""

from typing import Any

from django.core.management.base import BaseCommand

from wholeperson import clock
from wholeperson.handbook.search import actions as index
from wholeperson.site.demo import seed


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        seed.fill(at=clock.now())
        index.refresh(at=clock.now())

"""``fill_demo``: the people of the demo and their county, into a database that is empty or already the demo's."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wholeperson import clock
from wholeperson.handbook.search import actions as index
from wholeperson.site.demo import seed


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cast-only", action="store_true", help="only one person of each role, and six members")

    def handle(self, *args: Any, **options: Any) -> None:
        seed.fill(at=clock.now())
        if not options["cast_only"]:
            from wholeperson.site.demo.county import seed as county  # its membership is drawn by heavy libraries

            county.fill(at=clock.now())
        index.refresh(at=clock.now())

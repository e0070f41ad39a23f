"""A kettle: filled, boiled, poured, or given away."""

from typing import ClassVar

from django.db import models

from wholeperson.record.lifecycle import Lifecycle
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.steps import Living

KETTLE = Lifecycle(
    of="kettle",
    begins="cold",
    moves=[
        ("boil", "cold", "hot", "kettle.boil", ("water",), "cools"),
        ("pour", "hot", "cold", "kettle.pour"),
        ("give", "cold", "given", "kettle.give"),
    ],
)


class Kettle(Living):
    """Needs water before it boils, and becomes cold by and by."""

    lifecycle = KETTLE
    status = status_field(KETTLE)
    water = models.IntegerField(null=True)

    privacy: ClassVar = Privacy(open="status due_at water")

    class Meta:
        app_label = "kettle"
        constraints: ClassVar = [lawful_status(KETTLE)]

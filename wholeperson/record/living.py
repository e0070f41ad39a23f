"""What a model of a thing with a life is built on; its steps are taken in `steps`."""

from typing import ClassVar

from django.db import models

from wholeperson.record.kept import Kept
from wholeperson.record.lifecycle import Lifecycle


class Living(Kept):
    """A thing with a life: its model names its table of steps, keeps its status and when it becomes late."""

    lifecycle: ClassVar[Lifecycle]
    status: "models.CharField[str, str]"

    due_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

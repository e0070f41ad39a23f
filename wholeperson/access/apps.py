"""The app's name and label; both are final."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class Access(AppConfig):
    name = "wholeperson.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wholeperson.access import prepared

        connection_created.connect(prepared.plan_for_everybody, dispatch_uid="access.prepared")

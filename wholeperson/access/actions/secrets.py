"""What second steps keep secret, encrypted again with the first of the keys."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from wholeperson.record import rekeying
from wholeperson.record.sealed import is_sealed_anew, seal

KEPT = ("secret", "seed", "migrated_codes")  # of an app, of printed codes, of codes from elsewhere


def reseal_second_steps() -> int:
    """Returns how many people's apps and printed codes were encrypted again."""
    return sum(map(_reseal, Authenticator.objects.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _reseal(pk: int) -> bool:
    """Locked meanwhile: a code that is used in this moment must stay used."""
    row = Authenticator.objects.select_for_update().get(pk=pk)
    anew = {name: _anew(value) if name in KEPT else value for name, value in row.data.items()}
    if anew == row.data:
        return False
    row.data = anew
    row.save(update_fields=["data"])
    return True


def _anew(value: Any) -> Any:
    if isinstance(value, list):
        return [_anew(one) for one in value]
    if is_sealed_anew(value):
        return value
    return seal(rekeying.opened(value, "the second steps of sign-in"))

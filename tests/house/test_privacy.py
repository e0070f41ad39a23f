"""Every field of every model of ours has been judged: what does it tell about somebody?"""

from django.apps import apps
from django.db import models

from wholeperson.record.privacy import WORDS, Privacy


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("wholeperson.")]


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete} - {"id"}


def test_every_field_has_one_word() -> None:
    """A field that nobody judged is shown to everybody sooner or later."""
    wrong = []
    for model in ours():
        declared = model.privacy.fields() if isinstance(getattr(model, "privacy", None), Privacy) else []
        wrong += [f"{model.__name__}.{name} has no word" for name in sorted(fields(model) - set(declared))]
        wrong += [f"{model.__name__}.{name} is no field" for name in sorted(set(declared) - fields(model))]
        wrong += [f"{model.__name__}.{name} has two words" for name in declared if declared.count(name) > 1]
    assert not wrong, "\n".join([f"Say in `privacy` of the model which of {', '.join(WORDS)} it is:", *wrong])


def test_every_key_tells_nothing() -> None:
    """A key that counts tells how many there are, and invites to try the next."""
    counted = [model.__name__ for model in ours() if not isinstance(model._meta.pk, models.UUIDField)]
    assert not counted, f"Build these on wholeperson.record.kept.Kept: {counted}"

"""What somebody typed, put back into a form without judging it: nobody has sent it yet."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm
from django.utils.datastructures import MultiValueDict


def fill(form: BaseForm, typed: Mapping[str, Sequence[str]]) -> bool:
    """Fill the visible fields of a form nobody sent; what a page itself writes into hidden ones stays.

    But for those that say what the form was made of (`made_of`): they go with what was typed. False where nothing of
    what was typed belongs to it.
    """
    there: MultiValueDict[str, str] = MultiValueDict({name: list(values) for name, values in typed.items()})
    if not any(form.add_prefix(name) in there for name in form.fields):
        return False
    made_of = getattr(form, "made_of", ())
    for name, field in form.fields.items():
        if not field.widget.is_hidden or name in made_of:
            form.initial[name] = field.widget.value_from_datadict(there, MultiValueDict(), form.add_prefix(name))
    return True

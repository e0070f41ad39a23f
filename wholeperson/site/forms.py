"""How a form looks, everywhere: labels, hints, errors beside their field and gathered on top, with the focus there.

What a locked screen interrupted is filled in again; see wholeperson.access.drafts.
"""

from typing import Any

from django.forms.renderers import TemplatesSetting

from wholeperson.access import drafts


class Rendered(TemplatesSetting):
    """Django's own rendering with templates of ours. `{{ form }}` is all that a page needs to say."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    draft_template_name = "forms/draft.html"  # for a form whose page lays its fields out itself

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        form = context.get("form")
        if template_name in (self.form_template_name, self.draft_template_name) and form is not None:
            context = {
                **context, "has_secrets": drafts.has_secrets(form), "is_restored": drafts.restore(form),
                "draft_asked": drafts.asked(form),
            }  # fmt: skip
        return str(super().render(template_name, context, request))

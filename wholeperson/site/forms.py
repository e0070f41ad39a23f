"""How a form looks, everywhere: labels, hints, errors beside their field and gathered on top, with the focus there."""

from django.forms.renderers import TemplatesSetting


class Rendered(TemplatesSetting):
    """Django's own rendering with templates of ours. `{{ form }}` is all that a page needs to say."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

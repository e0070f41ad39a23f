"""A status as a word in its tone, for lists that have it on every line: no template is read for it."""

from django import template

from wholeperson.access.filled import status

register = template.Library()
register.filter("status", status)

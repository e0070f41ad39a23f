"""Where somebody begins: a member at their own record, everybody else at the desk."""

from django.urls import reverse

from wholeperson.access.models import Person
from wholeperson.casework.members import queries


def first_page(person: Person) -> str:
    """The address of it."""
    roles = {post.role for post in person.standing.posts}
    own = list(queries.members_for(person)[:2]) if roles == {"member"} else []
    return reverse("member", args=[own[0].public_id]) if len(own) == 1 else reverse("desk")

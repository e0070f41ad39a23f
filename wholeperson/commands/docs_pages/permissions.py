"""The page of who may do what: roles, what can be permitted, and every address."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from wholeperson.access.permission_words import DEPTH, SAID
from wholeperson.access.permissions import PERMISSIONS
from wholeperson.access.roles import ROLES
from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code, listed

WHO = {
    "anyone": "anyone",
    "first_factor": "whoever signed in, before the second factor too",
    "signed_in": "whoever signed in",
    "demo": "anyone, in a demo",
}


def permissions_page() -> str:
    """The page."""
    return markdown.page(
        "Who may do what",
        "The tables that pages, actions and tests read. Which members somebody sees, and how deep, is another "
        "question: [privacy.md](privacy.md). What somebody may not open answers 404, as if it were not there.",
        markdown.section("Roles", markdown.table(("role", "what for", "how deep it ever sees"), _roles())),
        markdown.section(
            "Permissions", markdown.table(("permission", "what it lets somebody do", "who has it"), _rows())
        ),
        markdown.section("Addresses", markdown.table(("address", "who may open it"), sorted(_addresses()))),
    )


def _roles() -> Iterator[tuple[str, str, str]]:
    for role in ROLES.values():
        yield f"{role.name} ({code(role.id)})", str(role.sentence), f"{code(role.sees)}: {DEPTH[role.sees]}"


def _rows() -> Iterator[tuple[str, str, str]]:
    for word, roles in PERMISSIONS.items():
        named = [str(ROLES[role].name) for role in roles.split()]
        everybody = len(named) == len(ROLES)
        who = "every role" if everybody else listed(named, "and")
        yield f'<a id="{word}"></a>{code(word)}', str(SAID[word]), who


def _addresses() -> Iterator[tuple[str, str]]:
    permits: dict[str, str] = import_string("wholeperson.site.permits.PERMITS")
    for name, path in _paths(get_resolver().url_patterns):
        if (who := permits[name]) != "nobody":
            yield code(f"/{path}"), WHO.get(who, f"[{code(who)}](#{who})")


def _paths(
    patterns: Iterable[URLPattern | URLResolver], before: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = f"{before}{pattern.pattern}".replace("^", "").replace("$", "").replace("\\Z", "")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _paths(pattern.url_patterns, path, inner)
        else:
            yield f"{space}{pattern.name}", path

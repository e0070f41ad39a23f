"""What the environment says this installation is. Read once, when the settings are."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE = {
    "transaction_mode": "IMMEDIATE",  # else two writers that read first meet at "database is locked"
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-32000;",
}
PARTNERS = (
    '[{"id": "bayside", "name": "Bayside Care", "issuer": "https://login.bayside.example", '
    '"client_id": "…", "client_secret": "…", "domains": ["bayside.example"]}]'
)
FORMS = "sqlite:///var/wholeperson.sqlite3 or postgres://name:password@host:5432/database (or ?host=/folder/of/socket)"


def flag(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0", "no", "false")


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def count(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number, like {default}")
    return int(value)


def partners(name: str) -> dict[str, Any]:
    """Organisations whose own accounts may sign in here, for the sign-in library; the variable holds a JSON list."""
    try:
        told = json.loads(os.environ.get(name) or "[]")
        apps = [_partner(one) for one in told]
    except (ValueError, TypeError, KeyError) as wrong:
        raise ImproperlyConfigured(f"{name} cannot be read ({wrong}); it is a JSON list like {PARTNERS}") from None
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def _partner(told: dict[str, Any]) -> dict[str, Any]:
    domains = [str(domain).lower() for domain in told["domains"]]
    return {
        "provider_id": told["id"],
        "name": told["name"],
        "client_id": told["client_id"],
        "secret": told["client_secret"],
        "settings": {"server_url": told["issuer"], "domains": domains, "verified_email": domains},
    }


def secret(name: str) -> str:
    """Something only this installation knows; without it nothing starts."""
    value = os.environ.get(name, "")
    if len(value) < 32:
        raise ImproperlyConfigured(
            f"{name} must be set to at least 32 characters that nobody can guess: "
            "sessions and stored numbers are protected with it. "
            'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return value


def folder(name: str, default: str, database: dict[str, Any]) -> Path:
    """A folder of this installation; where nothing is said, one that goes with its database."""
    if said := os.environ.get(name):
        return Path(said)
    if database["ENGINE"].endswith("sqlite3"):
        return Path(f"{database['NAME'].removesuffix('.sqlite3')}.{default}")
    return Path("var", default)


class Mail(NamedTuple):
    """A mail server; no host, no mail."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    sender: str = "nobody@localhost"


def mail(name: str, *, none_may_be: bool) -> Mail:
    """The server in smtp://user:password@host:587?from=whole.person@example.org; TLS unless on this machine."""
    url = os.environ.get(name, "")
    if not url:
        return Mail()
    if none_may_be:
        raise ImproperlyConfigured(
            f"{name} is set, and this is a demo: a demo is open to anybody and full of invented people, so nothing may "
            f"leave it. Unset {name}, or run an installation of your own (docs/run.md)"
        )
    parts, query = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    if parts.scheme != "smtp" or not parts.hostname or "from" not in query:
        raise ImproperlyConfigured(f"{name} must read smtp://user:password@host:587?from=whole.person@example.org")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    is_near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return Mail(parts.hostname, parts.port or 25, user, password, not is_near, query["from"])


# PostgreSQL takes the policies behind each row for dear, and would compile a page's question for longer than it runs;
# and it takes a look into memory for one on a turning disk, and would gather the three reasons of a member as a heap
PLANNING = "-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan"


def database(url: str) -> dict[str, Any]:
    """Django's settings for a DATABASE_URL; SQLite or PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        if path != ":memory:":
            Path(path).absolute().parent.mkdir(parents=True, exist_ok=True)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "CONN_MAX_AGE": 60, "OPTIONS": SQLITE}
    if parts.scheme in ("postgres", "postgresql"):
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path)[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", "") or parts.hostname or "",
            "PORT": query.pop("port", "") or str(parts.port or ""),
            "CONN_MAX_AGE": 3600,
            "OPTIONS": {"options": PLANNING} | query,
        }
    raise ImproperlyConfigured(f"DATABASE_URL says {parts.scheme or 'nothing'!r}; it may say {FORMS}")

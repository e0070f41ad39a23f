"""``make pictures``: every page of the demo as each role meets it, at 360 and 1280 pixels, to look at.

Starts at each role's first page and follows the links; one picture for each kind of page, so two members make one.
What anyone may open is taken once, as somebody meets it who is not signed in. At the end it says which kinds of page no
link led to.
"""

import argparse
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

from tests import demo
from tests.browser import launch
from wholeperson.site import permits

WIDTHS = (360, 1280)
PUBLIC = ("/", "/demo/", "/account/login/", "/account/password/reset/", "/living-styles/", "/nothing-here/")
ID = re.compile(r"[a-z]{3}-[2-9a-z]{10}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_PAGE = "nothing-here"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("out/pictures"))
    options.add_argument("--lang", default="en")
    options.add_argument("--role", action="append", help="only these")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholeperson.site.settings_of_tests")
    django.setup()
    met: set[str] = set()
    with demo.running(county=True) as site, sync_playwright() as playwright:
        browser = launch(playwright)
        roles = chosen.role if chosen.role is not None else ["anyone", *everybody(browser, site)]
        for role in roles:
            for width in WIDTHS:
                met.update(take_all(browser, site, role, width, chosen.lang, chosen.out))
    print(f"{len(met)} kinds of page; no link led to: {', '.join(sorted(set(permits.PERMITS) - met))}")


def everybody(browser: Browser, site: str) -> list[str]:
    page = browser.new_page()
    page.goto(f"{site}/demo/")
    roles = [
        action.rsplit("/", 1)[-1]
        for action in page.eval_on_selector_all("form", "fs => fs.map(f => f.action)")
        if "/demo/as/" in action
    ]
    page.close()
    return roles


def take_all(browser: Browser, site: str, role: str, width: int, lang: str, out: Path) -> set[str]:
    """Every kind of page this role finds by following links from its first page, by the names of their addresses."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=lang)
    page = context.new_page()
    page.goto(f"{site}/demo/")
    if role == "anyone":
        waiting = list(PUBLIC)
    else:
        page.locator(f'form[action="/demo/as/{role}"] button').click()
        waiting = [urlsplit(page.url).path]
    met = set()
    for kind in kinds_from(page, site, waiting, is_signed_in=role != "anyone"):
        met.add(kind)
        save(page, out / role / f"{kind}.{lang}.{width}.png")
    context.close()
    return met


def kinds_from(page: Page, site: str, waiting: list[str], *, is_signed_in: bool) -> Iterator[str]:
    """Opens one address after the other, those found on the way as well; says each kind of page it stands on."""
    seen: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen or (is_signed_in and seen and permits.PERMITS.get(kind) == permits.ANYONE):
            continue
        seen.add(kind)
        page.goto(site + path)
        yield kind
        waiting += links(page, site) + links(page, site, within="header nav")


def kind_of(path: str) -> str:
    """The name of its address."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return NO_PAGE


# where a link leads; one in a drawing has an object in the place of its address
WHERE = "all => all.map(a => new URL(a.getAttribute('href'), a.baseURI).href)"


def links(page: Page, site: str, within: str = "main") -> list[str]:
    every = page.eval_on_selector_all(f"{within} a[href]:not([download])", WHERE)
    paths = [urlsplit(one).path for one in every if one.startswith(site) and "/demo/" not in one]
    return [path for path in paths if not path.endswith(".pdf")]  # a paper is no page: the browser shows it its own way


def save(page: Page, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    print(path)


if __name__ == "__main__":
    main()

"""``make pictures``: every page of the demo as each role meets it, at 360 and 1280 pixels, to look at.

Starts at each role's first page and follows the links; one picture for each address form, so two members make one.
"""

import argparse
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests import demo
from tests.browser import launch

WIDTHS = (360, 1280)
PUBLIC = ("/", "/demo/", "/account/login/", "/account/password/reset/", "/living-styles/", "/nothing-here/")
ID = re.compile(r"[a-z]{3}-[2-9a-z]{10}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("out/pictures"))
    options.add_argument("--lang", default="en")
    options.add_argument("--role", action="append", help="only these")
    chosen = options.parse_args()
    with demo.running() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        roles = chosen.role if chosen.role is not None else [None, *everybody(browser, site)]
        for role in roles:
            for width in WIDTHS:
                take_all(browser, site, role, width, chosen.lang, chosen.out)


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


def take_all(browser: Browser, site: str, role: str | None, width: int, lang: str, out: Path) -> None:
    """Every page that this role finds by following links from its first page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=lang)
    page = context.new_page()
    page.goto(f"{site}/demo/")
    if role and role != "anyone":
        page.locator(f'form[action="/demo/as/{role}"] button').click()
        waiting = [urlsplit(page.url).path]
    else:
        waiting = list(PUBLIC)
    seen: set[str] = set()
    while waiting and len(seen) < 40:
        path = waiting.pop(0)
        form = ID.sub("ID", path)
        if form in seen:
            continue
        seen.add(form)
        page.goto(site + path)
        save(page, out / (role or "anyone") / f"{form.strip('/').replace('/', '.') or 'home'}.{lang}.{width}.png")
        if role:
            waiting += links(page, site) + links(page, site, within="header nav")
    context.close()


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

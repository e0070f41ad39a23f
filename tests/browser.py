"""The browser of the system, driven for journeys and pictures."""

import shutil

from playwright.sync_api import Browser, Playwright

# the first draws no window around its pages, which takes a third off a journey
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Where it is, if it is."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])

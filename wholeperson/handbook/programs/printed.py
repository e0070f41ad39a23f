"""Makes a guide into a tagged PDF, once. A letter that no font has stops it: a guide with holes misleads."""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from wholeperson import __version__
from wholeperson.rules.reading.cache import cache_folder

MOST_KEPT: Final = 400  # guides; the oldest go first
WAIT: Final = 20.0  # seconds for another guide that is being made: one at a time, it takes a whole core
STYLE: Final = Path(__file__).with_name("static") / "programs" / "guide.css"
_ONE_AT_A_TIME = threading.Lock()


class NotPrinted(Exception):
    """``why``: `no_library`, `no_glyph`, `busy` or `too_many`."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}")
        self.why, self.detail = why, detail


def pdf(html: str, base: str, *, may_make: Callable[[], bool] | None = None) -> bytes:
    """The page as PDF/UA, from where it was kept or, where it may be, made now; raises NotPrinted."""
    key = hashlib.sha256("\n".join([__version__, base, STYLE.read_text("utf-8"), html]).encode()).hexdigest()
    folder = _folder()
    kept = folder / f"guide-{key[:40]}.pdf" if folder else None
    if kept and kept.is_file():
        return kept.read_bytes()
    if may_make and not may_make():
        raise NotPrinted("too_many")
    made = _made(html, base)
    if kept:
        _keep(kept, made)
    return made


def _folder() -> Path | None:
    base = cache_folder()
    return base / "guides" if base else None


def _made(html: str, base: str) -> bytes:
    if not _ONE_AT_A_TIME.acquire(timeout=WAIT):
        raise NotPrinted("busy")
    try:
        write = _library()
        with _missing_glyphs() as missing:
            made = write(html, base)
    finally:
        _ONE_AT_A_TIME.release()
    if missing:
        raise NotPrinted("no_glyph", " ".join(sorted(set(missing))))
    return made


def _library() -> Callable[[str, str], bytes]:
    """Only here: it takes a second to load, and needs a library of the system that may not be there."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as failed:
        raise NotPrinted("no_library", str(failed).splitlines()[0]) from None

    def write(html: str, base: str) -> bytes:
        nothing = URLFetcher(allowed_protocols=())  # a guide asks nobody for anything
        page = HTML(string=html, base_url=base, url_fetcher=nothing)
        style = CSS(string=STYLE.read_text("utf-8"), url_fetcher=nothing)
        written: bytes = page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
        return written

    return write


class _Listener(logging.Handler):
    """Hears of letters that no font has, in the thread that makes the guide."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread, self.missing = threading.get_ident(), list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and ".notdef" in str(record.msg):
            self.missing.append(f"U+{_code(record.args):04X}")


def _code(told: Any) -> int:
    return int(told[1]) if isinstance(told, tuple) and len(told) > 1 else 0


@contextmanager
def _missing_glyphs() -> Iterator[list[str]]:
    listener, log = _Listener(), logging.getLogger("weasyprint")
    log.addHandler(listener)
    try:
        yield listener.missing
    finally:
        log.removeHandler(listener)


def _keep(path: Path, made: bytes) -> None:
    """Written beside and moved, so that nobody meets half a file. Where nothing can be kept, it is made again."""
    beside = path.with_suffix(f".{threading.get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_bytes(made)
        beside.replace(path)
        every = sorted(path.parent.glob("guide-*.pdf"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in every[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return

"""Logs as data, without anybody's data: one line, one JSON object.

Of our own lines only the keys named here are kept. Of what libraries say, the words they always say are kept, and of
what they fill in only numbers: a path, a value or a message of the database may name somebody.
"""

import logging
import re
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OURS = frozenset("event level logger at view method status seconds queries part count worker job error trace".split())
HIDDEN = "…"
TELLING = re.compile(
    # a link that lets in whoever reads it
    r"(?<=/r/)[^/\s]+|(?<=/invitation/)[^/\s]+|(?<=/key/)[^/\s]+|(?<=/link/)[^/\s]+"
    r"|\?\S*"  # what stands behind a question mark in an address
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"  # mail
    r"|\b\d{8}[A-Za-z]\b"  # CIN
    r"|\b\d{3}-\d{2}-\d{4}\b|\b\d{9,}\b"  # social security, NPI and other long numbers
    r"|\(?\b\d{3}\)?[ .-]?\d{3}[ .-]\d{4}\b|\b\d{3}-\d{4}\b"  # telephone
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b"  # a birthday
)
PLACE = re.compile(r"%(?:\([^)]*\))?[-#0 +]*\d*(?:\.\d+)?([a-zA-Z%])")

Line = MutableMapping[str, Any]


def without_values(_: Any, __: str, line: Line) -> Line:
    """Only our keys, and in their texts nothing that looks like somebody's."""
    return {key: _plain(value) for key, value in line.items() if key in OURS}


def of_a_library(_: Any, __: str, line: Line) -> Line:
    """What others say: their words, their numbers, and of an error its kind and where it happened."""
    record: logging.LogRecord = line["_record"]
    line["event"] = _filled(str(record.msg), line.pop("positional_args", ()))
    if record.exc_info and record.exc_info[0]:
        line["error"], line["trace"] = record.exc_info[0].__name__, _places(record)
    return line


def note_answers(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a line for each answer. It names the page and not its address."""
    log = structlog.get_logger("wholeperson.site")

    def noted(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = answer(request)
        view = request.resolver_match.view_name if request.resolver_match else None
        seconds = round(time.perf_counter() - begun, 4)
        log.info("answered", view=view, method=request.method, status=response.status_code, seconds=seconds)
        return response

    return noted


SHARED: list[Any] = [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name]
FORMATTER: dict[str, Any] = {
    "()": structlog.stdlib.ProcessorFormatter,
    "foreign_pre_chain": [*SHARED, of_a_library],
    "use_get_message": False,
    "pass_foreign_args": True,
    "processors": [
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        without_values,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
}

structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def formatter() -> logging.Formatter:
    """What turns a record into its line."""
    options = dict(FORMATTER)
    made: logging.Formatter = options.pop("()")(**options)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return TELLING.sub(HIDDEN, value) if isinstance(value, str) else value


def _filled(text: str, values: Any) -> str:
    """The text with its numbers; everything else that was to be filled in is hidden."""
    row = iter(values if isinstance(values, tuple) else ())

    def shown(place: re.Match[str]) -> str:
        value = "%" if place[1] == "%" else next(row, None)
        return str(value) if value == "%" or isinstance(value, int | float) else HIDDEN

    return PLACE.sub(shown, text) if values else text


def _places(record: logging.LogRecord) -> list[str]:
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-12:]

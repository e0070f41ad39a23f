"""Logs as data, without anybody's data: no query strings, no arguments of messages that were not made for logs."""

import json
import logging
import re
from typing import Any

QUERY = re.compile(r"\?\S*")
LINK = re.compile(r"(/(?:r|invitation|account/password/reset/key)/)[^/\s]+")  # a link lets in whoever reads it
OURS = ("at", "path", "status", "view", "organisation", "part", "count", "seconds")


class WithoutValues(logging.Filter):
    """Takes from a record what could name somebody: the request itself, and what stands behind a question mark."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = LINK.sub(r"\1…", QUERY.sub("?…", record.getMessage())), None
        if "path" in record.__dict__:
            record.__dict__["path"] = LINK.sub(r"\1…", str(record.__dict__["path"]))
        record.__dict__.pop("request", None)
        return True


class AsJson(logging.Formatter):
    """One line, one JSON object. Of an error its kind and where in our code it happened, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key in OURS}
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "trace": self._places(record)}
        return json.dumps(line, ensure_ascii=False, default=str)

    @staticmethod
    def _places(record: logging.LogRecord) -> list[str]:
        trace = record.exc_info[2] if record.exc_info else None
        places = []
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return places[-12:]

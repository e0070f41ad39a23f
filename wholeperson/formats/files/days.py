"""Days and months as files write them; a number of Excel's is a day too."""

import re
from datetime import date, timedelta
from typing import Final

FIRST, LAST = 1900, 2200  # years that somebody could mean
EPOCH = date(1899, 12, 30)  # Excel's day 0, from March 1900 on
SERIALS = range(61, 109_574)  # 1900-03-01 to 2199-12-31; before it Excel counts a day that never was
DAY_FORMATS: Final = {
    "MM/DD/YYYY": "{m:02}/{d:02}/{y:04}",
    "YYYY-MM-DD": "{y:04}-{m:02}-{d:02}",
    "YYYYMMDD": "{y:04}{m:02}{d:02}",
}
MONTH_FORMATS: Final = {"YYYYMM": "{y:04}{m:02}", "YYYY-MM": "{y:04}-{m:02}", "MM/YYYY": "{m:02}/{y:04}"}
CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[AaPp][Mm])?)?"
DAY: Final = tuple(re.compile(each + CLOCK, re.ASCII) for each in (
    r"(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4})", r"(?P<y>\d{4})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})",
    r"(?P<y>(?:19|20|21)\d\d)(?P<m>\d\d)(?P<d>\d\d)"))  # fmt: skip
MONTH: Final = tuple(re.compile(each, re.ASCII) for each in (
    r"(?P<y>\d{4})[/-]?(?P<m>\d{2})", r"(?P<m>\d{1,2})[/-](?P<y>\d{4})"))  # fmt: skip


def day(text: str) -> date | None:
    """A day, month first as in the United States, or as ISO writes it, or as Excel counts it."""
    for pattern in DAY:
        if found := pattern.fullmatch(text):
            return _day(int(found["y"]), int(found["m"]), int(found["d"]))
    return serial(text)


def serial(text: str) -> date | None:
    """The day that a number in a spreadsheet stands for."""
    found = re.fullmatch(r"(\d{2,6})(?:\.\d+)?", text, re.ASCII)
    if not found or int(found[1]) not in SERIALS:
        return None
    return EPOCH + timedelta(days=int(found[1]))


def month(text: str) -> str | None:
    """A month as 2026-10."""
    for pattern in MONTH:
        if (found := pattern.fullmatch(text)) and _day(int(found["y"]), int(found["m"]), 1):
            return f"{int(found['y']):04}-{int(found['m']):02}"
    whole = day(text)
    return f"{whole.year:04}-{whole.month:02}" if whole else None


def write_day(value: date, form: str | None) -> str:
    """A day in one of ``DAY_FORMATS``."""
    return DAY_FORMATS[form or "MM/DD/YYYY"].format(y=value.year, m=value.month, d=value.day)


def write_month(value: str, form: str | None) -> str:
    """A month in one of ``MONTH_FORMATS``."""
    year, number = value.split("-")
    return MONTH_FORMATS[form or "YYYYMM"].format(y=int(year), m=int(number))


def _day(year: int, number: int, day_of_month: int) -> date | None:
    try:
        return date(year, number, day_of_month) if FIRST <= year <= LAST else None
    except ValueError:
        return None

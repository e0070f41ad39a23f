"""Chapter two: days. Written from the conventions of the design, section 3."""

from datetime import date

import pytest

from wholeperson.rules.calendar import Span, age, ahead, as_day, back, birthday, last_month_end, span, window


@pytest.mark.parametrize(
    ("day", "length", "before"),
    [
        ("2026-11-21", "6 months", "2026-05-21"),
        ("2026-08-31", "6 months", "2026-02-28"),  # clamped to the month's end
        ("2024-08-31", "6 months", "2024-02-29"),
        ("2026-09-30", "6 months", "2026-03-30"),
        ("2026-03-31", "1 month", "2026-02-28"),
        ("2024-02-29", "12 months", "2023-02-28"),
        ("2026-01-31", "1 year", "2025-01-31"),
        ("2026-03-01", "90 days", "2025-12-01"),
        ("2026-03-01", "2 weeks", "2026-02-15"),
    ],
)
def test_so_long_before(day: str, length: str, before: str) -> None:
    read = span(length)
    assert read is not None
    assert back(date.fromisoformat(day), read) == date.fromisoformat(before)


def test_so_long_after_is_clamped_too() -> None:
    assert ahead(date(2026, 1, 31), Span(1, 0)) == date(2026, 2, 28)


def test_both_days_of_a_window_belong_to_it() -> None:
    six = window(date(2026, 11, 21), Span(6, 0))
    assert [six.holds(date(2026, *day)) for day in ((5, 20), (5, 21), (11, 21), (11, 22))] == [False, True, True, False]


@pytest.mark.parametrize("text", ["six months", "0 days", "6", "6 moons", "-1 day", "6  months", "01 day", ""])
def test_what_is_no_length_of_time(text: str) -> None:
    assert span(text) is None


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2005-11-21", "2026-11-20", 20),
        ("2005-11-21", "2026-11-21", 21),
        ("2004-02-29", "2025-02-28", 20),  # a 29 February birthday falls on 1 March
        ("2004-02-29", "2025-03-01", 21),
        ("2004-02-29", "2024-02-29", 20),
        ("2026-11-21", "2026-11-21", 0),
    ],
)
def test_age(born: str, day: str, years: int) -> None:
    assert age(date.fromisoformat(born), date.fromisoformat(day)) == years


def test_a_leap_day_birthday_without_a_leap_day() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-10-31", "2026-10-31"),
        ("2026-10-30", "2026-09-30"),
        ("2026-03-01", "2026-02-28"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_the_last_month_that_had_ended(day: str, end: str) -> None:
    assert last_month_end(date.fromisoformat(day)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-2-3", "20260203", "2026-13-01", "2026-W47-6", "tomorrow", 20260203, None, "2026-02-03T10:00"],
)
def test_what_is_no_day(text: object) -> None:
    assert as_day(text) is None

"""Dates in people's words, English or German: "2019", "july 2019", "2019-07-14", "summer 2019", "yesterday"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

# Written out: the calendar module's names follow the process's locale, which differs between window and engine.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner",
            "february feb februar",
            "march mar märz mrz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {
    "spring": (3, 5), "frühling": (3, 5), "frühjahr": (3, 5), "summer": (6, 8), "sommer": (6, 8),
    "autumn": (9, 11), "fall": (9, 11), "herbst": (9, 11),
}  # fmt: skip
_RELATIVE = {
    "heute": "today", "gestern": "yesterday", "diese woche": "this week", "letzte woche": "last week",
    "diesen monat": "this month", "letzten monat": "last month", "dieses jahr": "this year",
    "letztes jahr": "last year",
} | {
    words: words
    for words in (
        "today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year",
    )
}  # fmt: skip

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_PATTERNS = (
    rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)",
    rf"{_YEAR}-(?P<number>\d\d)",
    rf"(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.\s?{_YEAR}",
    rf"(?P<day>\d\d?)\.?\s+{_MONTH}\s+{_YEAR}",
    rf"{_MONTH}\s+(?P<day>\d\d?),?\s+{_YEAR}",
    rf"{_MONTH}\s+{_YEAR}",
    rf"(?P<season>{'|'.join(_SEASONS)})\s+{_YEAR}",
    rf"{_YEAR}\s?(?:-|\u2013|\.\.)\s?(?P<last_year>(?:19|20)\d\d)",
    _YEAR,
    rf"(?P<relative>{'|'.join(_RELATIVE)})",
)


class Days(Struct, frozen=True):
    """A span of days, both ends included."""

    since: date
    until: date


def split_date(text: str, today: date) -> tuple[str, Days | None]:
    """Take a date off the end of a description: "beach july 2019" gives "beach" and the days of July 2019.

    Args:
        text: what a person typed.
        today: what "yesterday" and "last year" count from.

    Returns the rest and the days; the text as it is and None when it doesn't end in a date that exists.
    """
    trimmed = text.strip()
    for pattern in _patterns():
        found = pattern.search(trimmed)
        if found is None:
            continue
        try:
            return trimmed[: found.start()].strip(), _days({k: v for k, v in found.groupdict().items() if v}, today)
        except ValueError:
            return text, None
    return text, None


def read_days(text: str, today: date) -> Days | None:
    """Return the days that a text stands for; None when it is no date, or more than one."""
    rest, days = split_date(text, today)
    return None if rest else days


def _days(parts: dict[str, str], today: date) -> Days:
    if "relative" in parts:
        return _relative(_RELATIVE[parts["relative"].lower()], today)
    year = int(parts["year"])
    if "last_year" in parts:
        return Days(date(year, 1, 1), date(max(year, int(parts["last_year"])), 12, 31))
    if "season" in parts:
        first, last = _SEASONS[parts["season"].lower()]
        return Days(date(year, first, 1), _last_day(year, last))
    if "month" in parts or "number" in parts:
        month = _MONTHS[parts["month"].lower()] if "month" in parts else int(parts["number"])
        if "day" in parts:
            day = date(year, month, int(parts["day"]))
            return Days(day, day)
        return Days(date(year, month, 1), _last_day(year, month))
    return Days(date(year, 1, 1), date(year, 12, 31))


def _relative(words: str, today: date) -> Days:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    spans = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "this week": (monday, today),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this month": (first, today),
        "last month": (before.replace(day=1), before),
        "this year": (date(today.year, 1, 1), today),
        "last year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return Days(*spans[words])


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    # Compiled for the first text: 4 ms that no start need wait for.
    return tuple(
        re.compile(rf"(?:^|(?<=\s))(?:(?:in|from|of|on|im|vom|am|aus)\s+)?{one}$", re.IGNORECASE) for one in _PATTERNS
    )

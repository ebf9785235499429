"""Date phrases (ngày 06/9/2022, ngày 12 tháng 12 năm 2013, tháng 02 năm 2023) as ISO 8601, as far as printed."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

_BLANK = r"(?:[.…_\s]*)"
_NUMERIC = r"(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>\d{2,5})(?!\d)"
_DAY_MONTH = r"(?P<d2>\d{1,2})?[.…_]*\s?th[áaàả]ng\s?(?P<m2>\d{1,2})?[.…_]*\s?(?:,\s?)?"
_WORDS = _DAY_MONTH + r"(?:n[ăaáà]m\s?(?P<y2>\d{4})|/\s?(?P<y3>\d{4}))(?!\d)"
_DAY = re.compile(rf"ng[àaáảạ]y\s{{0,3}}(?:{_NUMERIC}|{_BLANK}{_WORDS})")
_BARE = re.compile(_NUMERIC)
_MONTH = re.compile(r"tháng\s?(?P<m>\d{1,2})\s?(?:/\s?|,?\s?năm\s?)(?P<y>\d{4})(?!\d)")
_YEAR = re.compile(r"n[ăá]m\s?(?P<y>(?:19|20)\d\d)(?!\d|\s?[-/]\s?\d)")
_ANY = re.compile(r"ngày\s{0,3}(?=\d|tháng|[.…_])|tháng\s?(?=\d{1,2}\s?(?:/|,?\s?năm))")


class DatePhrase(msgspec.Struct, frozen=True, gc=False):
    """A date as printed: view range and ISO value; ``value`` is None where no such day exists."""

    start: int
    end: int
    value: str | None


def iso(day: int | None, month: int | None, year: int) -> str | None:
    """Give an ISO date, truncated where the day or month is not known.

    Args:
        day: Day of the month, None where blank.
        month: Month, None where blank.
        year: Year with four digits.

    Returns:
        ``yyyy-mm-dd``, ``yyyy-mm`` or ``yyyy``; None where the calendar has no such day or the year is not plausible.

    Example:
        >>> iso(6, 9, 2022), iso(None, 2, 2023), iso(31, 2, 2023)
        ('2022-09-06', '2023-02', None)
    """
    if not 1900 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def day_at(lower: str, at: int) -> DatePhrase | None:
    """Read a phrase with the word "ngày" that starts exactly here.

    Args:
        lower: Lower-case view text.
        at: Where the phrase would start.

    Returns:
        The phrase, its value None for a day that does not exist; None where no date phrase stands here.
    """
    found = _DAY.match(lower, at)
    if found is None:
        return None
    if found["y"]:
        return DatePhrase(at, found.end(), _numeric(found))
    day, month = found["d2"], found["m2"]
    year = int(found["y2"] or found["y3"])
    value = iso(int(day) if day and month else None, int(month) if month else None, year)
    return DatePhrase(at, found.end(), value)


def bare_day_at(lower: str, at: int) -> DatePhrase | None:
    """Read ``d/m/yyyy`` without the word "ngày" that starts exactly here, None where none stands here."""
    found = _BARE.match(lower, at)
    return DatePhrase(at, found.end(), _numeric(found)) if found else None


def year_at(lower: str, at: int) -> DatePhrase | None:
    """Read "năm yyyy" that starts exactly here, None where none stands here (a span of years is none)."""
    found = _YEAR.match(lower, at)
    return DatePhrase(at, found.end(), found["y"]) if found else None


def find_dates(lower: str) -> Iterator[DatePhrase]:
    """Yield every phrase with "ngày" or "tháng" that names a date with its year, in text order.

    Args:
        lower: Lower-case view text.

    Yields:
        Phrases; ``value`` is None where the calendar has no such day.
    """
    end = 0
    for hit in _ANY.finditer(lower):
        if hit.start() < end:
            continue
        phrase = day_at(lower, hit.start())
        if phrase is None and (month := _MONTH.match(lower, hit.start())):
            phrase = DatePhrase(month.start(), month.end(), iso(None, int(month["m"]), int(month["y"])))
        if phrase is not None:
            end = phrase.end
            yield phrase


def _numeric(found: re.Match[str]) -> str | None:
    year = found["y"]
    return iso(int(found["d"]), int(found["m"]), int(year)) if len(year) == 4 else None

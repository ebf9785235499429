"""Days, months, quarters and years in a question."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ontology.vietnamese import fold

_MONTHS = {
    name: k
    for k, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?:ngay\s+)?(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)\b"),
    re.compile(
        r"\b(?:ngay\s+)?(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})(?:\s+nam\s+|/|\s*,\s*nam\s+)(?P<y>(?:19|20)\d\d)\b"
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH_NAME})\.?,?\s+(?P<y>(?:19|20)\d\d)\b"
    ),
    re.compile(rf"\b(?P<month>{_MONTH_NAME})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
)
_MONTH_FORMS = (
    re.compile(r"\bthang\s+(?P<m>\d{1,2})\s*(?:/|nam\s|-|\s)\s*(?P<y>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<month>{_MONTH_NAME})\.?\s+(?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)\b"),
)
_QUARTER = re.compile(
    r"\b(?:quy|quarter|q)\s?(?P<q>iv|iii|ii|i|[1-4])\s*(?:/|nam\s|of\s|-|,|\s)\s*(?P<y>(?:19|20)\d\d)\b"
)
_RANGE = re.compile(r"\b(?P<a>(?:19|20)\d\d)\s?-\s?(?P<b>(?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d/.-])(?:nam\s+|year\s+|in\s+)?(?P<y>(?:19|20)\d\d)\b(?![/.-]\d)")
_SPAN = re.compile(r"\b((?:19|20)\d\d) ((?:19|20)\d\d)\b")  # folded
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """A day (``first == last``), month, quarter or year named in a question, ISO days, inclusive."""

    start: int
    end: int
    unit: str  # day | month | quarter | year
    first: str
    last: str

    @property
    def year(self) -> str:
        """Year of the first day."""
        return self.first[:4]


def find_periods(flat: str) -> list[Period]:
    """Find the periods of a flat question, longest forms first, none overlapping; impossible days are passed over.

    Example:
        >>> [(p.unit, p.first, p.last) for p in find_periods("den han trong thang 11/2024")]
        [('month', '2024-11-01', '2024-11-30')]
    """
    found: list[Period] = []
    taken = [False] * len(flat)
    for unit, patterns in (("day", _FORMS), ("month", _MONTH_FORMS), ("quarter", (_QUARTER,)), ("year", (_YEAR,))):
        for pattern in patterns:
            for m in pattern.finditer(flat):
                period = None if any(taken[m.start() : m.end()]) else _period(unit, m)
                if period is not None:
                    found.append(period)
                    taken[m.start() : m.end()] = [True] * (m.end() - m.start())
        if unit == "quarter":  # "2021-2025" is a span of years in a title, not a year asked for
            for m in _RANGE.finditer(flat):
                taken[m.start() : m.end()] = [True] * (m.end() - m.start())
    return sorted(found, key=lambda p: p.start)


def is_of_year(day: str | None, title: str | None, year: str) -> bool:
    """True where a document is of a year: by its date, else by the year or the span of years in its title.

    Example:
        >>> is_of_year(None, "Kế hoạch năm 2023, giai đoạn 2022 - 2026", "2022")
        False
    """
    if day:
        return day.startswith(year)
    folded = fold(title or "")
    told = re.findall(r"\bnam ((?:19|20)\d\d)\b", folded)
    return year in told if told else covers_year(title, year) or (not _SPAN.search(folded) and year in folded)


def covers_year(title: str | None, year: str) -> bool:
    """True where a title tells a span of years with a year in it: "giai đoạn 2022 - 2026"."""
    return any(first <= year <= last for first, last in _SPAN.findall(fold(title or "")))


def _period(unit: str, m: re.Match[str]) -> Period | None:
    parts = m.groupdict()
    year = int(parts["y"])
    if unit == "year":
        return Period(m.start(), m.end(), unit, f"{year}-01-01", f"{year}-12-31")
    if unit == "quarter":
        quarter = _ROMAN.get(parts["q"]) or int(parts["q"])
        return Period(m.start(), m.end(), unit, *_months(year, quarter * 3 - 2, quarter * 3))
    month = _MONTHS[parts["month"]] if parts.get("month") else int(parts["m"])
    if not 1 <= month <= 12:
        return None
    if unit == "month":
        return Period(m.start(), m.end(), unit, *_months(year, month, month))
    try:
        day = date(year, month, int(parts["d"])).isoformat()
    except ValueError:
        return None
    return Period(m.start(), m.end(), unit, day, day)


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"

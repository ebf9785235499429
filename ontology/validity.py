"""Partial dates as intervals, and the epoch in which a province lived (domain.md 2.6, 5.4)."""

import re
from calendar import monthrange

from ontology.tables import Province, province_of_name, provinces

_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\Z")


def interval(date: str) -> tuple[str, str]:
    """Give the first and last day that an ISO date, month or year can mean.

    Raises:
        ValueError: The text is not an ISO date, month or year, or no such day exists.

    Example:
        >>> interval("2023-02")
        ('2023-02-01', '2023-02-28')
    """
    match = _ISO.match(date)
    if match is None or match[1] == "0000":
        raise ValueError(f"not an ISO date: {date!r}")
    year, month, day = match.groups()
    first, last = int(month or 1), int(month or 12)
    days = monthrange(int(year), last)[1]
    if day and int(day) > days:
        raise ValueError(f"no such day: {date!r}")
    return f"{year}-{first:02}-{day or '01'}", f"{year}-{last:02}-{day or f'{days:02}'}"


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two dates can be the same day; an unknown date fits all.

    Example:
        >>> compatible("2023-02", "2023-02-17"), compatible("2023", "2024-01-01")
        (True, False)
    """
    if one is None or other is None:
        return True
    (first, last), (start, end) = interval(one), interval(other)
    return first <= end and start <= last


def narrower(one: str | None, other: str | None) -> str | None:
    """Give the more exact of two compatible dates; the first where both say as much.

    Raises:
        ValueError: The dates cannot be the same day.
    """
    if not compatible(one, other):
        raise ValueError(f"dates differ: {one} and {other}")
    return max((d for d in (one, other) if d), key=len, default=None)


def written(date: str | None) -> str:
    """Write an ISO date, month or year as offices here write it; what is truncated stays so, None gives "".

    Source:
        Decree 30/2020/NĐ-CP, Appendix I: days under 10 and the months 1 and 2 take a nought before them.

    Example:
        >>> written("2021-11-06"), written("2022-09-16"), written("2024-02"), written("2023")
        ('06/11/2021', '16/9/2022', '02/2024', '2023')
    """
    if not date:
        return ""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = rest[0] if rest[0] in ("01", "02") else rest[0].lstrip("0")
    return "/".join([*rest[1:], month, year])


def overlaps(valid_from: str | None, valid_to: str | None, date: str | None) -> bool:
    """Whether what is valid between two (partial) days, both inclusive, can hold at a date; unknown ends are open."""
    if date is None:
        return True
    first, last = interval(date)
    return (valid_from is None or interval(valid_from)[0] <= last) and (
        valid_to is None or first <= interval(valid_to)[1]
    )


def epoch_of(slug: str, on: str | None = None) -> Province | None:
    """Choose the epoch of a province at a date.

    Args:
        slug: Epoch-free slug ("quang-ngai"); an epoch-bound id is given back as its own unit.
        on: ISO date, month or year; its first day decides. Without it the unit that bore the name before the mergers.

    Returns:
        The unit that bore the name then, or for a name that a merger ended the last; None for unknown slugs.
    """
    if exact := next((p for p in provinces() if p.id == slug and p.id != p.slug), None):
        return exact
    rows = [p for p in provinces() if p.slug == slug]
    if not rows:
        return province_of_name(slug, on)
    if on is None:
        return rows[0]
    day = interval(on)[0]
    return next((p for p in rows if p.valid_on(day)), rows[-1] if day > (rows[-1].valid_to or "") else rows[0])

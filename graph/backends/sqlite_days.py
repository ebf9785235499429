"""Days of the SQLite store as small numbers that order as the days do."""

from graph.periods import FULL
from ontology.record import Deadline
from ontology.terms import DeadlineKind

EVERYBODY, ENDLESS = 0, -1  # stand for a body: all duties that end on a day, and those that go on or recur
DIGITS = 8  # of a whole day


def day_number(date: str | None) -> int:
    """A number that orders days, months alone and years alone as their texts are ordered; 0 where unknown."""
    year, month, day = ([int(p) for p in (date or "").split("-") if p.isdigit()] + [0, 0, 0])[:3]
    return (year * 13 + month) * 32 + day


def bound_code(day: str | None) -> int | None:
    """A bound of a window for ``day_code``; part of a day comes before the days that begin so."""
    digits = (day or "").replace("-", "")
    return int(digits[:DIGITS].ljust(DIGITS, "0")) if digits.isdigit() else None


def due_days(deadline: Deadline | None) -> list[int | str]:
    """Under which days a duty is found; 0 where it recurs."""
    if deadline is None:
        return []
    last: list[int | str] = [day_code(deadline.last_day)] if deadline.last_day else []
    return [0, *last] if deadline.kind is DeadlineKind.RECURRING else last


def due_body(deadline: Deadline | None) -> int:
    """Under which of the two that stand for a body the days of a duty are found."""
    ends = deadline is None or deadline.kind not in (DeadlineKind.RECURRING, DeadlineKind.CONTINUOUS)
    return EVERYBODY if ends else ENDLESS


def day_of(code: int) -> str:
    """The day back from its code."""
    digits = f"{code:08}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def day_code(day: str) -> int | str:
    """An ISO day as a short number that orders as it does; what is no whole day stays a text, after all numbers."""
    digits = day.replace("-", "")
    return int(digits) if len(day) == FULL and len(digits) == DIGITS and digits.isdigit() else day

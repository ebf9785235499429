"""What a time phrase says: ISO dates, intervals of months and quarters, periods, and the last day that keeps it."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ontology.terms import DeadlineKind

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNT = {"một": 1, "hai": 2}
_NUMBERS = re.compile(r"\d+")
_PERIOD = re.compile(r"(\d{1,2}|một)? ?(cuối năm|tháng|năm|quý|tuần|ngày)")
# Words after which "hằng năm" closes the clause, and words before it that make it an adjective of money or plans.
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;:)/]|theo (?:đúng )?quy định|trước |vào |báo cáo|và đột xuất|hoặc )")
_ADJECTIVE_OF = re.compile(r"(?:ngân sách(?: nhà nước)?|dự toán|kinh phí|nguồn|kế hoạch|thường xuyên|vốn) $")


def read_value(
    value: str, kind: DeadlineKind, match: re.Match[str], piece: str, year: int | None
) -> tuple[str | None, str | None] | None:
    """Give the ISO value and the last day of a match.

    Args:
        value: What the row of the table says is printed ("when", "years", "period" …).
        kind: The kind of deadline that the row sets.
        match: The phrase found.
        piece: The text that was searched.
        year: Year of the document, for a day without a year.

    Returns:
        Value and last day, either None where the phrase has none; None where the phrase turns out to be something else.
    """
    if value == "when":
        return _dated(kind, match, year)
    if value == "period":
        return _periodic(match, piece)
    if value == "from_to":
        return _from_to(match, year)
    return _plain(value, match)


def _plain(value: str, match: re.Match[str]) -> tuple[str | None, str | None]:
    """Read what needs no more than the match."""
    if value == "times":
        return _times(match), None
    if value == "years":
        return f"{match['from']}/{match['to']}", f"{match['to']}-12-31"
    if value == "year_open":
        return match["from"], None
    if value == "month_open":
        month, of_year = _NUMBERS.findall(match["month"])
        return f"{of_year}-{int(month):02d}/..", None
    return (value if value.startswith("P") else None), None


def _from_to(match: re.Match[str], year: int | None) -> tuple[str, str] | None:
    """Read "từ ngày D đến ngày D", "tháng 11 - 12/2025", "quý III, IV/2026", "6 tháng đầu năm 2026" as an interval."""
    said = match.groupdict()
    if said.get("until"):
        first, last = _one(said["since"], said["until"], year), _one(said["until"], said["until"], year)
        value = f"{first}/{last}" if first and last else None
    elif said.get("half"):
        value = _quarters(1, 2, int(said["of3"])) if said["half"] == "đầu" else _quarters(3, 4, int(said["of3"]))
    elif said.get("q1"):
        value = _quarters(_ROMAN[said["q1"]], _ROMAN[said["q2"]], int(said["of2"]))
    else:
        value = f"{said['of']}-{int(said['m1']):02d}/{said['of']}-{int(said['m2']):02d}"
    if value is None:
        return None
    try:
        first_day, last_day = bounds(value)
    except ValueError:  # "tháng 13" is a misprint and sets nothing
        return None
    return (value, last_day.isoformat()) if first_day <= last_day else None


def _one(raw: str, other: str, year: int | None) -> str | None:
    """One end of an interval; a year that only the other end prints holds for both."""
    numbers = [int(n) for n in _NUMBERS.findall(raw)]
    of_year = next((int(n) for n in _NUMBERS.findall(other) if len(n) == 4), year)
    if "tháng" in raw and "ngày" not in raw:
        return f"{numbers[1] if len(numbers) > 1 else of_year}-{numbers[0]:02d}"
    return _day(numbers, of_year) if len(numbers) > 1 else None


def _dated(kind: DeadlineKind, match: re.Match[str], year: int | None) -> tuple[str | None, str | None] | None:
    value = _value(match, year)
    if value is None:
        return None
    first, last = bounds(value)
    if kind is DeadlineKind.BEFORE:
        return value.split("/")[0], (first - timedelta(days=1)).isoformat()
    if kind is DeadlineKind.BY:
        return value.split("/")[-1], last.isoformat()
    if kind is DeadlineKind.CONTINUOUS:
        return value, None
    return value, last.isoformat()


def _value(match: re.Match[str], year: int | None) -> str | None:
    """Read the date group of a match as ISO 8601, truncated to what is printed; None where it is no date."""
    for name, raw in match.groupdict().items():
        if not raw:
            continue
        numbers = [int(n) for n in _NUMBERS.findall(raw)]
        if name.startswith("day"):
            return _day(numbers, year)
        if name.startswith("month"):
            return f"{numbers[1]}-{numbers[0]:02d}" if 1 <= numbers[0] <= 12 else None
        if name.startswith("quarter"):
            word = raw.split("/")[0].split()[1].rstrip(",")
            return _quarters(_ROMAN.get(word) or int(word), _ROMAN.get(word) or int(word), numbers[-1])
        if name.startswith("year"):
            return f"{numbers[0]}"
    return None


def _quarters(first: int, last: int, year: int) -> str:
    """Write quarters as the months from the first to the last of them, for ISO 8601 knows no quarter."""
    return f"{year}-{3 * first - 2:02d}/{year}-{3 * last:02d}"


def _day(numbers: list[int], year: int | None) -> str | None:
    day, month, *rest = numbers
    of_year = rest[0] if rest else year
    if of_year is None:
        return None
    try:
        return date(of_year, month, day).isoformat()
    except ValueError:  # 31/11 or 15/13 are printed at times; such a phrase sets no day
        return None


def bounds(value: str) -> tuple[date, date]:
    """Give the first and last day of a truncated ISO date or of an interval of two.

    Example:
        >>> bounds("2026-01/2026-03")[1].isoformat()
        '2026-03-31'
    """
    if "/" in value:
        first, last = value.split("/")
        return bounds(first)[0], bounds(last)[1]
    parts = value.split("-")
    of_year = int(parts[0])
    if len(parts) == 1:
        return date(of_year, 1, 1), date(of_year, 12, 31)
    month = int(parts[1])
    if len(parts) == 2:
        return date(of_year, month, 1), date(of_year, month, monthrange(of_year, month)[1])
    day = date(of_year, month, int(parts[2]))
    return day, day


def _periodic(match: re.Match[str], piece: str) -> tuple[str | None, str | None] | None:
    """Read "định kỳ hằng quý, 6 tháng, năm" as ISO durations; an adjective ("ngân sách hằng năm") is no deadline."""
    words = match["periods"]
    opens = match.start() == 0 or piece[: match.start()].rstrip().endswith((",", ";", ".", ":", "("))
    several = "," in words or " và " in words
    dated = match.start("periods") > match.start()  # "trước 15 giờ hằng ngày" cannot describe money or plans
    if words.startswith(("hằng", "hàng", "mỗi")) and not opens and not several and not dated:
        closes = _CLAUSE_END.match(piece, match.end())
        reported = "báo cáo" in piece[max(0, match.start() - 60) : match.start()]
        if not (closes or reported) or _ADJECTIVE_OF.search(piece[max(0, match.start() - 30) : match.start()]):
            return None
    return ",".join(dict.fromkeys(_duration(n, unit) for n, unit in _PERIOD.findall(words))) or None, None


def _duration(count: str, unit: str) -> str:
    n = _COUNT.get(count) or int(count or 1)
    if unit in ("năm", "cuối năm"):
        return f"P{n}Y"
    if unit == "quý":
        return f"P{3 * n}M"
    return f"P{n}{'M' if unit == 'tháng' else 'W' if unit == 'tuần' else 'D'}"


def _times(match: re.Match[str]) -> str | None:
    """Read "02 lần/năm" as the period between two times, where it comes out even in months."""
    unit = match["unit"] or match["unit2"]
    months = {"năm": 12, "quý": 3, "tháng": 1}.get(unit)
    if months is None:
        return "P1W"
    if match["every"]:
        months *= _COUNT.get(match["every"]) or int(match["every"])
    else:
        times = _COUNT.get(match["times"]) or int(match["times"])
        if months % times:
            return None
        months //= times
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"

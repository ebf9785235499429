"""What a time phrase says: ISO dates, intervals of months and quarters, periods, and the last day that keeps it."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ontology.terms import DeadlineKind

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNT = {"một": 1, "hai": 2}
# Documents of this kind speak of no other years; what is printed beside them is a misprint or a slip of recognition.
FIRST_YEAR, LAST_YEAR = 1900, 2100
_MONTHS = 12
_NUMBERS = re.compile(r"\d+")
_PERIOD = re.compile(r"(\d{1,2}|một)? ?(cuối năm|tháng|năm|quý|tuần|ngày)")
# Words after which "hằng năm" closes the clause, and words before it that make it an adjective of money or plans.
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;:)/]|theo (?:đúng )?quy định|trước |vào |báo cáo|và đột xuất|hoặc )")
_ADJECTIVE_OF = re.compile(r"(?:ngân sách(?: nhà nước)?|dự toán|kinh phí|nguồn|kế hoạch|thường xuyên|vốn) $")


def read_value(
    value: str, kind: DeadlineKind, match: re.Match[str], piece: str, issued: str | None
) -> tuple[str | None, str | None] | None:
    """Give the ISO value and the last day of a match.

    Args:
        value: What the row of the table says is printed ("when", "years", "period" …).
        kind: The kind of deadline that the row sets.
        match: The phrase found.
        piece: The text that was searched.
        issued: Date of the document, whose year holds for a day without one.

    Returns:
        Value and last day, either None where the phrase has none; None where the phrase turns out to be something else.
        A day without a year that would then lie before the document has neither: it means another year.
    """
    if any(c.isdecimal() and not c.isascii() for c in match.group()):
        return None
    year = _issued_year(issued)
    if value == "when":
        made = _dated(kind, match, year)
        return (None, None) if made and _is_past(made, match.group(), issued) else made
    if value == "period":
        return _periodic(match, piece)
    if value == "from_to":
        return _from_to(match, year)
    return _plain(value, match)


def is_year(year: int) -> bool:
    """Whether a number can be the year of a deadline."""
    return FIRST_YEAR <= year <= LAST_YEAR


def infers_year(value: str | None, phrase: str) -> bool:
    """Whether the year of a value is not printed in its phrase but taken from the date of the document.

    Example:
        >>> infers_year("2026-03-15", "trước 15/3"), infers_year("2026-03-15", "trước 15/3/2026")
        (True, False)
    """
    return value is not None and value[:4].isdigit() and value[:4] not in phrase


def _issued_year(issued: str | None) -> int | None:
    return int(issued[:4]) if issued and is_year(int(issued[:4])) else None


def _is_past(made: tuple[str | None, str | None], phrase: str, issued: str | None) -> bool:
    """Whether a day to which the year of the document was given lies before the document."""
    value, last_day = made
    return issued is not None and infers_year(value, phrase) and (last_day or value or "")[: len(issued)] < issued


def _plain(value: str, match: re.Match[str]) -> tuple[str | None, str | None] | None:
    """Read what needs no more than the match."""
    if value == "times":
        return _times(match), None
    if value == "years":
        if not FIRST_YEAR <= int(match["from"]) <= int(match["to"]) <= LAST_YEAR:
            return None
        return f"{match['from']}/{match['to']}", f"{match['to']}-12-31"
    if value == "year_open":
        return (match["from"], None) if is_year(int(match["from"])) else None
    if value == "month_open":
        month, of_year = _NUMBERS.findall(match["month"])
        opens = f"{of_year}-{int(month):02d}"
        return (f"{opens}/..", None) if bounds(opens) else None
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
    days = bounds(value) if value else None
    return (value, days[1].isoformat()) if value and days and days[0] <= days[1] else None


def _one(raw: str, other: str, year: int | None) -> str | None:
    """One end of an interval; a year that only the other end prints holds for both."""
    numbers = [int(n) for n in _NUMBERS.findall(raw)]
    of_year = next((int(n) for n in _NUMBERS.findall(other) if len(n) == 4), year)
    if "tháng" in raw and "ngày" not in raw:
        return f"{numbers[1] if len(numbers) > 1 else of_year}-{numbers[0]:02d}"
    return _day(numbers, of_year) if len(numbers) > 1 else None


def _dated(kind: DeadlineKind, match: re.Match[str], year: int | None) -> tuple[str | None, str | None] | None:
    value = _value(match, year)
    days = bounds(value) if value else None
    if value is None or days is None:
        return None
    first, last = days
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
            return f"{numbers[1]}-{numbers[0]:02d}"
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
    return f"{of_year:04d}-{month:02d}-{day:02d}" if of_year is not None else None


def bounds(value: str) -> tuple[date, date] | None:
    """Give the first and last day of a truncated ISO date or of an interval of two.

    Returns:
        The two days; None where there is no such day ("31/11", "tháng 13") or its year cannot be meant.

    Example:
        >>> bounds("2026-01/2026-03")[1].isoformat()
        '2026-03-31'
    """
    if "/" in value:
        first, last = (bounds(end) for end in value.split("/"))
        return (first[0], last[1]) if first and last else None
    of_year, month, day, *_ = [int(part) for part in (*value.split("-"), "0", "0")]
    if not is_year(of_year) or month > _MONTHS:
        return None
    if not month:
        # A year alone has no further part; "2024-00" has one and is no month.
        return (date(of_year, 1, 1), date(of_year, 12, 31)) if "-" not in value else None
    length = monthrange(of_year, month)[1]
    if value.count("-") == 1:
        return date(of_year, month, 1), date(of_year, month, length)
    return (date(of_year, month, day),) * 2 if 1 <= day <= length else None


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
    periods = [_duration(_COUNT.get(n) or int(n or 1), unit) for n, unit in _PERIOD.findall(words)]
    if None in periods:
        return None
    return ",".join(dict.fromkeys(period for period in periods if period)) or None, None


def _duration(n: int, unit: str) -> str | None:
    """Write a number of units as an ISO duration; none of them is no period."""
    if n == 0:
        return None
    if unit in ("năm", "cuối năm"):
        return f"P{n}Y"
    if unit == "quý":
        return f"P{3 * n}M"
    return f"P{n}{'M' if unit == 'tháng' else 'W' if unit == 'tuần' else 'D'}"


def _times(match: re.Match[str]) -> str | None:
    """Read "02 lần/năm" as the period between two times, where it comes out even in months."""
    unit = match["unit"] or match["unit2"]
    months = {"năm": 12, "quý": 3, "tháng": 1}.get(unit)
    every = _COUNT.get(match["every"]) or int(match["every"]) if match["every"] else 1
    times = _COUNT.get(match["times"]) or int(match["times"]) if match["times"] else 1
    if months is None:
        return f"P{every}W" if times == 1 else None
    if match["every"]:
        months *= every
    else:
        if months % times:
            return None
        months //= times
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"

"""Time phrases of duties: what kind of deadline a phrase sets, its value, and the last day that keeps it."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from loaders.document import Span
from loaders.obligations_tables import table
from ontology.record import Deadline
from ontology.terms import DeadlineKind

_DAY = (
    r"(?:ngày )?(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2}(?:,? năm |/)\d{4}|"
    r"\d{1,2}/\d{1,2}(?![\d/.-]))"
)
_MONTH = r"(?P<month>tháng \d{1,2}(?:/|[,]? năm | ?- ?)\d{4})"
_QUARTER = r"(?P<quarter>quý (?:iv|iii|ii|i|[1-4])(?:/|,? năm | )\d{4})"
_YEAR = r"(?P<year>năm \d{4})"
_WHEN = f"(?:{_DAY}|{_MONTH}|{_QUARTER}|{_YEAR})"
_SPAN = r"\d{1,2} tháng(?: đầu năm| cuối năm)?|(?:\d{1,2} |một )?năm(?! \d)|cuối năm|quý|tháng(?! \d)|tuần|ngày(?! \d)"
_PLACES = {"{when}": _WHEN, "{day}": _DAY, "{month}": _MONTH, "{quarter}": _QUARTER, "{span}": _SPAN}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNT = {"một": 1, "hai": 2}
_NUMBERS = re.compile(r"\d+")
_PERIOD = re.compile(r"(\d{1,2}|một)? ?(cuối năm|tháng|năm|quý|tuần|ngày)")
# Words after which "hằng năm" closes the clause, and words before it that make it an adjective of money or plans.
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;:)/]|theo (?:đúng )?quy định|trước |vào |báo cáo|và đột xuất|hoặc )")
_ADJECTIVE_OF = re.compile(r"(?:ngân sách(?: nhà nước)?|dự toán|kinh phí|nguồn|kế hoạch|thường xuyên|vốn) $")
_HINT = re.compile(
    r"trước|chậm nhất|muộn nhất|không quá|không muộn|hạn|hết|đến|hoàn |trong|vào|cả năm|suốt|cuối|đầu|hằng|hàng|mỗi|"
    r"định kỳ|lần|sau |khi |thường xuyên|theo|báo cáo|gửi|nộp|quý|tháng|năm|liên tục|ngày|\d"
)


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One row of the table: a phrase and what it means."""

    id: str
    kind: DeadlineKind
    rank: int
    where: str
    value: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def deadline_rules() -> tuple[DeadlineRule, ...]:
    """Give the rows of ``patterns/deadlines.yaml``, compiled."""
    return tuple(
        DeadlineRule(
            id=row["id"],
            kind=DeadlineKind(row["kind"]),
            rank=row["rank"],
            where=row.get("where", ""),
            value=row.get("value", "none"),
            pattern=re.compile(_expand(row["pattern"])),
        )
        for row in table("deadlines.yaml")
    )


def _expand(pattern: str) -> str:
    """Put the date forms in place of ``{when}`` and its kin; no group name may stand twice."""
    seen: set[str] = set()
    for mark, form in _PLACES.items():
        while mark in pattern:
            pattern = pattern.replace(mark, _once(form, seen), 1)
    return pattern


def _once(form: str, seen: set[str]) -> str:
    for name in ("day", "month", "quarter", "year"):
        group = f"(?P<{name}>"
        if group in form:
            taken = f"{name}{sum(1 for s in seen if s.startswith(name))}" if name in seen else name
            seen.add(taken)
            form = form.replace(group, f"(?P<{taken}>")
    return form


def find_deadline(
    text: str,
    folded: str,
    span: Span,
    *,
    year: int | None = None,
    line: bool = False,
    skip: Iterable[Span] = (),
) -> Deadline | None:
    """Find the deadline of one duty: the most definite time phrase of its text, the first of equals.

    Args:
        text: Text as it is to be quoted.
        folded: The same text in lower case with new tone placement, character for character.
        span: The part of it to read.
        year: Year of the document, for a day without a year ("trước 15/3").
        line: The span is the value of a time line or a table cell, where a bare "Quý I/2026" is a deadline.
        skip: Ranges that are no time of the duty (citations with their own dates).

    Returns:
        The deadline, or None where the text says nothing about time.

    Example:
        >>> find_deadline("Trước ngày 01/4/2023", "trước ngày 01/4/2023", (0, 20)).last_day
        '2023-03-31'
    """
    piece = folded[span[0] : span[1]]
    if not _HINT.search(piece):
        return None
    barred = [(a - span[0], b - span[0]) for a, b in skip if b > span[0] and a < span[1]]
    best: tuple[int, int, Deadline] | None = None
    for rule in deadline_rules():
        if rule.where and (rule.where == "line") is not line:
            continue
        for match in rule.pattern.finditer(piece):
            if any(a <= match.start() < b for a, b in barred):
                continue
            made = _read(rule, match, piece, year)
            if made is None:
                continue
            quoted = "phrase" if "phrase" in rule.pattern.groupindex else 0
            phrase = " ".join(text[span[0] + match.start(quoted) : span[0] + match.end(quoted)].split())
            found = Deadline(kind=rule.kind, value=made[0], phrase=phrase, last_day=made[1])
            if best is None or (rule.rank, match.start()) < best[:2]:
                best = rule.rank, match.start(), found
            break
    return best[2] if best else None


def _read(
    rule: DeadlineRule, match: re.Match[str], piece: str, year: int | None
) -> tuple[str | None, str | None] | None:
    """Give value and last day, or None where the phrase turns out to be something else."""
    if rule.value == "when":
        return _dated(rule.kind, match, year)
    if rule.value == "period":
        return _periodic(match, piece)
    if rule.value == "times":
        return _times(match), None
    if rule.value == "years":
        return f"{match['from']}/{match['to']}", f"{match['to']}-12-31"
    if rule.value == "year_open":
        return match["from"], None
    if rule.value == "month_open":
        month, of_year = _NUMBERS.findall(match["month"])
        return f"{of_year}-{int(month):02d}/..", None
    return None, None


def _dated(kind: DeadlineKind, match: re.Match[str], year: int | None) -> tuple[str | None, str | None] | None:
    value = _value(match, year)
    if value is None:
        return None
    first, last = bounds(value)
    if kind is DeadlineKind.BEFORE:
        return value, (first - timedelta(days=1)).isoformat()
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
            return f"{numbers[-1]}-Q{_ROMAN.get(word) or int(word)}"
        if name.startswith("year"):
            return f"{numbers[0]}"
    return None


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
    """Give the first and last day of a truncated ISO date, quarter included.

    Example:
        >>> bounds("2026-Q1")[1].isoformat()
        '2026-03-31'
    """
    parts = value.split("-")
    of_year = int(parts[0])
    if len(parts) == 1:
        return date(of_year, 1, 1), date(of_year, 12, 31)
    if parts[1].startswith("Q"):
        month = int(parts[1][1:]) * 3
        return date(of_year, month - 2, 1), date(of_year, month, monthrange(of_year, month)[1])
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
    if words.startswith(("hằng", "hàng", "mỗi")) and not opens and not several:
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

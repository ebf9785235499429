"""Time phrases of duties: what kind of deadline a phrase sets, its value, and the last day that keeps it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from loaders.anchors import anchors
from loaders.deadlines_values import read_value
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
    anchors: tuple[str, ...]


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
            pattern=pattern,
            anchors=anchors(pattern),
        )
        for row in table("deadlines.yaml")
        for pattern in [re.compile(_expand(row["pattern"]))]
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
    issued: str | None = None,
    line: bool = False,
    skip: Iterable[Span] = (),
) -> Deadline | None:
    """Find the deadline of one duty: the most definite time phrase of its text, the first of equals.

    Args:
        text: Text as it is to be quoted.
        folded: The same text in lower case with new tone placement, character for character.
        span: The part of it to read.
        issued: Date of the document (ISO 8601, truncated), for a day without a year ("trước 15/3").
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
        if rule.anchors and not any(word in piece for word in rule.anchors):
            continue
        for match in rule.pattern.finditer(piece):
            if any(a <= match.start() < b for a, b in barred):
                continue
            made = read_value(rule.value, rule.kind, match, piece, issued)
            if made is None:
                continue
            quoted = "phrase" if "phrase" in rule.pattern.groupindex else 0
            phrase = " ".join(text[span[0] + match.start(quoted) : span[0] + match.end(quoted)].split())
            found = Deadline(kind=rule.kind, value=made[0], phrase=phrase, last_day=made[1])
            if best is None or (rule.rank, match.start()) < best[:2]:
                best = rule.rank, match.start(), found
            break
    return best[2] if best else None

"""Measurable aims (chỉ tiêu) of a duty: what is written, the comparator, the number and its unit."""

import re
from collections.abc import Iterable
from functools import lru_cache

from loaders.document import Span
from loaders.obligations_tables import table
from ontology.record import Target

# 15.000 and 1,5 as printed in Vietnamese; never the number of a document or a date.
_NUMBER = r"(?<![\d/.,-])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d/-])|(?<![\d/.,-])\d+(?:,\d+)?(?![\d/-])"
_STOPS = r"trong|của|để|theo|được|có|và|tại|trên|phù|góp|cho|ở|với|từ|mỗi|đạt|so|về|là|trở|đã|đang|hoặc|do|thuộc"
_SINGLE = r"tổ|lớp|cuộc|đợt|buổi|km|ha|tấn|điểm(?! cầu| bưu| trường)|suất|căn|trạm"  # what is counted by one word
_UNIT = (
    r"(?:%|(?!ngày|giờ|lần|tháng|năm|tuần|phút|khoản|điều|điểm [a-zđ](?!\w))"
    rf"(?:(?:nghìn|ngàn|triệu|tỷ) )?(?:(?:{_SINGLE})(?!\w)|[^\W\d_]+(?: (?!(?:{_STOPS})(?!\w))[^\W\d_]+)?))"
)
_HINT = re.compile(r"\d ?%|\d (?!ngày)|so với")
_MONEY = frozenset({"đồng", "triệu", "tỷ"})  # a sum behind a colon is a budget
_FIRST_NUMBER = re.compile(r"\d[\d.,]*")


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str | None, str, re.Pattern[str]], ...]:
    number = f"(?:{_NUMBER})"
    return tuple(
        (
            row["comparator"],
            row.get("where", ""),
            re.compile(row["pattern"].replace("{number}", number).replace("{unit}", _UNIT)),
        )
        for row in table("targets.yaml")
    )


def find_targets(
    text: str, folded: str, span: Span, skip: Iterable[Span] = (), *, aims: bool = False
) -> tuple[Target, ...]:
    """Find the measurable aims in one duty, in text order.

    Args:
        text: Text as it is to be quoted.
        folded: The same text in lower case with new tone placement, character for character.
        span: The part of it to read.
        skip: Ranges that hold no aims (citations, whose titles may quote some).
        aims: The duty stands under a heading over aims, where a bare count is one.

    Example:
        >>> [t.text for t in find_targets("đạt khoảng 92%", "đạt khoảng 92%", (0, 14))]
        ['khoảng 92%']
    """
    piece = folded[span[0] : span[1]]
    if not _HINT.search(piece):
        return ()
    taken: list[Span] = [(a - span[0], b - span[0]) for a, b in skip if b > span[0] and a < span[1]]
    found: list[tuple[int, Target]] = []
    for comparator, where, pattern in _rules():
        if where == "aims" and not aims:
            continue
        for match in pattern.finditer(piece):
            if where == "counted" and not _was_named(match, piece):
                continue
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            raw = " ".join(text[span[0] + match.start() : span[0] + match.end()].split())
            found.append((match.start(), _target(raw, comparator)))
    return tuple(target for _, target in sorted(found, key=lambda pair: pair[0]))


def _was_named(match: re.Match[str], piece: str) -> bool:
    """Whether what is counted behind a colon was named before it."""
    counted = match["counted"]
    if counted in _MONEY:
        return False
    return re.search(rf"(?<!\w){re.escape(counted)}(?!\w)", piece[: match.start()]) is not None


def _target(raw: str, comparator: str | None) -> Target:
    if comparator is None:
        return Target(text=raw, unit="%")  # a range has no single value
    if comparator in "↑↓":
        return Target(text=raw, comparator=comparator)
    number = _FIRST_NUMBER.search(raw)
    if number is None:  # every other row holds a number
        return Target(text=raw, comparator=comparator)
    printed = number.group().rstrip(".,")
    rest = raw[number.start() + len(printed) :].replace("trở lên", "").strip()
    # "80% trở lên" is at least 80 % whatever stands before it.
    return Target(
        text=raw, comparator=comparator, value=float(printed.replace(".", "").replace(",", ".")), unit=rest or None
    )

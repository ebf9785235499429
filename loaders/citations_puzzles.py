"""What looked like a number or a date and was not understood: it is told, never repaired (domain.md 2.5)."""

import re
from collections.abc import Iterator, Sequence

from loaders.citations_mention import Mention, Puzzle
from loaders.citations_scan import Scanner
from loaders.dates import DatePhrase, day_at
from ontology.record import Header
from ontology.symbols import fold_code

BLANK = "số để trống"
DAMAGED = "số, ký hiệu đọc không được"
NO_NUMBER = "có ngày mà thiếu số, ký hiệu"
NO_SUCH_DAY = "ngày không có trong lịch"
ODD_YEAR = "năm không viết đủ bốn chữ số"
UNREADABLE_DAY = "ngày đọc không được"

# Letters that scanners put for digits (O, I, l) among the digits of a number: which digit it was, nobody knows.
_DAMAGED_NUMBER = re.compile(
    r"\s?:?\s?(?=\d{0,6}[oil]|\d{1,6}\s?/\s?\d{0,3}[oil])(?P<number>[\doil]{1,6})(?P<rest>(?:\s?/\s?[12l][\doil]{3})?\s?[/-]\s?[^\W\d_][\w&/-]{1,30})"
)
_DATE_ALONE = re.compile(r"\s?:?\s?,?\s(?=ngày\s+(?:\d|tháng|[.…]))")
_LETTERS_IN_DAY = re.compile(
    r"ngày\s(?=[\doil./]{0,9}[oil])[\doil]{1,2}[/.][\doil]{1,2}[/.][\doil]{4}(?!\w)"
    r"|ngày\s+[\doil]{1,2}\s+tháng\s+[\doil]{1,2}\s+năm\s+[\doil]{4}(?!\w)"
)
# What stands where a number should, of digits and letters but not in the form of one: "s05/CĐ-TTg", "1248ú/QĐ-TTg".
_BROKEN_NUMBER = re.compile(
    r"\s?:?\s?(?!\d+[a-z]?(?:\s?/\s?(?:19|20)\d\d)?(?:\s?[-–/]|[)*\s]|\Z))(?=[^\W\d_]{0,2}\d)(?=[\w&/-]*[^\W\d_])[\w&/-]{3,40}"
)
_YEAR_END = re.compile(r"[/.-]\s?(\d+)\s*\Z")
_FOUR = 4


def puzzles_of(scanner: Scanner, header: Header, mentions: Sequence[Mention]) -> list[Puzzle]:
    """Give what was not understood, apart from what the scanner itself noted.

    Args:
        scanner: The scanner of the view.
        header: Header of the document: a blank in its own symbol is the document itself.
        mentions: What was understood; nothing inside it is a puzzle of its number.
    """
    taken = [(m.start, m.end) for m in mentions]
    found = [*_blanks(scanner, header), *_numbers(scanner), *_days(scanner)]
    return [p for p in found if p.why in (NO_SUCH_DAY, ODD_YEAR) or not _inside(p, taken)]


def why_no_day(lower: str, phrase: DatePhrase) -> str:
    """Say why a phrase of the form of a date is none: no such day, or a year that has not four digits."""
    year = _YEAR_END.search(lower, phrase.start, phrase.end)
    return ODD_YEAR if year is not None and len(year[1]) != _FOUR else NO_SUCH_DAY


def _inside(puzzle: Puzzle, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= puzzle.start and puzzle.end <= end for start, end in taken)


def _blanks(scanner: Scanner, header: Header) -> Iterator[Puzzle]:
    """Numbers left blank ("số /QĐ-UBND"): over an annex and in a form it is the document itself."""
    own = fold_code(header.symbol or "")
    for start, end, symbol in scanner.blanks():
        if scanner.region(start) is None:
            continue
        kind, at, _ = scanner.kinds.kind_before(start, max(0, start - 60))
        annexed = scanner.lower[max(0, at - 12) : at].rstrip().endswith(("kèm theo", "kèm"))
        if fold_code(symbol) != own or (kind is not None and header.number is not None and not annexed):
            yield Puzzle(at if kind is not None else start, end, BLANK)


def _numbers(scanner: Scanner) -> Iterator[Puzzle]:
    """Numbers with letters among their digits, and numbers that are missing before a date."""
    lower = scanner.lower
    at = lower.find("số")
    while at >= 0:
        damaged = _DAMAGED_NUMBER.match(lower, at + 2)
        alone = None if damaged else _DATE_ALONE.match(lower, at + 2)
        broken = None if damaged or alone else _BROKEN_NUMBER.match(lower, at + 2)
        hit = damaged or alone or broken
        region = scanner.region(at) if hit is not None else None
        if hit is not None and region is not None:
            kind, start, _ = scanner.kinds.kind_before(at, region.start)
            law = damaged is not None and "/qh" in damaged["rest"]
            if (damaged is not None and (kind is not None or law)) or (broken is not None and kind is not None):
                yield Puzzle(start, min(hit.end(), region.end), DAMAGED)
            elif kind is not None and alone is not None:
                day = day_at(lower, alone.end())
                yield Puzzle(start, min(day.end if day else alone.end(), region.end), NO_NUMBER)
        at = lower.find("số", at + 2)


def _days(scanner: Scanner) -> Iterator[Puzzle]:
    """Days that the calendar does not have, years of two digits, and days with letters among their digits."""
    lower = scanner.lower
    at = lower.find("ngày ")
    while at >= 0:
        phrase = day_at(lower, at)
        days = phrase is not None and "-" in lower[phrase.start : phrase.end] and "/" in lower[at : phrase.end]
        if days:
            pass  # "ngày 16-22/11": a span of days, no date
        elif phrase is not None and phrase.value is None:
            yield Puzzle(phrase.start, phrase.end, why_no_day(lower, phrase))
        elif phrase is None and (letters := _LETTERS_IN_DAY.match(lower, at)):
            yield Puzzle(at, letters.end(), UNREADABLE_DAY)
        at = lower.find("ngày ", at + 5)

"""Recipients and signature that stand side by side in a plain text: read one column after the other (domain.md 3)."""

import re

from loaders.lines import Line, LineKind, line_of
from loaders.patterns_table import wordings

_HEAD = wordings("tables")["beside_signature"].pattern
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_REACH = 45  # lines of the two columns together
_EMPTY = 4  # blank lines within them
_SLACK = 12  # columns by which a centred line may begin before the column of the gap


def unfold_columns(base: str, lines: list[Line]) -> None:
    """Put the right column behind the left one wherever recipients have text beside them.

    Args:
        base: The text that the lines' offsets mean.
        lines: Its lines; those of the two columns are replaced in place.
    """
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.kind is LineKind.TEXT and _HEAD.match(line.text):
            gap = _GAP.search(base, line.start, line.stop)
            if gap:
                end = _end(base, lines, i)
                lines[i:end] = _parted(base, lines[i:end], gap.end() - line.start)
                i = end
        i += 1


def _end(base: str, lines: list[Line], start: int) -> int:
    """Behind the last line that belongs to the two columns: the last with a gap or with an indent as deep."""
    last = start
    blank = 0
    for k in range(start, min(start + _REACH, len(lines))):
        line = lines[k]
        if line.kind is LineKind.BLANK:
            blank += 1
            if blank > _EMPTY:
                break
            continue
        blank = 0
        deep = base.startswith(" " * (2 * _SLACK), line.start)
        if deep or line.text.startswith("-") or _GAP.search(base, line.start, line.stop):
            last = k
        elif k - last > 1:
            break
    return last + 1


def _parted(base: str, lines: list[Line], column: int) -> list[Line]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        gaps = list(_GAP.finditer(base, line.start, line.stop))
        gap = min(gaps, key=lambda g: abs(g.end() - line.start - column), default=None)
        if gap and gap.end() - line.start >= column - _SLACK:
            left.append(line_of(base[line.start : gap.start()], line.start))
            right.append(line_of(base[gap.end() : line.stop], gap.end()))
        elif line.kind is LineKind.TEXT and base.startswith(" " * max(column - _SLACK, _SLACK), line.start):
            right.append(line)
        else:
            left.append(line)
    border = Line(LineKind.BAR, lines[-1].stop, lines[-1].stop)
    return [*left, border, *right, border]

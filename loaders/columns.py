"""Recipients and signature that stand side by side in a plain text: read one column after the other (domain.md 3)."""

import re

from loaders.lines import Line, LineKind, line_of
from loaders.patterns_table import wordings
from loaders.persons import is_person

_HEAD = wordings("tables")["beside_signature"].pattern
_MOTTO = wordings("structure")["motto"].pattern
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_REACH = 45  # lines of the two columns together
_HEAD_REACH = 12  # lines of a head in two columns, from the motto on
_WIDEST = 400  # characters of a line of a head with the spaces between its columns
_EMPTY = 4  # blank lines within them
_SLACK = 12  # columns by which a centred line may begin before the column of the gap


def unfold_columns(base: str, lines: list[Line]) -> None:
    """Put the right column behind the left one wherever recipients have text beside them.

    Args:
        base: The text that the lines' offsets mean.
        lines: Its lines; those of the two columns are replaced in place.
    """
    if "   " not in base:
        return  # no gap anywhere
    _unfold_head(base, lines)
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.kind is LineKind.TEXT and _HEAD.match(line.text):
            gap = _GAP.search(base, line.start, line.stop)
            if gap:
                end = _end(base, lines, i)
                lines[i:end] = _parted(base, lines[i:end], gap.end() - line.start)
                i = end
            else:
                i += _names_up(base, lines, i)
        i += 1


def _unfold_head(base: str, lines: list[Line]) -> None:
    """Part a head whose issuer and number stand beside the state's motto, with a run of spaces between them."""
    for i, line in enumerate(lines[:_HEAD_REACH]):
        short = line.kind is LineKind.TEXT and line.stop - line.start < _WIDEST
        gaps = _GAP.finditer(base, line.start, line.stop) if short else ()
        column = next((g.end() for g in gaps if _MOTTO.match(base[g.end() : line.stop].strip(" *_"))), None)
        if column is None:
            continue
        column -= line.start
        end = i + 1
        for k in range(end, min(i + _HEAD_REACH, len(lines))):
            if any(
                g.end() - lines[k].start >= column - _SLACK for g in _GAP.finditer(base, lines[k].start, lines[k].stop)
            ):
                end = k + 1
        lines[i:end] = _parted(base, lines[i:end], column)
        return


def _names_up(base: str, lines: list[Line], head: int) -> int:
    """Put signers' names beside the recipients above them, behind the posts; gives the lines that were put there."""
    names: list[Line] = []
    for k in range(head + 1, min(head + _REACH, len(lines))):
        line = lines[k]
        gap = next(_GAP.finditer(base, line.start, line.stop), None) if line.kind is LineKind.TEXT else None
        if gap and is_person(base[gap.end() : line.stop].strip(" *_")):
            names.append(line_of(base[gap.end() : line.stop], gap.end()))
            lines[k] = line_of(base[line.start : gap.start()], line.start)
    lines[head:head] = [row for name in names for row in (name, Line(LineKind.BLANK, name.stop, name.stop))]
    return 2 * len(names)


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

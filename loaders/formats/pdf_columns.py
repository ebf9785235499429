"""Pages set in two columns: the left one is read to its end before the right one."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from loaders.formats.pdf_words import Line

_GAP = 9.0  # points of white between columns, at least
_STEP = 3.0
_LINES = 8  # lines on each side that make a column
_FILLED = 0.7  # share of a column that its lines fill; cells of a table fill less
_MIDDLE = (0.3, 0.7)  # where the gap may stand in the width of the text


def split_columns(lines: Sequence[Line]) -> list[list[list[Line]]]:
    """Part lines, top down, into stretches of one or of two columns.

    Args:
        lines: Lines over the whole width of a page; those of two columns hold the words of both.

    Returns:
        For each stretch its columns, left one first; a page in one column is one stretch of one column.
    """
    middle = _gutter(lines)
    if middle is None:
        return [[list(lines)]] if lines else []
    stretches: list[list[list[Line]]] = []
    for free, group in groupby(lines, key=lambda line: _is_free(line, middle)):
        stretch = list(group)
        sides = _sides(stretch, middle) if free else []
        if sides and all(len(side) >= _LINES and _is_filled(side) for side in sides):
            stretches.append(sides)
        elif stretches and len(stretches[-1]) == 1:
            stretches[-1][0].extend(stretch)
        else:
            stretches.append([stretch])
    return stretches


def _gutter(lines: Sequence[Line]) -> float | None:
    """Find the white strip between two columns: where most lines have a wide gap."""
    if len(lines) < _LINES:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    votes: Counter[int] = Counter()
    for line in lines:
        for a, b in pairwise(line.words):
            if b.x0 - a.x1 >= _GAP and b.x0 > low and a.x1 < high:
                votes.update(_places(a.x1, b.x0))
    for above, below in pairwise(lines):  # the lines of the columns may stand at other heights
        first, second = (above, below) if above.x0 < below.x0 else (below, above)
        if second.x0 - first.x1 >= _GAP and second.x0 > low and first.x1 < high:
            votes.update(_places(first.x1, second.x0))
    if not votes:
        return None
    place, count = max(votes.items(), key=lambda vote: (vote[1], -abs(vote[0] * _STEP - (left + right) / 2)))
    return place * _STEP if count >= _LINES and low < place * _STEP < high else None


def _places(start: float, end: float) -> range:
    return range(int(start / _STEP) + 1, int(end / _STEP) + 1)


def _is_free(line: Line, middle: float) -> bool:
    """Whether nothing of a line stands on the strip."""
    return not any(word.x0 - _GAP / 4 < middle < word.x1 + _GAP / 4 for word in line.words)


def _sides(lines: Sequence[Line], middle: float) -> list[list[Line]]:
    sides: list[list[Line]] = [[], []]
    for line in lines:
        for side, words in (
            (0, tuple(w for w in line.words if w.x0 < middle)),
            (1, tuple(w for w in line.words if w.x0 >= middle)),
        ):
            if words:
                sides[side].append(Line(words, line.has_mark and not side))
    return sides


def _is_filled(side: Sequence[Line]) -> bool:
    width = max(line.x1 for line in side) - min(line.x0 for line in side)
    return median(line.x1 - line.x0 for line in side) >= _FILLED * width

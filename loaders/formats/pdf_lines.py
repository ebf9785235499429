"""Words of a pdf page to lines, columns and paragraphs, by their places on the page."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from loaders.formats.pdf_columns import split_columns
from loaders.formats.pdf_words import Line, Word
from ontology.vietnamese import fold

_MOTTO = re.compile(r"doc lap tu do hanh phuc|cong hoa xa hoi chu nghia|dang cong san viet nam")
_DATED = re.compile(r"\bthang\b.*\bnam\b")
_RECIPIENTS = re.compile(r"noi nhan\b")
_HEAD_LINES = 14
_INDENT = 12.0  # points; the usual first-line indent is 28
_CORRIDOR = 7.0  # narrowest white strip between two columns


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Group words into lines, top down; raised note numbers are dropped."""
    groups: list[list[Word]] = []
    middle = 0.0
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        centre = (word.top + word.bottom) / 2
        if groups and centre - middle <= 0.45 * word.size:
            groups[-1].append(word)
            middle = sum((w.top + w.bottom) / 2 for w in groups[-1][-8:]) / len(groups[-1][-8:])
        else:
            groups.append([word])
            middle = centre
    lines = []
    for group in groups:
        kept = sorted(_without_note_marks(group), key=lambda w: w.x0)
        if kept:
            lines.append(Line(tuple(kept), min(w.x0 for w in group) < kept[0].x0))
    return lines


def _without_note_marks(words: list[Word]) -> list[Word]:
    size = median(w.size for w in words)
    low = median(w.bottom for w in words)
    return [w for w in words if not (w.text.isdecimal() and w.size < 0.8 * size and w.bottom < low - 0.15 * size)]


def without_footnotes(pages: list[list[Line]]) -> tuple[list[list[Line]], list[list[Line]]]:
    """Part the text of the pages from the footnotes below it, which would cut sentences that run over the page.

    Returns:
        The lines of the text page by page, and the lines of the notes page by page.
    """
    sizes = [word.size for lines in pages for line in lines for word in line.words[:1]]
    body = median(sizes) if sizes else 0.0
    texts, notes = [], []
    for lines in pages:
        at = len(lines)
        for i in range(len(lines) - 1, -1, -1):
            if lines[i].words[0].size > 0.93 * body:
                break
            if lines[i].has_mark:
                at = i
        texts.append(lines[:at])
        notes.append(lines[at:])
    return texts, notes


def paragraphs_of(lines: list[Line]) -> list[str]:
    """Give the paragraphs of one page in reading order; lines of a paragraph are separated by line ends."""
    head = _head(lines)
    foot = _foot(lines, head)
    parts: list[str] = []
    if head:
        parts += _columns(lines[:head])
    for columns in split_columns(lines[head:foot]):
        for column in columns:
            parts += _flow(column)
    if foot < len(lines):
        parts += _columns(lines[foot:])
    return parts


def _head(lines: list[Line]) -> int:
    """Number of lines at the top that hold the issuer block beside the motto."""
    folded = [fold(line.text) for line in lines[:_HEAD_LINES]]
    if not any(_MOTTO.search(text) for text in folded):
        return 0
    dated = next((i for i, text in enumerate(folded) if _DATED.search(text)), None)
    if dated is None:
        return 0
    end = dated + 1
    corridor = _corridor(lines[:end])
    if corridor is None:
        return 0
    while end < len(lines) and end < _HEAD_LINES and lines[end].x1 < corridor:
        end += 1
    return end


def _foot(lines: list[Line], after: int) -> int:
    """Index of the first line of the foot: recipients beside signatures."""
    for at in range(len(lines) - 1, after - 1, -1):
        if _RECIPIENTS.match(fold(lines[at].text)) or _RECIPIENTS.search(fold(lines[at].text)[-10:]):
            start = at
            while start > after and at - start < 3 and lines[start - 1].x0 > lines[at].x0 + 150:
                start -= 1
            return start if _corridor(lines[start:]) is not None else len(lines)
    return len(lines)


def _corridor(lines: Sequence[Line]) -> float | None:
    """Find a white strip that runs down all lines near the middle; None where there is none."""
    words = sorted((w for line in lines for w in line.words), key=lambda w: w.x0)
    if not words:
        return None
    left, right = words[0].x0, max(w.x1 for w in words)
    best, width, reached = None, _CORRIDOR, words[0].x1
    for word in words[1:]:
        gap = word.x0 - reached
        middle = reached + gap / 2
        if gap >= width and 0.2 < (middle - left) / max(right - left, 1.0) < 0.8:
            best, width = middle, gap
        reached = max(reached, word.x1)
    return best


def _columns(lines: Sequence[Line]) -> list[str]:
    corridor = _corridor(lines)
    if corridor is None:
        return _flow(list(lines))
    sides: tuple[list[str], list[str]] = ([], [])
    for line in lines:
        for side, words in (
            (0, [w for w in line.words if w.x0 < corridor]),
            (1, [w for w in line.words if w.x0 >= corridor]),
        ):
            if words:
                sides[side].append(" ".join(w.text for w in words))
    return ["\n".join(side) for side in sides if side]


def _flow(lines: list[Line]) -> list[str]:
    """Join lines to paragraphs by indents, short last lines and gaps."""
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    steps = [b.top - a.top for a, b in pairwise(lines)]
    usual = _pitch(lines, steps)
    parts = [[lines[0].text]]
    for before, line in pairwise(lines):
        if _starts_paragraph(before, line, left, right, usual):
            parts.append([line.text])
        else:
            parts[-1].append(line.text)
    return ["\n".join(part) for part in parts]


def _pitch(lines: list[Line], steps: list[float]) -> float:
    """Distance from line to line inside a paragraph: a low one of all, since short paragraphs stand further apart."""
    real = sorted(step for step, line in zip(steps, lines, strict=False) if step > 0.7 * line.words[0].size)
    return real[len(real) // 10] if real else 0.0


def _starts_paragraph(before: Line, line: Line, left: float, right: float, usual: float) -> bool:
    step = line.top - before.top
    if step > 1.6 * usual or (step > 1.2 * usual and before.text.endswith((".", ";", ":"))):
        return True
    if _is_centred(before, left, right) and _is_centred(line, left, right):
        return False
    if line.x0 > left + _INDENT and before.x0 <= left + _INDENT:
        return True
    if line.x0 > left + _INDENT and abs(line.x0 - before.x0) < 3:  # two indented lines are two paragraphs of one line
        return True
    return before.x1 < right - 0.12 * (right - left)


def _is_centred(line: Line, left: float, right: float) -> bool:
    before, after = line.x0 - left, right - line.x1
    return before > _INDENT and abs(before - after) < 0.06 * (right - left)

"""Letters typed small and shown as capitals: by a font of capitals (.VnTimeH) or by formatting (caps, text-transform).

The text keeps what was typed, which says more ("115/2004/QĐ-TTg" is no "QĐ-TTG"); what is shown tells headings and
stamps. Inside the readers two noncharacters, which Unicode sets aside for such inner use, stand around these letters;
the builder of the text takes them out and keeps the ranges.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from loaders.document import Span, as_capitals

_BEGIN, _END = "\ufdd0", "\ufdd1"
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_MARKS = dict.fromkeys(map(ord, (_BEGIN, _END)))


def marked(text: str) -> str:
    """Say of a text that it is shown in capitals; what has none stays as it is."""
    text = unmarked(text)
    return _LINE.sub(rf"{_BEGIN}\g<0>{_END}", text) if as_capitals(text) != text else text


def unmarked(text: str) -> str:
    """Give a text as it was typed."""
    return text.translate(_MARKS) if _BEGIN in text or _END in text else text


def shown(text: str) -> str:
    """Give a text as a reader sees it.

    Example:
        >>> shown("Mẫu " + marked("quyết định"))
        'Mẫu QUYẾT ĐỊNH'
    """
    return as_capitals(*parted(text)) if _BEGIN in text else unmarked(text)


def parted(text: str) -> tuple[str, tuple[Span, ...]]:
    """Part a text into what was typed and the ranges of it that are shown as capitals; none goes over a line end."""
    if _BEGIN not in text and _END not in text:
        return text, ()
    typed: list[str] = []
    spans: list[Span] = []
    at, start = 0, -1
    for piece in _pieces(text):
        if piece in (_BEGIN, _END, "\n"):
            if 0 <= start < at:
                spans.append((start, at))
            start = at if piece == _BEGIN else -1
        if piece not in (_BEGIN, _END):
            typed.append(piece)
            at += len(piece)
    if 0 <= start < at:
        spans.append((start, at))
    return "".join(typed), tuple(spans)


def _pieces(text: str) -> Sequence[str]:
    for mark in (_BEGIN, _END, "\n"):
        text = text.replace(mark, f"\x00{mark}\x00")
    return [piece for piece in text.split("\x00") if piece]


def places(text: str) -> list[int]:
    """Offsets of the marks in a text, for ``moved``."""
    return [at for at, letter in enumerate(text) if letter in (_BEGIN, _END)] if _BEGIN in text else []


def moved(at: int, places: Sequence[int]) -> int:
    """Where an offset of a text with marks stands in the text without them."""
    return at - bisect_left(places, at)

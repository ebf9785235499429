"""Where things stand in a text: physical lines, pages, and the clauses that full-text search shows."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from graph.results import Evidence

LONGEST = 600  # code points of a passage before it is cut at a sentence end
_GAP = re.compile(r"\n[ \t\r]*\n\s*")
_END = re.compile(r"[.;:?!][”\"*)]*\s+|\n")


class Places:
    """Finds line, page and evidence for offsets in one source text."""

    def __init__(self, text: str, file: str, sha256: str, pages: tuple[int, ...] = ()) -> None:
        self._text = text
        self._file = file
        self._sha256 = sha256
        self._pages = pages
        self._lines = [m.start() for m in re.finditer("\n", text)]

    def evidence(self, start: int, end: int, section: str = "") -> Evidence:
        """Quote a range; blank edges are left out and offsets stay true to the text."""
        size = len(self._text)
        start, end = max(0, min(start, size)), max(0, min(end, size))
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return Evidence(
            file=self._file,
            sha256=self._sha256,
            start=start,
            end=end,
            line=bisect_right(self._lines, start - 1) + 1,
            text=self._text[start:end],
            section=section,
            page=bisect_right(self._pages, start) if self._pages else None,
        )

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The clause around a range, for facts that come without one."""
        floor, ceiling = max(0, start - LONGEST), min(len(self._text), end + LONGEST)
        low, high = floor, ceiling
        for cut in _END.finditer(self._text, floor, ceiling):
            if cut.end() <= start:
                low = cut.end()
            elif cut.start() >= end:
                high = cut.start() + (0 if cut.group() == "\n" else 1)
                break
        return low, high


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into paragraphs, and long paragraphs at sentence ends, as half-open ranges.

    Args:
        text: The source text.

    Yields:
        Ranges in text order that hold every word of the text.
    """
    low = 0
    for gap in _GAP.finditer(text):
        yield from _cut(text, low, gap.start())
        low = gap.end()
    yield from _cut(text, low, len(text))


def _cut(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    while high - low > LONGEST:
        at = 0
        for end in _END.finditer(text, low, low + LONGEST):
            at = end.end()
        at = at or low + LONGEST
        yield low, at
        low = at
    if text[low:high].strip():
        yield low, high

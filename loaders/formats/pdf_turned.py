"""Pages of a pdf whose text runs up, down or upside down, though the page does not say that it is turned."""

from collections import Counter
from typing import Any

from pdfplumber.page import Page

_SHARE = 0.6  # of the letters of a page that must run another way
_SAMPLE = 2_000


def turned(page: Any) -> Any:
    """Give a page of pdfplumber with its text upright: the page itself, or the same turned."""
    ways = Counter(_way(char["matrix"]) for char in page.chars[:_SAMPLE] if char["text"].strip())
    way, count = max(ways.items(), key=lambda item: item[1], default=(0, 0))
    if way == 0 or count < _SHARE * ways.total():
        return page
    told = page.page_obj.rotate
    page.page_obj.rotate = ((told if isinstance(told, int) else 0) + way) % 360
    return Page(page.pdf, page.page_obj, page_number=page.page_number, initial_doctop=page.initial_doctop)


def _way(matrix: tuple[float, ...]) -> int:
    """Degrees, anticlockwise, by which the line of a letter is turned, to the nearest quarter."""
    right, up = matrix[0], matrix[1]
    if abs(right) >= abs(up):
        return 0 if right >= 0 else 180
    return 90 if up > 0 else 270

"""Footnotes that are titles: "[3] Về kết quả thực hiện …" belongs to the instrument that the mark "[3]" follows."""

import re
from collections.abc import Sequence

from loaders.citations_mention import Mention

_MARK = re.compile(r"\s?\[(\d{1,3})\]")
_TITLE = re.compile(r"\[(\d{1,3})\]\s*(?:về|v/v)\s")


def marks_of(lower: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """Give the footnotes whose marks stand right behind a mention: mark to index of the mention."""
    found: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        mark = _MARK.match(lower, mention.end)
        if mark is not None:
            found.setdefault(mark[1], index)
    return found


def titled_by(lower: str, mention: Mention, marks: dict[str, int]) -> int | None:
    """Give the mention whose title the footnote is that this one stands in; None where it is no title."""
    note = _TITLE.match(lower, mention.floor) if marks else None
    return marks.get(note[1]) if note is not None else None

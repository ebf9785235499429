"""Mentions that are no act of their own: in a footnote that is a title ("[3] Về …"), in words that a change quotes."""

import re
from collections.abc import Sequence

from loaders.citations_mention import Mention
from loaders.relations_bond import Bond, unsaid

_MARK = re.compile(r"\s?\[(\d{1,3})\]")
_WORDING = re.compile(r"(?:từ|cụm từ|từ ngữ|bằng|thành|đoạn)\s*:?\s*[“\"]\Z")
_REACH = 400
_TITLE = re.compile(r"\[(\d{1,3})\]\s*(?:[Vv]ề|[Vv]/v)\s")


def marks_of(text: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """Give the footnotes whose marks stand right behind a mention: mark to index of the mention."""
    found: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        mark = _MARK.match(text, mention.end)
        if mark is not None:
            found.setdefault(mark[1], index)
    return found


def _titled_by(text: str, mention: Mention, marks: dict[str, int]) -> int | None:
    """Give the mention whose title the footnote is that this one stands in; None where it is no title."""
    note = _TITLE.match(text, mention.floor) if marks else None
    return marks.get(note[1]) if note is not None else None


def _is_wording(text: str, mention: Mention) -> bool:
    """Tell whether a mention stands in quoted words that a change takes out or puts in: 'thay cụm từ “Thông tư …”'."""
    low = max(mention.floor, mention.start - _REACH)
    opened = text.rfind("“", low, mention.start)
    return opened >= 0 and "”" not in text[opened : mention.start] and bool(_WORDING.search(text, low, opened + 1))


def apart(bond: Bond, index: int, mention: Mention, text: str, marks: dict[str, int]) -> Bond:
    """Judge a bond to the document itself again: in quoted words there is none, in a footnote it is its mark's."""
    if _is_wording(text, mention):
        return unsaid()
    noted = _titled_by(text, mention, marks)
    bond.parent = noted if noted is not None and noted < index else None
    return bond


def behind_quote(text: str, before: Mention, start: int, stop: int) -> int | None:
    """Give where the quotation opens that holds the mention before and is closed before the next one, else None.

    'Bãi bỏ thủ tục “… theo Thông tư số 5/2014/TT-BTC” tại Quyết định số 8/QĐ-BTC': the words of the quotation do not
    govern what stands behind it.
    """
    closed = text.find("”", start, stop)
    if closed < 0 or "“" in text[start:closed]:
        return None
    opened = text.rfind("“", max(before.floor, before.start - _REACH), before.start)
    return opened if opened >= 0 and "”" not in text[opened : before.start] else None

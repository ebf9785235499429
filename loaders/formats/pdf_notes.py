"""Notes over the pages of a pdf (stamps, free text, fields): no text of the document, but a reader sees them."""

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

_NOTED = ("Contents", "V", "RC", "Subj")  # where a note or a field of a form keeps its words
_TAG = re.compile(r"<[^<>]{1,1000}>")
_UTF8 = b"\xef\xbb\xbf"


def notes_of(page: Any) -> list[str]:
    """Give the words of the notes on a page.

    Args:
        page: A page of pdfplumber.

    Returns:
        Texts, which may hold lines.
    """
    notes = resolve1(page.page_obj.annots)
    return [text for item in notes for text in _words(resolve1(item))] if isinstance(notes, list) else []


def _words(note: object) -> Iterator[str]:
    if not isinstance(note, dict):
        return
    for key in _NOTED:
        told = resolve1(note.get(key))
        if isinstance(told, bytes):
            text = told[3:].decode("utf-8", "replace") if told.startswith(_UTF8) else decode_text(told)
            yield _TAG.sub("", text.replace("\r", "\n"))

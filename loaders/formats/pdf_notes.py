"""Notes over the pages of a pdf (stamps, free text, fields): no text of the document, but a reader sees them."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from loaders.formats.pdfium import LOCK
from loaders.formats.refusal import refusal

_NOTED = ("Contents", "V", "RC", "Subj")  # where a note or a field of a form keeps its words
_TAG = re.compile(r"<[^<>]{1,1000}>")
_LAID_OVER = {"Stamp", "FreeText", "Watermark"}
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


def is_drawn_on(page: Any) -> bool:
    """Tell whether a stamp or the like brings a drawing of its own, whose words stand in no field."""
    notes = resolve1(page.page_obj.annots)
    items = [resolve1(item) for item in notes] if isinstance(notes, list) else []
    return any(
        isinstance(note, dict) and "AP" in note and getattr(note.get("Subtype"), "name", "") in _LAID_OVER
        for note in items
    )


def drawn_notes(data: bytes, pages: Collection[int], path: Path) -> list[str]:
    """Give the lines that appear on pages once the notes are drawn into them.

    Args:
        data: The bytes of the file.
        pages: Which pages, from 0.
        path: The file, for errors.

    Raises:
        UnreadableFileError: The pages cannot be drawn, so that a stamp might be missed.
    """
    try:
        with LOCK:
            document = pypdfium2.PdfDocument(data)
            try:
                return [line for at in pages for line in _appearing(document, at)]
            finally:
                document.close()
    except pypdfium2.PdfiumError as exc:
        raise refusal(path, "damaged", cause="không vẽ được dấu trên trang") from exc


def _appearing(document: Any, at: int) -> list[str]:
    before = set(_lines(document[at]))
    page = document[at]
    failed = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_FAIL
    page.close()
    if failed:
        raise pypdfium2.PdfiumError("flattening failed")
    return [line for line in _lines(document[at]) if line not in before]


def _lines(page: Any) -> list[str]:
    text = page.get_textpage()
    try:
        return [line.strip() for line in text.get_text_range().splitlines()]
    finally:
        text.close()
        page.close()


def _words(note: object) -> Iterator[str]:
    if not isinstance(note, dict):
        return
    for key in _NOTED:
        told = resolve1(note.get(key))
        if isinstance(told, bytes):
            text = told[3:].decode("utf-8", "replace") if told.startswith(_UTF8) else decode_text(told)
            yield _TAG.sub("", text.replace("\r", "\n"))

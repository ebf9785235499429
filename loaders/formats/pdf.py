"""Text pdf: words to lines and paragraphs, ruled tables as rows, page numbers and running heads left out."""

import io
import logging
import re
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from loaders.formats.legacy_fonts import font_of
from loaders.formats.limits import Limits
from loaders.formats.pdf_layer import check
from loaders.formats.pdf_lines import lines_of, paragraphs_of, without_footnotes
from loaders.formats.pdf_running import without_running_lines
from loaders.formats.pdf_words import Line, Word
from loaders.formats.reading import Reading, TextBuilder, clean
from loaders.formats.refusal import refusal
from loaders.formats.word_fonts import Piece, told

_LOG = logging.getLogger("pdfminer")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False  # its remarks on every odd font are not for the person at the screen
_STREAM = re.compile(rb"stream\r?\n")
_DOUBLE_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_CHUNK = 1 << 20
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\ue000-\uf8ff]")
_ENCRYPT = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
_BULLETS = {"\uf0b7", "\uf02d", "\uf0a7", "\uf0d8", "\uf0fc", "•"}
_RULES = 6  # fewer lines and boxes than this are no table
_OUTLINES = 100  # curves on a page that may be letters drawn as shapes
_Table = tuple[float, list[list[str]]]  # top, rows


def read(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read a pdf that has a text layer.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds pages and unpacked size.

    Returns:
        The text: paragraphs and pages separated by one empty line, tables as rows, footnotes at the end.

    Raises:
        UnreadableFileError: Damaged, encrypted, scanned without text, or with fonts that do not tell their letters.
        LimitExceededError: Too many pages, too much inside, loops.
    """
    _guard(data, path, limits)
    try:
        with _losses() as losses, pdfplumber.open(io.BytesIO(data)) as document:
            reading = _document(document, path, limits)
    except PdfminerException as exc:
        cause = exc.args[0] if exc.args else exc
        raise _translated(cause if isinstance(cause, Exception) else exc, path, limits, data) from exc
    except (PDFException, PSException, MalformedPDFException, RecursionError) as exc:
        raise _translated(exc, path, limits, data) from exc
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError) as exc:
        # pdfminer meets damage in any object with the error of whatever it was just doing
        raise refusal(path, "damaged", cause=f"cấu trúc PDF sai: {type(exc).__name__}") from exc
    except (zlib.error, struct.error, OSError, NotImplementedError, RuntimeError, MemoryError) as exc:
        raise refusal(path, "damaged", cause=f"dữ liệu PDF sai: {type(exc).__name__}") from exc
    if losses:
        raise refusal(path, "damaged", cause="một phần dữ liệu nén bị mất")
    return reading


@contextmanager
def _losses() -> Iterator[list[str]]:
    """Collect what pdfminer only logs: that it went on with a part of a stream, so that text may be missing."""
    found: list[str] = []
    thread = threading.get_ident()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread and "Data-loss" in record.getMessage():
                found.append(record.getMessage())

    listener = Listener(logging.WARNING)
    _LOG.addHandler(listener)
    try:
        yield found
    finally:
        _LOG.removeHandler(listener)


def _translated(cause: Exception, path: Path, limits: Limits, data: bytes) -> Exception:
    if isinstance(cause, RecursionError):
        return refusal(path, "too_deep", limit=limits.depth)
    if isinstance(cause, PDFPasswordIncorrect) or _ENCRYPT.search(data):
        return refusal(path, "encrypted")
    return refusal(path, "damaged", cause="thiếu phần đầu hoặc phần cuối của PDF")


def _guard(data: bytes, path: Path, limits: Limits) -> None:
    """Unpack every stream once in small pieces: a few kilobytes may hold gigabytes."""
    if _DOUBLE_PACKED.search(data):  # no honest writer packs twice; the second layer would escape the count
        raise refusal(path, "unpacked_too_large", limit=limits.unpacked_bytes)
    total = 0
    view = memoryview(data)
    for mark in _STREAM.finditer(data):
        if data[mark.end() : mark.end() + 1] not in (b"x", b"h", b"H", b"8", b"X"):  # zlib headers in use
            continue
        for size in _unpacked(view[mark.end() :]):
            total += size
            if total > limits.unpacked_bytes:
                raise refusal(path, "unpacked_too_large", limit=limits.unpacked_bytes)


def _unpacked(view: memoryview) -> Iterator[int]:
    unpacker = zlib.decompressobj()
    at = 0
    try:
        while at < len(view) and not unpacker.eof:
            piece = unpacker.decompress(view[at : at + 65536], _CHUNK)
            at += 65536
            yield len(piece)
            while unpacker.unconsumed_tail and not unpacker.eof:
                piece = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
                yield len(piece)
    except zlib.error:
        return  # damage is reported by the reader, which knows whether it needs this stream


def _document(document: Any, path: Path, limits: Limits) -> Reading:
    pages = document.pages
    if len(pages) > limits.pages:
        raise refusal(path, "too_many_pages", limit=limits.pages)
    if not pages:
        raise refusal(path, "damaged", cause="không có trang nào")
    lines: list[list[Line]] = []
    tables: list[list[_Table]] = []
    images = 0
    for page in pages:
        found, boxes = _tables(page)
        tables.append(found)
        lines.append(lines_of(_words(page, boxes)))
        images += len(page.images) + (len(page.curves) > _OUTLINES)
        page.close()  # layout objects of a page are large
    text = "\n".join(line.text for page in lines for line in page)
    text += "\n".join(cell for page in tables for _, rows in page for row in rows for cell in row)
    check(text, len(lines), images, path)
    return _built(without_running_lines(lines), tables)


def _words(page: Any, boxes: list[tuple[float, float, float, float]]) -> list[Word]:
    found = page.extract_words(extra_attrs=["size"], x_tolerance_ratio=0.15, return_chars=True)
    words = [Word(_letters(_shown(w)), w["x0"], w["x1"], w["top"], w["bottom"], w["size"] or 1.0) for w in found]
    return [w for w in words if w.text and not any(_inside(w, box) for box in boxes)]


def _shown(word: dict[str, Any]) -> str:
    """Give a word as its fonts show it: those of the old encodings name other letters, or capitals."""
    text: str = word["text"]
    if font_of(word["chars"][0]["fontname"]) is None:
        return text
    runs = groupby(word["chars"], key=lambda char: font_of(char["fontname"]))
    return told([Piece("".join(char["text"] for char in chars), font) for font, chars in runs])


def _letters(text: str) -> str:
    """Show what the font does not tell as U+FFFD instead of losing it; bullets of symbol fonts are dashes."""
    return "-" if text in _BULLETS else clean(_UNMAPPED.sub("\ufffd", text))


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _tables(page: Any) -> tuple[list[_Table], list[tuple[float, float, float, float]]]:
    if len(page.lines) + len(page.rects) + len(page.curves) < _RULES:
        return [], []
    tables, boxes = [], []
    for table in page.filter(_may_rule).find_tables():
        rows = _rows(table)
        if len(rows) > 1 and max(len(row) for row in rows) > 1:
            tables.append((table.bbox[1], rows))
            boxes.append(table.bbox)
    return tables, boxes


def _may_rule(item: dict[str, Any]) -> bool:
    """Shading behind single lines of text is no border."""
    return item["object_type"] != "rect" or bool(item.get("stroke")) or min(item["width"], item["height"]) < 3


def _rows(table: Any) -> list[list[str]]:
    """Texts of a table; a cell merged downwards is repeated in each row that it covers."""
    rows: list[list[str]] = []
    boxes: dict[int, tuple[float, str]] = {}  # column: bottom of its last cell, text
    for row, texts in zip(table.rows, table.extract(), strict=True):
        line = []
        for column, (box, text) in enumerate(zip(row.cells, texts, strict=True)):
            if box is not None:
                told = _UNMAPPED.sub("\ufffd", text or "")
                boxes[column] = (box[3], told)
                line.append(told)
            else:
                bottom, above = boxes.get(column, (0.0, ""))
                line.append(above if bottom > row.bbox[1] + 2 else "")
        rows.append(line)
    return rows


def _built(pages: list[list[Line]], tables: list[list[_Table]]) -> Reading:
    builder = TextBuilder()
    texts, notes = without_footnotes(pages)
    for lines, found in zip(texts, tables, strict=True):
        builder.page()
        at = 0
        for top, rows in sorted(found, key=lambda table: table[0]):
            above = [line for line in lines[at:] if line.top < top]
            at += len(above)
            for paragraph in paragraphs_of(above):
                builder.paragraph(paragraph)
            builder.table(rows)
        for paragraph in paragraphs_of(lines[at:]):
            builder.paragraph(paragraph)
    for lines in notes:
        for paragraph in paragraphs_of(lines):
            builder.paragraph(paragraph)
    return builder.reading("text-layer")

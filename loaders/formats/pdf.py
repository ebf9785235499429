"""Text pdf: words to lines and paragraphs, ruled tables as rows, page numbers and running heads left out."""

import io
import logging
import re
import struct
import threading
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any, TypeVar

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from loaders.formats import ocr
from loaders.formats.legacy_fonts import font_of
from loaders.formats.limits import Limits
from loaders.formats.pdf_guard import guard
from loaders.formats.pdf_layer import check, is_bare
from loaders.formats.pdf_lines import lines_of, paragraphs_of, without_footnotes
from loaders.formats.pdf_notes import drawn_notes, is_drawn_on, notes_of
from loaders.formats.pdf_running import without_running_lines
from loaders.formats.pdf_words import Line, Word
from loaders.formats.reading import Reading, TextBuilder, clean
from loaders.formats.refusal import refusal
from loaders.formats.word_fonts import Piece, told

_LOG = logging.getLogger("pdfminer")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False  # its remarks on every odd font are not for the person at the screen
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\ue000-\uf8ff]")
_ENCRYPT = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
_BULLETS = {"\uf0b7", "\uf02d", "\uf0a7", "\uf0d8", "\uf0fc", "•"}
_RULES = 6  # fewer lines and boxes than this are no table
_OUTLINES = 100  # curves on a page that may be letters drawn as shapes
NO_TEXT = ("no_text_layer", "garbled_text_layer")
_T = TypeVar("_T")
_Box = tuple[float, float, float, float]
_Table = tuple[float, list[list[str]]]  # top, rows


@dataclass(frozen=True, slots=True)
class _Grid:
    """A ruled table as pdfplumber gives it: its box, and for each row its top, the boxes and texts of its cells."""

    box: _Box
    rows: list[tuple[float, list[_Box | None], list[str | None]]]


@dataclass(frozen=True, slots=True)
class _Source:
    """The file, and whether its pages that are pictures are recognised."""

    data: bytes
    path: Path
    limits: Limits
    recognise: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """What pdfplumber tells of a page."""

    words: list[dict[str, Any]]
    grids: list[_Grid]
    has_picture: int
    pictured: float
    notes: list[str]
    is_drawn_on: bool


def read(data: bytes, path: Path, limits: Limits, *, recognise: bool = False) -> Reading:
    """Read a pdf that has a text layer, at least on some pages.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds pages and unpacked size.
        recognise: Whether pages that are pictures are recognised among the others; that takes seconds a page.

    Returns:
        The text: paragraphs and pages separated by one empty line, tables as rows, footnotes at the end.

    Raises:
        UnreadableFileError: Damaged, encrypted, scanned without text, or with fonts that do not tell their letters;
            "some_pictures" where some pages are pictures that could be recognised.
        LimitExceededError: Too many pages, too much inside, loops.
    """
    guard(data, path, limits)
    with _losses() as losses, closing(_pages(data, path, limits, _parsed)) as pages:
        reading = _document(pages, _Source(data, path, limits, recognise))
    if losses:
        raise refusal(path, "damaged", cause="một phần dữ liệu nén bị mất")
    return reading


def read_notes(data: bytes, path: Path, limits: Limits) -> tuple[str, ...]:
    """Give the words of notes laid over the pages of a pdf that is read as pictures; see ``read`` for the errors."""
    builder = TextBuilder()
    with closing(_pages(data, path, limits, notes_of)) as pages:
        for note in chain.from_iterable(pages):
            builder.mark(note)
    return builder.reading().marks


def _pages(data: bytes, path: Path, limits: Limits, parse: Callable[[Any], _T]) -> Generator[_T]:
    """Parse a pdf page by page; every error of the libraries, and none of our own code after them, is damage."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = document.pages
            if len(pages) > limits.pages:
                raise refusal(path, "too_many_pages", limit=limits.pages)
            if not pages:
                raise refusal(path, "damaged", cause="không có trang nào")
            for page in pages:
                yield parse(page)
                page.close()  # layout objects of a page are large
    except PdfminerException as exc:
        cause = exc.args[0] if exc.args else exc
        raise _translated(cause if isinstance(cause, Exception) else exc, path, limits, data) from exc
    except (PDFException, PSException, MalformedPDFException, RecursionError) as exc:
        raise _translated(exc, path, limits, data) from exc
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError) as exc:
        # pdfminer meets damage in any object with the error of whatever it was just doing
        raise refusal(path, "damaged", cause=f"cấu trúc PDF sai: {type(exc).__name__}") from exc
    except (zlib.error, struct.error, OSError, NotImplementedError, RuntimeError) as exc:
        raise refusal(path, "damaged", cause=f"dữ liệu PDF sai: {type(exc).__name__}") from exc


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


def _parsed(page: Any) -> _Page:
    words = page.extract_words(extra_attrs=["size"], x_tolerance_ratio=0.15, return_chars=True)
    has_picture = len(page.images) + (len(page.curves) > _OUTLINES)
    return _Page(words, list(_grids(page)), has_picture, _pictured(page), notes_of(page), is_drawn_on(page))


def _pictured(page: Any) -> float:
    """Share of a page that its largest picture covers; scans are often cut into strips, which count together."""
    whole = max(page.width * page.height, 1.0)
    return min(float(sum(max(i["width"], 0) * max(i["height"], 0) for i in page.images) / whole), 1.0)


def _grids(page: Any) -> Iterator[_Grid]:
    if len(page.lines) + len(page.rects) + len(page.curves) >= _RULES:
        for table in page.filter(_may_rule).find_tables():
            rows = [(row.bbox[1], row.cells, texts) for row, texts in zip(table.rows, table.extract(), strict=True)]
            yield _Grid(table.bbox, rows)


def _document(pages: Iterable[_Page], source: _Source) -> Reading:
    builder = TextBuilder()
    lines: list[list[Line]] = []
    tables: list[list[_Table]] = []
    pictures = 0
    drawn_on: list[int] = []
    bare: list[int] = []
    for at, page in enumerate(pages):
        found, boxes = _tables(page.grids)
        tables.append(found)
        lines.append(lines_of(_words(page.words, boxes)))
        pictures += page.has_picture
        if is_bare("\n".join(line.text for line in lines[-1]), page.pictured) and not found:
            bare.append(at)
        for note in page.notes:
            builder.mark(note)
        if page.is_drawn_on:
            drawn_on.append(at)
    for note in drawn_notes(source.data, drawn_on, source.path) if drawn_on else ():
        builder.mark(note)
    text = "\n".join(line.text for page in lines for line in page)
    text += "\n".join(cell for page in tables for _, rows in page for row in rows for cell in row)
    if bare and len(bare) == len(lines):
        raise refusal(source.path, "no_text_layer", pages=len(lines))
    check(text, len(lines) - len(bare), pictures, source.path)
    read_ = _recognise(bare, lines, source)
    reading = _built(builder, without_running_lines(lines), tables)
    return replace(reading, recognised=read_, unread=tuple(at for at in bare if at not in read_))


def _recognise(bare: list[int], lines: list[list[Line]], source: _Source) -> tuple[int, ...]:
    """Read the pages that are pictures among pages of text; without the program for it they stay unread."""
    if not bare or not ocr.is_available():
        return ()
    if not source.recognise:
        raise refusal(source.path, "some_pictures", pages=len(bare))
    for at, found in zip(bare, ocr.read_pages(source.data, bare, source.path, source.limits), strict=True):
        lines[at] = found
    return tuple(bare)


def _words(found: list[dict[str, Any]], boxes: list[_Box]) -> list[Word]:
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


def _inside(word: Word, box: _Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _tables(grids: list[_Grid]) -> tuple[list[_Table], list[_Box]]:
    tables, boxes = [], []
    for grid in grids:
        rows = _rows(grid)
        if len(rows) > 1 and max(len(row) for row in rows) > 1:
            tables.append((grid.box[1], rows))
            boxes.append(grid.box)
    return tables, boxes


def _may_rule(item: dict[str, Any]) -> bool:
    """Shading behind single lines of text is no border."""
    return item["object_type"] != "rect" or bool(item.get("stroke")) or min(item["width"], item["height"]) < 3


def _rows(grid: _Grid) -> list[list[str]]:
    """Texts of a table; a cell merged downwards is repeated in each row that it covers."""
    rows: list[list[str]] = []
    boxes: dict[int, tuple[float, str]] = {}  # column: bottom of its last cell, text
    for top, cells, texts in grid.rows:
        line = []
        for column, (box, text) in enumerate(zip(cells, texts, strict=True)):
            if box is not None:
                told = _UNMAPPED.sub("\ufffd", text or "")
                boxes[column] = (box[3], told)
                line.append(told)
            else:
                bottom, above = boxes.get(column, (0.0, ""))
                line.append(above if bottom > top + 2 else "")
        rows.append(line)
    return rows


def _built(builder: TextBuilder, pages: list[list[Line]], tables: list[list[_Table]]) -> Reading:
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

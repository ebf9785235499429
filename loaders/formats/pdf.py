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

from loaders.formats import ocr, stamp_pictures
from loaders.formats.legacy_fonts import font_of, with_capitals
from loaders.formats.limits import Limits
from loaders.formats.pdf_guard import guard
from loaders.formats.pdf_layer import check, is_bare
from loaders.formats.pdf_lines import lines_of, paragraphs_of, without_footnotes
from loaders.formats.pdf_notes import drawn_notes, is_drawn_on, notes_of
from loaders.formats.pdf_running import without_running_lines
from loaders.formats.pdf_tables import UNMAPPED, Box, Grid, Table, grids
from loaders.formats.pdf_tables import tables as tables_of
from loaders.formats.pdf_turned import turned
from loaders.formats.pdf_words import Line, Word
from loaders.formats.reading import Reading, TextBuilder, clean
from loaders.formats.refusal import refusal
from loaders.formats.word_fonts import Piece, told

_LOG = logging.getLogger("pdfminer")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False  # its remarks on every odd font are not for the person at the screen
_ENCRYPT = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
_BULLETS = {"\uf0b7", "\uf02d", "\uf0a7", "\uf0d8", "\uf0fc", "•"}
_SHAPES = 3  # curves that may be the letters of a stamp
_SMALL = 0.25  # of a page: a stamp covers less
_OUTLINES = 100  # curves on a page that may be letters drawn as shapes
NO_TEXT = ("no_text_layer", "garbled_text_layer")
_T = TypeVar("_T")


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
    grids: list[Grid]
    has_picture: int
    pictured: float
    small: list[Box]
    has_old_font: bool
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
                upright = turned(page)
                yield parse(upright)
                upright.close()  # layout objects of a page are large
                page.close()
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
    small = _small_pictures(page) if page.page_number == 1 else []
    old = any(_lacks_capitals(word) for word in words)
    return _Page(words, list(grids(page)), has_picture, _pictured(page), small, old, notes_of(page), is_drawn_on(page))


def _lacks_capitals(word: dict[str, Any]) -> bool:
    """Whether a word is set in a font of an encoding without capitals with tones."""
    font = font_of(word["chars"][0]["fontname"])
    return font is not None and not font.encoding.has_capitals


def _small_pictures(page: Any) -> list[Box]:
    """Places in the upper half of a page that may be stamps: pictures, and letters drawn as shapes."""
    boxes = [(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
    curves = [c for c in page.curves if c["top"] < page.height / 2]
    if len(curves) >= _SHAPES:
        edges = [min(c["x0"] for c in curves), min(c["top"] for c in curves)]
        boxes.append((*edges, max(c["x1"] for c in curves), max(c["bottom"] for c in curves)))
    few = page.width * page.height * _SMALL
    return [box for box in boxes if box[1] < page.height / 2 and 0 < (box[2] - box[0]) * (box[3] - box[1]) < few]


def _pictured(page: Any) -> float:
    """Share of a page that its largest picture covers; scans are often cut into strips, which count together."""
    whole = max(page.width * page.height, 1.0)
    return min(float(sum(max(i["width"], 0) * max(i["height"], 0) for i in page.images) / whole), 1.0)


def _document(pages: Iterable[_Page], source: _Source) -> Reading:
    builder = TextBuilder()
    lines: list[list[Line]] = []
    tables: list[list[Table]] = []
    pictures = 0
    drawn_on: list[int] = []
    bare: list[int] = []
    old = False
    for at, page in enumerate(pages):
        found, boxes = tables_of(page.grids)
        tables.append(found)
        lines.append(lines_of(_words(page.words, boxes)))
        pictures += page.has_picture
        old = old or page.has_old_font
        if is_bare("\n".join(line.text for line in lines[-1]), page.pictured) and not found:
            bare.append(at)
        for note in page.notes:
            builder.mark(note)
        if page.is_drawn_on:
            drawn_on.append(at)
        if page.small:
            for shown in stamp_pictures.of_page(source.data, page.small, source.path, source.limits):
                builder.mark(shown)
    for note in drawn_notes(source.data, drawn_on, source.path) if drawn_on else ():
        builder.mark(note)
    text = "\n".join(line.text for page in lines for line in page)
    text += "\n".join(cell for page in tables for _, rows in page for row in rows for cell in row)
    if bare and len(bare) == len(lines):
        raise refusal(source.path, "no_text_layer", pages=len(lines))
    check(text, len(lines) - len(bare), pictures, source.path)
    read_ = _recognise(bare, lines, source)
    reading = _built(builder, without_running_lines(lines), tables)
    if old:  # a word in capitals shows itself by its neighbours, which may be set in other fonts
        reading = replace(reading, text="\n".join(map(with_capitals, reading.text.split("\n"))))
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


def _words(found: list[dict[str, Any]], boxes: list[Box]) -> list[Word]:
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
    return "-" if text in _BULLETS else clean(UNMAPPED.sub("\ufffd", text))


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _built(builder: TextBuilder, pages: list[list[Line]], tables: list[list[Table]]) -> Reading:
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

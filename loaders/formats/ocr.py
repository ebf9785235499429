"""Scanned pages: Tesseract (Vietnamese) reads the words and their places, lines and paragraphs come as in any pdf."""

import io
import struct
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import linear_regression, median
from typing import Any

import pypdfium2
from PIL import Image, UnidentifiedImageError

from loaders.formats.limits import Limits, without_remarks
from loaders.formats.pdf_lines import lines_of, paragraphs_of
from loaders.formats.pdf_running import without_running_lines
from loaders.formats.pdf_words import Line, Word
from loaders.formats.pdfium import LOCK
from loaders.formats.programs import ProgramFailedError, program, run
from loaders.formats.reading import Reading, TextBuilder, clean
from loaders.formats.refusal import refusal

_DPI = 300
_POINTS = 72.0
_MAX_PIXELS = 60_000_000  # an A3 page at 400 dpi has 31 million
_MIN_SIDE = 24
_SURE = 10.0  # words that Tesseract is less sure of (percent) are mostly stamps and stains
_FIELDS = 12  # columns of Tesseract's table
_WORD_LEVEL = "5"
BAD_PICTURE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, MemoryError)
_SLANTED = 4  # words that tell the slant of a line


def is_available() -> bool:
    """Tell whether Tesseract with Vietnamese is on this machine."""
    return _tesseract() is not None and "vie" in _languages()


def _tesseract() -> str | None:
    return program("tesseract", variable="LUOCDO_TESSERACT")


@cache
def _languages() -> frozenset[str]:
    name = _tesseract()
    if name is None:
        return frozenset()
    try:
        with tempfile.TemporaryDirectory(prefix="luocdo-") as folder:
            told = run([name, "--list-langs"], folder=Path(folder), seconds=10, max_bytes=1 << 20)
    except ProgramFailedError:
        return frozenset()
    return frozenset(told.decode("utf-8", "replace").split())


def read_pdf(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read the pages of a pdf as pictures.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds pages and seconds of recognition.

    Returns:
        The text as it was recognised.

    Raises:
        UnreadableFileError: Tesseract is absent or found nothing, or the file cannot be drawn.
        LimitExceededError: More pages than are recognised at once.
    """
    return _recognised(_drawn(data, path, limits), path, limits)


def read_pages(data: bytes, pages: Sequence[int], path: Path, limits: Limits) -> list[list[Line]]:
    """Read some pages of a pdf as pictures, for a pdf that has text on the others.

    Returns:
        The lines of each of these pages, with their places on it; see ``read_pdf`` for the errors.
    """
    pictures = _drawn(data, path, limits, pages)
    return [lines_of(_words(picture, path, limits)) for picture in pictures]


def read_image(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read a picture (png, jpeg, tiff with one or more pages); see ``read_pdf``."""
    return _recognised(_pictures(data, path, limits), path, limits)


def _drawn(data: bytes, path: Path, limits: Limits, pages: Sequence[int] | None = None) -> Iterator[Image.Image]:
    try:
        with LOCK:
            document = pypdfium2.PdfDocument(data)
        try:
            wanted = range(len(document)) if pages is None else pages
            if len(wanted) > limits.ocr_pages:
                raise refusal(path, "too_many_scans", limit=limits.ocr_pages)
            for at in wanted:
                with LOCK:
                    picture = _draw(document[at])
                yield picture
        finally:
            with LOCK:
                document.close()
    except pypdfium2.PdfiumError as exc:
        raise refusal(path, "damaged", cause="không vẽ được trang") from exc


def _draw(page: Any) -> Image.Image:
    width, height = page.get_size()
    scale = min(_DPI / _POINTS, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    picture.info["dpi"] = (scale * _POINTS, scale * _POINTS)
    page.close()
    return picture


def _pictures(data: bytes, path: Path, limits: Limits) -> Iterator[Image.Image]:
    try:
        with without_remarks():
            file = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
            count: int = getattr(file, "n_frames", 1)
        if count > limits.ocr_pages:
            raise refusal(path, "too_many_scans", limit=limits.ocr_pages)
        for at in range(count):
            with without_remarks():
                picture = _frame(file, at, path)
            yield picture
    except (UnidentifiedImageError, Image.DecompressionBombError, *BAD_PICTURE) as exc:
        raise refusal(path, "damaged", cause="không mở được ảnh") from exc


def _frame(file: Image.Image, at: int, path: Path) -> Image.Image:
    file.seek(at)
    if file.width * file.height > _MAX_PIXELS:
        raise refusal(path, "too_many_pixels", limit=_MAX_PIXELS)
    dpi = file.info.get("dpi", (0, 0))[0]
    picture = file.convert("L")
    picture.info["dpi"] = (dpi, dpi)
    return picture


def _recognised(pictures: Iterator[Image.Image], path: Path, limits: Limits) -> Reading:
    if not is_available():
        raise refusal(path, "no_ocr")
    pages: list[list[Line]] = []
    for picture in pictures:
        pages.append(lines_of(_words(picture, path, limits)) if min(picture.size) >= _MIN_SIDE else [])
    builder = TextBuilder()
    for lines in without_running_lines(pages):
        builder.page()
        for paragraph in paragraphs_of(lines):
            builder.paragraph(paragraph)
    if not builder.parts:
        raise refusal(path, "nothing_recognised", pages=len(pages))
    return builder.reading("ocr")


def _words(picture: Image.Image, path: Path, limits: Limits) -> list[Word]:
    given = float(picture.info.get("dpi", (0, 0))[0])
    dpi = given if 70 <= given <= 1200 else max(picture.width / 8.27, 70.0)  # else taken for a page of A4
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(dpi, dpi), compress_level=1)
    command = [str(_tesseract()), "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(round(dpi)), "tsv"]
    try:
        with tempfile.TemporaryDirectory(prefix="luocdo-") as folder:
            table = run(
                command,
                folder=Path(folder),
                seconds=limits.page_seconds,
                max_bytes=1 << 26,
                data=out.getvalue(),
                variables={"OMP_THREAD_LIMIT": "1"},  # the pool of processes uses the cores
            )
    except ProgramFailedError as exc:
        raise refusal(path, "ocr_failed") from exc
    return _of_table(table.decode("utf-8", "replace"), _POINTS / dpi)


def plain_words(picture: Image.Image, folder: Path, path: Path, limits: Limits) -> str:
    """Recognise a small picture of a few words.

    Args:
        picture: Black on white.
        folder: Where the program works.
        path: The document, for errors.
        limits: Bounds the seconds.

    Raises:
        UnreadableFileError: The program failed or took too long.
    """
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    command = [str(_tesseract()), "stdin", "stdout", "-l", "vie", "--psm", "6", "--dpi", "200"]
    variables = {"OMP_THREAD_LIMIT": "1"}
    try:
        seconds, data = limits.page_seconds, out.getvalue()
        told = run(command, folder=folder, seconds=seconds, max_bytes=1 << 24, data=data, variables=variables)
    except ProgramFailedError as exc:
        raise refusal(path, "ocr_failed") from exc
    return told.decode("utf-8", "replace")


def _of_table(table: str, scale: float) -> list[Word]:
    """Words of Tesseract's table, line by line, each line straight."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in table.split("\n")[1:]:
        fields = row.split("\t")
        if len(fields) != _FIELDS or fields[0] != _WORD_LEVEL or not clean(fields[11]) or float(fields[10]) < _SURE:
            continue
        left, top, width, height = (float(f) * scale for f in fields[6:10])
        word = Word(clean(fields[11]), left, left + width, top, top + height, max(height, 1.0))
        lines.setdefault(tuple(fields[1:5]), []).append(word)
    return [word for line in lines.values() for word in _levelled(line)]


def _levelled(line: list[Word]) -> list[Word]:
    """Give the words of a line one height and middles on a line, which may slant: letters differ in their heights."""
    height = max(median(word.bottom - word.top for word in line), 1.0)
    tall = [word for word in line if word.bottom - word.top > 0.6 * height]  # no dashes and dots
    middles = [((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2) for word in tall]
    slope, start = (0.0, median(y for _, y in middles))
    if len({x for x, _ in middles}) >= _SLANTED:
        slope, start = linear_regression(*zip(*middles, strict=True))
    half = height / 2
    levelled = []
    for word in line:
        middle = start + slope * (word.x0 + word.x1) / 2
        levelled.append(Word(word.text, word.x0, word.x1, middle - half, middle + half, height))
    return levelled

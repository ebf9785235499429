"""Words in small pictures at the head of a document: a stamp of secrecy may be one. They are marks, never text."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageOps, UnidentifiedImageError

from loaders.formats import ocr
from loaders.formats.limits import Limits, without_remarks
from loaders.formats.pdfium import LOCK

MOST = 4  # pictures of one document that are looked at
_DARK = 170  # of 255: ink of a stamp, which may be red
_HEIGHT = 120  # pixels that a stamp is drawn to
_MARGIN = 40
_FRAME = 0.7  # share of the width and the height of a picture that its frame spans
_LONG = 12.0  # no stamp is so many times wider than high
_MOST_PIXELS = 20_000_000
_DPI = 200
_POINTS = 72
Box = tuple[float, float, float, float]


def of_blobs(blobs: Iterable[bytes], path: Path, limits: Limits) -> Iterator[str]:
    """Give the words in pictures of an office file or a web page, the first few of them.

    Args:
        blobs: Pictures as files; others than png, jpeg, tiff, gif and bmp are passed over.
        path: The document, for errors.
        limits: Bounds the time of recognition.

    Yields:
        Texts, each of one or more lines.
    """
    if not ocr.is_available():
        return
    for _, blob in zip(range(MOST), blobs, strict=False):
        picture = _opened(blob)
        if picture is not None:
            yield from _words(picture, path, limits)


def of_page(data: bytes, boxes: list[Box], path: Path, limits: Limits) -> Iterator[str]:
    """Give the words in some places of the first page of a pdf; boxes are in points from its upper left corner."""
    if not boxes or not ocr.is_available():
        return
    for picture in _cut(data, boxes[:MOST]):
        yield from _words(picture, path, limits)


def _cut(data: bytes, boxes: list[Box]) -> list[Image.Image]:
    try:
        with LOCK:
            document = pypdfium2.PdfDocument(data)
            try:
                page: Any = document[0]
                whole: Image.Image = page.render(scale=_DPI / _POINTS, grayscale=True).to_pil()
                page.close()
            finally:
                document.close()
    except pypdfium2.PdfiumError:
        return []  # a page that cannot be drawn shows no stamp
    dots = _DPI / _POINTS
    return [
        whole.crop((round(x0 * dots), round(y0 * dots), round(x1 * dots), round(y1 * dots))) for x0, y0, x1, y1 in boxes
    ]


def _opened(blob: bytes) -> Image.Image | None:
    try:
        with without_remarks():
            picture = Image.open(io.BytesIO(blob), formats=("PNG", "JPEG", "TIFF", "GIF", "BMP"))
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            flat = Image.new("RGBA", picture.size, "white")
            flat.alpha_composite(picture.convert("RGBA"))
            return flat.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, *ocr.BAD_PICTURE):
        return None


def _words(picture: Image.Image, path: Path, limits: Limits) -> Iterator[str]:
    if min(picture.size) < 8 or max(picture.size) > _LONG * min(picture.size):
        return
    scale = _HEIGHT / picture.height
    wide = picture.resize((max(round(picture.width * scale), 1), _HEIGHT), Image.Resampling.LANCZOS)
    ink = wide.point(lambda value: 0 if value < _DARK else 255)
    for one in (ink, _unframed(ink)):
        if one is not None:
            with tempfile.TemporaryDirectory(prefix="luocdo-") as folder:
                yield ocr.plain_words(ImageOps.expand(one, _MARGIN, 255), Path(folder), path, limits)


def _unframed(ink: Image.Image) -> Image.Image | None:
    """A picture without the frame around it, which keeps the program from seeing letters; None where there is none."""
    row = ink.height // 2
    first = next((x for x in range(ink.width) if ink.getpixel((x, row)) == 0), None)
    if first is None:
        return None
    without = ink.copy()
    ImageDraw.floodfill(without, (first, row), 255)
    box = ImageChops.difference(ink, without).getbbox()
    if box is None or box[2] - box[0] < _FRAME * ink.width or box[3] - box[1] < _FRAME * ink.height:
        return None
    return without

"""Presentations of PowerPoint 97-2003 (.ppt): the text of the slides as they are now, slide by slide."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from loaders.formats.limits import Limits
from loaders.formats.ole import BrokenContainerError, stream_of
from loaders.formats.reading import Reading, TextBuilder
from loaders.formats.refusal import refusal

_HEADER = 8  # bytes in front of each record
_CONTAINER = 0xF
_LIST, _PERSIST, _EDIT, _DIRECTORY = 0x0FF0, 0x03F3, 0x0FF5, 0x1772
_CHARACTERS, _BYTES = 0x0FA0, 0x0FA8
_SLIDES = 0  # instance of the list that is of slides, not of notes or masters
_ENCRYPTED = "EncryptedSummary".encode("utf-16-le")


class _Record(NamedTuple):
    kind: int
    instance: int
    is_container: bool
    start: int  # of what it holds
    end: int


def read(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read a presentation; each slide is a page. Texts that were deleted but still lie in the file are left out.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds pages and depth.

    Returns:
        The text.

    Raises:
        UnreadableFileError: Damaged, encrypted, or no presentation.
        LimitExceededError: Too many slides, or nested too deep.
    """
    if _ENCRYPTED in data:
        raise refusal(path, "encrypted")
    try:
        stream = stream_of(data, "PowerPoint Document")
        places, document = _places(stream)
        builder = TextBuilder()
        slides = list(_slides(stream, places, places.get(document, 0)))
        if len(slides) > limits.pages:
            raise refusal(path, "too_many_pages", limit=limits.pages)
        for texts, slide in slides:
            builder.page()
            for text in (*texts, *(_texts(stream, slide, limits.depth) if slide is not None else ())):
                builder.paragraph(text.replace("\r", "\n").replace("\v", "\n"))
    except (BrokenContainerError, struct.error) as exc:
        raise refusal(path, "damaged", cause="cấu trúc trình chiếu sai") from exc
    return builder.reading()


def _record(stream: bytes, at: int) -> _Record:
    head, kind, length = struct.unpack_from("<HHL", stream, at)
    end = min(at + _HEADER + length, len(stream))
    return _Record(kind, head >> 4, head & 0xF == _CONTAINER, at + _HEADER, end)


def _inside(stream: bytes, start: int, end: int) -> Iterator[_Record]:
    while start + _HEADER <= end:
        record = _record(stream, start)
        yield record
        start = record.end


def _places(stream: bytes) -> tuple[dict[int, int], int]:
    """Where each object stands now: every save adds objects and a directory of them; the last one holds."""
    edits = [r for r in _inside(stream, 0, len(stream)) if r.kind == _EDIT]
    if not edits:
        raise BrokenContainerError("no edit")
    at = edits[-1].start
    document = struct.unpack_from("<L", stream, at + 16)[0]
    places: dict[int, int] = {}
    for _ in range(len(edits)):
        before, directory = struct.unpack_from("<LL", stream, at + 8)
        for name, place in _directory(stream, directory):
            places.setdefault(name, place)
        if not before:
            break
        at = before + _HEADER
    return places, document


def _directory(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    record = _record(stream, at)
    if record.kind != _DIRECTORY:
        raise BrokenContainerError("no directory")
    at = record.start
    while at + 4 <= record.end:
        told: int = struct.unpack_from("<L", stream, at)[0]
        first, count = told & 0xFFFFF, told >> 20
        at += 4
        for n in range(count):
            if at + 4 > record.end:
                return
            yield first + n, struct.unpack_from("<L", stream, at)[0]
            at += 4


def _slides(stream: bytes, places: dict[int, int], document: int) -> Iterator[tuple[list[str], _Record | None]]:
    """Slides in order: the texts of their outline, and the slide itself with its other boxes."""
    whole = _record(stream, document)
    for record in _inside(stream, whole.start, whole.end):
        if record.kind == _LIST and record.instance == _SLIDES:
            texts: list[str] = []
            slide: _Record | None = None
            begun = False
            for part in _inside(stream, record.start, record.end):
                if part.kind == _PERSIST:
                    if begun:
                        yield texts, slide
                    place = places.get(struct.unpack_from("<L", stream, part.start)[0])
                    texts, begun = [], True
                    slide = _record(stream, place) if place is not None else None
                elif part.kind in (_CHARACTERS, _BYTES):
                    texts.append(_text(stream, part))
            if begun:
                yield texts, slide


def _texts(stream: bytes, record: _Record, depth: int) -> Iterator[str]:
    stack = [_inside(stream, record.start, record.end)]
    while stack:
        part = next(stack[-1], None)
        if part is None:
            stack.pop()
        elif part.kind in (_CHARACTERS, _BYTES):
            yield _text(stream, part)
        elif part.is_container and len(stack) < depth:
            stack.append(_inside(stream, part.start, part.end))


def _text(stream: bytes, record: _Record) -> str:
    raw = stream[record.start : record.end]
    return raw.decode("utf-16-le", "replace") if record.kind == _CHARACTERS else raw.decode("latin-1")

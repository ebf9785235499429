"""Guards a pdf before any library opens it: a few kilobytes may hold gigabytes."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from loaders.formats.limits import Limits
from loaders.formats.refusal import refusal

_STREAM = re.compile(rb"stream\r?\n")
_DOUBLE_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_CHUNK = 1 << 20


def guard(data: bytes, path: Path, limits: Limits) -> None:
    """Unpack every stream once in small pieces.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Bounds the unpacked size.

    Raises:
        LimitExceededError: Too much inside.
    """
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

"""Streams of a container of Office 97-2003 (a small file system in a file), by their names."""

import struct

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA  # this and above are no sectors
_ENTRY = 128  # bytes of an entry of the directory
_STREAM = 2
_IN_HEADER = 109  # sectors of the allocation table that the header names
_MOST_SECTORS = 1 << 18


class BrokenContainerError(ValueError):
    """The bytes are no such container, or its chains lead nowhere."""


def stream_of(data: bytes, name: str) -> bytes:
    """Read one stream that is not among the tiny ones.

    Args:
        data: The bytes of the file.
        name: The name of the stream.

    Raises:
        BrokenContainerError: No container, damaged, or without this stream.
    """
    if not data.startswith(_MAGIC) or len(data) < 512:
        raise BrokenContainerError("no container")
    try:
        return _read(data, name)
    except (struct.error, IndexError) as exc:
        raise BrokenContainerError("cut short") from exc


def _read(data: bytes, name: str) -> bytes:
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise BrokenContainerError("sectors of a size that is none")
    size = 1 << shift
    table = _table(data, size)
    directory = _chain(data, struct.unpack_from("<L", data, 48)[0], table, size)
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        length = min(max(struct.unpack_from("<H", entry, 64)[0] - 2, 0), 62)
        if entry[66] == _STREAM and entry[:length].decode("utf-16-le", "replace") == name:
            start, whole = struct.unpack_from("<LL", entry, 116)
            return _chain(data, start, table, size)[:whole]
    raise BrokenContainerError(f"no stream {name}")


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """The allocation table: for each sector the one that follows it."""
    sectors = list(struct.unpack_from(f"<{_IN_HEADER}L", data, 76))
    following, count = struct.unpack_from("<LL", data, 68)
    for _ in range(min(count, _MOST_SECTORS // size)):
        if following >= _FREE:
            break
        *more, following = struct.unpack_from(f"<{size // 4}L", data, (following + 1) * size)
        sectors += more
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE and (sector + 2) * size <= len(data) + size - 1:
            table += struct.unpack_from(f"<{size // 4}L", data, (sector + 1) * size)
    return tuple(table)


def _chain(data: bytes, start: int, table: tuple[int, ...], size: int) -> bytes:
    pieces: list[bytes] = []
    seen: set[int] = set()
    while start < _FREE:
        if start in seen or start >= len(table):
            raise BrokenContainerError("a chain in a circle or beyond the end")
        seen.add(start)
        pieces.append(data[(start + 1) * size : (start + 2) * size])
        start = table[start]
    return b"".join(pieces)

"""Guards for files that are zip archives inside (docx): declared and actual sizes, number of entries."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from loaders.formats.limits import Limits
from loaders.formats.refusal import refusal

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_WIDE_END = b"PK\x06\x06"
_WIDE_SIZE = 56
_IN_WIDE = 0xFFFFFFFF
_COMMENT = 65535  # bytes that may follow the end record
_ENTRY_SIZE = 512  # bytes of the directory for one entry, name and extra fields included
_CHUNK = 1024 * 1024
_MEGABYTE = 1024 * 1024


def guard(data: bytes, path: Path, limits: Limits, needed: str = "", reason: str = "not_docx") -> None:
    """Check a packed file before any library opens it.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Entries, size and ratio once unpacked.
        needed: Name of the entry that the format must have, if any.
        reason: The reason of refusal where this is not the format.

    Raises:
        UnreadableFileError: Not a zip, damaged, encrypted, or without the needed entry.
        LimitExceededError: Too many entries or too much inside, declared or real.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > limits.entries:
                raise refusal(path, "too_many_entries", size=len(infos), limit=limits.entries)
            if any(info.flag_bits & 0x1 for info in infos):
                raise refusal(path, "encrypted")
            if needed and needed not in archive.namelist():
                raise refusal(path, reason, cause=f"thiếu {needed}")
            allowed = _allowed(data, limits)
            _check_size(sum(info.file_size for info in infos), allowed, path)
            total = 0
            for info in infos:  # what a header declares may be a lie, so everything is unpacked once, piece by piece
                with archive.open(info) as entry:
                    while piece := entry.read(_CHUNK):
                        total += len(piece)
                        _check_size(total, allowed, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as exc:
        raise refusal(
            path, reason if not data.startswith(b"PK") else "damaged", cause="gói zip không đọc được"
        ) from exc


def guard_directory(file: BinaryIO, path: Path, limits: Limits) -> None:
    """Check how large the directory of an archive is before a library reads the whole of it into memory.

    Args:
        file: The archive, open.
        path: The archive, for errors.
        limits: Bounds the number of entries.

    Raises:
        UnreadableFileError: No zip at all.
        LimitExceededError: The directory is larger than that of the most entries allowed.
    """
    end = file.seek(0, io.SEEK_END)
    start = max(end - _COMMENT - _END_SIZE - _LOCATOR_SIZE, 0)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise refusal(path, "not_zip")
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    before = at - _LOCATOR_SIZE
    if before >= 0 and tail[before : before + 4] == _LOCATOR:
        file.seek(min(struct.unpack_from("<Q", tail, before + 8)[0], end))
        wide = file.read(_WIDE_SIZE)
        if len(wide) < _WIDE_SIZE or not wide.startswith(_WIDE_END):
            raise refusal(path, "not_zip")
        size = max(size if size != _IN_WIDE else 0, struct.unpack_from("<Q", wide, 40)[0])
    if size > limits.entries * _ENTRY_SIZE:
        raise refusal(path, "too_many_entries", size=size // _ENTRY_SIZE, limit=limits.entries)
    file.seek(0)


def guard_sizes(archive: zipfile.ZipFile, size: int, path: Path, limits: Limits) -> None:
    """Check what the directory of an archive declares: entries that share their bytes are a bomb.

    Args:
        archive: The archive.
        size: Its bytes.
        path: The archive, for errors.
        limits: Bounds how far it may be packed.

    Raises:
        LimitExceededError: More is packed than there are bytes, or it would unpack to too much.
    """
    infos = archive.infolist()
    if sum(info.compress_size for info in infos) > size:
        raise refusal(path, "unpacked_too_large", limit=size)
    _check_size(sum(info.file_size for info in infos), _MEGABYTE + int(size * limits.ratio), path)


def _allowed(data: bytes, limits: Limits) -> int:
    return min(limits.unpacked_bytes, _MEGABYTE + int(len(data) * limits.ratio))


def _check_size(size: int, allowed: int, path: Path) -> None:
    if size > allowed:
        raise refusal(path, "unpacked_too_large", limit=allowed, size=size)

"""Guards for files that are zip archives inside (docx): declared and actual sizes, number of entries."""

import io
import zipfile
import zlib
from pathlib import Path

from loaders.formats.limits import Limits
from loaders.formats.refusal import refusal

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


def _allowed(data: bytes, limits: Limits) -> int:
    return min(limits.unpacked_bytes, _MEGABYTE + int(len(data) * limits.ratio))


def _check_size(size: int, allowed: int, path: Path) -> None:
    if size > allowed:
        raise refusal(path, "unpacked_too_large", limit=allowed, size=size)

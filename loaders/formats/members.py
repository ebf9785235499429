"""Archives of documents (.zip): each member is a document of its own with the path ``archive.zip/folder/name.docx``.

Nothing is unpacked to disk; a member is read into memory when its turn comes.
"""

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from loaders.formats.archive import guard_directory, guard_sizes
from loaders.formats.limits import Limits
from loaders.formats.refusal import refusal, shown
from loaders.formats.sniff import MEDIA_TYPES, is_archive
from ontology.errors import UnreadableFileError

_CHUNK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


def members(path: Path, limits: Limits) -> list[Path]:
    """List the documents in an archive; see ``contents``."""
    return contents(path, limits)[0]


def contents(path: Path, limits: Limits) -> tuple[list[Path], list[UnreadableFileError]]:
    """List the documents in an archive, and what in it cannot be read.

    Args:
        path: The archive.
        limits: Bounds its entries and documents.

    Returns:
        The paths of the documents below the path of the archive, sorted, and an error for each entry that is none,
        is an archive again, or has a name that leads out or is taken. Hidden entries are skipped.

    Raises:
        UnreadableFileError: Damaged, or no zip.
        LimitExceededError: Too many entries or documents.
    """
    try:
        with path.open("rb") as file, _opened(file, path, limits) as archive:
            guard_sizes(archive, path.stat().st_size, path, limits)
            names, refused = _names(archive, path, limits)
    except _DAMAGE as exc:
        raise refusal(path, "not_zip") from exc
    if len(names) > limits.members:
        raise refusal(path, "too_many_members", limit=limits.members)
    return [path / name for name in sorted(names)], refused


def _names(
    archive: zipfile.ZipFile, path: Path, limits: Limits
) -> tuple[dict[str, zipfile.ZipInfo], list[UnreadableFileError]]:
    infos = archive.infolist()
    if len(infos) > limits.entries:
        raise refusal(path, "too_many_entries", size=len(infos), limit=limits.entries)
    names: dict[str, zipfile.ZipInfo] = {}
    refused: list[UnreadableFileError] = []
    for info in infos:
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or _is_hidden(name):
            continue
        reason = "duplicate_name" if str(name) in names else _reason(name)
        if reason:
            refused.append(refusal(Path(f"{path}/{name}"), reason, extension=shown(name.suffix) or "(không có)"))
        else:
            names[str(name)] = info
    return names, refused


def _is_hidden(name: PurePosixPath) -> bool:
    return any((part.startswith((".", "~$")) and part != "..") or part == "__MACOSX" for part in name.parts)


def _reason(name: PurePosixPath) -> str:
    """Why an entry is no document that can be read; empty where it is one."""
    if name.is_absolute() or ".." in name.parts:
        return "unsafe_name"
    if is_archive(Path(name)):
        return "nested_archive"
    return "" if name.suffix.lower() in MEDIA_TYPES else "unknown_extension"


def archive_of(path: Path) -> Path | None:
    """Give the archive that a path leads into; None where it leads into none."""
    return next((parent for parent in path.parents if is_archive(parent) and parent.is_file()), None)


def read_member(archive: Path, path: Path, limits: Limits) -> bytes:
    """Read one document of an archive into memory.

    Args:
        archive: The archive.
        path: The path of the member below it, as ``members`` gives it.
        limits: Bounds its size and how far it may have been packed.

    Returns:
        Its bytes.

    Raises:
        UnreadableFileError: Damaged, encrypted, or not in the archive.
        LimitExceededError: Too large, or packed too far.
    """
    try:
        with archive.open("rb") as file, _opened(file, archive, limits) as opened:
            info = _names(opened, archive, limits)[0].get(path.relative_to(archive).as_posix())
            if info is None:
                raise refusal(path, "missing")
            if info.flag_bits & 0x1:
                raise refusal(path, "encrypted")
            return _unpacked(opened, info, path, limits)
    except _DAMAGE as exc:
        raise refusal(path, "damaged", cause="gói zip không đọc được") from exc


def _opened(file: BinaryIO, archive: Path, limits: Limits) -> zipfile.ZipFile:
    guard_directory(file, archive, limits)
    return zipfile.ZipFile(file)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, limits: Limits) -> bytes:
    allowed = min(limits.bytes, _CHUNK + int(info.compress_size * limits.ratio))
    pieces: list[bytes] = []
    total = 0
    with archive.open(info) as entry:  # what the header declares may be a lie
        while piece := entry.read(_CHUNK):
            total += len(piece)
            if total > allowed:
                reason = "too_many_bytes" if allowed == limits.bytes else "unpacked_too_large"
                raise refusal(path, reason, limit=allowed, size=total)
            pieces.append(piece)
    return b"".join(pieces)

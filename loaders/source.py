"""Read one file of any known format into a source text, within limits and failing only with our own errors."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from loaders.document import SourceText
from loaders.formats import apart, plain
from loaders.formats.legacy_text import repair_reading
from loaders.formats.limits import DEFAULT_LIMITS, Limits
from loaders.formats.members import archive_of, contents, members, read_member
from loaders.formats.reading import Reading
from loaders.formats.refusal import refusal, shown
from loaders.formats.sniff import MEDIA_TYPES, Format, format_of, is_archive, is_known
from loaders.lines import LINE_BREAKS
from ontology.errors import UnreadableFileError
from ontology.system import said_number

_SCANNED = {"no_text_layer", "garbled_text_layer", "some_pictures"}

__all__ = ["DEFAULT_LIMITS", "Limits", "contents", "is_archive", "iter_files", "members", "read", "read_bytes"]


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """Read a file of any known format.

    Args:
        path: A file, or a document in an archive as ``members`` gives it; extension and content must agree.
        limits: What to refuse.

    Returns:
        The text that every offset means. For text files it is exactly ``open(path, encoding="utf-8").read()``,
        unless they are in an encoding of the years before Unicode.

    Raises:
        UnreadableFileError: The file cannot be read; ``details`` hold ``file``, ``reason`` and ``remedy``.
        LimitExceededError: It goes beyond a limit.

    Example:
        >>> read(Path("không-có.txt"))
        Traceback (most recent call last):
        ontology.errors.UnreadableFileError: Không đọc được “không-có.txt”: tệp không tồn tại. Kiểm tra lại đường dẫn.
    """
    data = _bytes(path, limits)
    return read_bytes(data, path, limits)


def read_bytes(data: bytes, path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """Read a file whose bytes are at hand already (an upload); see ``read``.

    Args:
        data: The bytes.
        path: Its name; nothing is opened.
        limits: What to refuse.

    Returns:
        The text.

    Raises:
        UnreadableFileError: As ``read``.
        LimitExceededError: As ``read``.
    """
    if len(data) > limits.bytes:
        raise refusal(path, "too_many_bytes", size=len(data), limit=limits.bytes)
    kind = format_of(data, path)
    reading = _reading(kind, data, path, limits)
    _check(reading.text, path, limits)
    return SourceText(
        path=shown(path),
        file=shown(path.name),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[path.suffix.lower()],
        text_from=reading.text_from,
        text=reading.text,
        pages=reading.pages,
        tables=reading.tables,
        marks=reading.marks,
        capitals=reading.capitals,
        recognised=reading.recognised,
        unread=reading.unread,
    )


def iter_files(paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> Iterator[Path | UnreadableFileError]:
    """Find the files to read.

    Args:
        paths: Files and folders, in the order wanted; folders are searched below in sorted order.
        limits: Bounds the depth of folders.

    Yields:
        Files and documents in archives, each file once however many ways lead to it. Hidden ones are skipped.

        An error stands for each thing that cannot be read: an unreadable folder, a broken or circular link, an unknown
        extension, what an archive holds beside documents.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _walk(Path(path), seen, limits, 0)


def _walk(path: Path, seen: set[tuple[int, int]], limits: Limits, depth: int) -> Iterator[Path | UnreadableFileError]:
    try:
        status = path.stat()
    except (OSError, ValueError) as exc:
        yield _refused(path, exc)
        return
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return
    seen.add(key)
    if not stat.S_ISDIR(status.st_mode):
        yield from _file(path, status.st_mode, limits)
        return
    if depth > limits.depth:
        yield refusal(path, "too_deep", limit=limits.depth)
        return
    try:
        names = sorted(os.listdir(path))
    except OSError as exc:
        yield _refused(path, exc)
        return
    for name in names:
        if not name.startswith("."):
            yield from _walk(path / name, seen, limits, depth + 1)


def _file(path: Path, mode: int, limits: Limits) -> Iterator[Path | UnreadableFileError]:
    if not stat.S_ISREG(mode):
        yield refusal(path, "not_a_file")
    elif not is_known(path):
        yield refusal(path, "unknown_extension", extension=shown(path.suffix) or "(không có)")
    elif is_archive(path):
        yield from _inside(path, limits)
    else:
        yield path


def _inside(path: Path, limits: Limits) -> Iterator[Path | UnreadableFileError]:
    try:
        documents, refused = contents(path, limits)
        yield from documents
        yield from refused
    except UnreadableFileError as exc:
        yield exc
    except OSError as exc:
        yield _refused(path, exc)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        archive = archive_of(path)
        if archive is not None:
            return read_member(archive, path, limits)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would wait for ever
            raise refusal(path, "not_a_file")
        if status.st_size > limits.bytes:
            raise refusal(path, "too_many_bytes", size=status.st_size, limit=limits.bytes)
        with path.open("rb") as file:
            return file.read(limits.bytes + 1)  # the file may have grown meanwhile
    except (OSError, ValueError) as exc:
        raise _refused(path, exc) from exc


def _refused(path: Path, exc: OSError | ValueError) -> UnreadableFileError:
    number = exc.errno if isinstance(exc, OSError) else None
    if isinstance(exc, ValueError) or number in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}:
        return refusal(path, "missing")
    if number in {errno.EACCES, errno.EPERM}:
        return refusal(path, "no_permission")
    if number == errno.ELOOP:
        return refusal(path, "symlink_loop")
    return refusal(path, "io_error", cause=said_number(number))


def _reading(kind: Format, data: bytes, path: Path, limits: Limits) -> Reading:
    if kind is Format.PLAIN:
        return repair_reading(plain.read(data, path, limits))
    try:
        return apart.read(kind, data, path, limits)
    except UnreadableFileError as exc:
        if exc.details.get("reason") not in _SCANNED:
            raise
    return apart.read(kind, data, path, limits, pictures=True)


def _check(text: str, path: Path, limits: Limits) -> None:
    if not text.strip("\ufeff \t\r\n\f"):
        raise refusal(path, "empty")
    if len(text) > limits.line:
        at = 0
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if end - at > limits.line:
                raise refusal(path, "line_too_long", size=end - at, limit=limits.line)
            at = end + 1
    if len(text) > limits.characters:
        raise refusal(path, "too_many_characters", size=len(text), limit=limits.characters)
    lines = sum(map(text.count, LINE_BREAKS)) + 1
    if lines > limits.lines:
        raise refusal(path, "too_many_lines", size=lines, limit=limits.lines)

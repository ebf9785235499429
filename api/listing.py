"""Find the files to load under some paths, in folders and archives; say of the others why they are left out."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from loaders.formats.refusal import refusal, shown
from loaders.formats.sniff import is_known
from loaders.source import DEFAULT_LIMITS, Limits, contents, is_archive
from ontology.errors import InvalidInputError, LuocdoError, UnreadableFileError
from ontology.system import said

__all__ = ["Listing", "LoadFailure", "failure", "kept_as", "list_files"]

_UNKNOWN_KIND = "unknown_extension"


class LoadFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder that was not loaded; ``reason`` and ``remedy`` are Vietnamese sentences."""

    path: str
    file: str
    code: str
    reason: str
    remedy: str


class Listing(NamedTuple):
    """What lies under some paths.

    Attributes:
        files: Absolute paths of files and of documents in archives (``a.zip/b.docx``); sorted, each once.
        folders: Absolute folders and archives that were listed whole.
        failed: What should have been a document and is none.
        skipped: Files of unknown kinds that merely lie beside documents (``Thumbs.db``).
    """

    files: list[str]
    folders: list[str]
    failed: list[LoadFailure]
    skipped: list[LoadFailure]


def kept_as(path: str | Path) -> str:
    r"""Give the path under which a store keeps a file: names on disk are bytes and may be no UTF-8.

    Example:
        >>> kept_as("k\udcff.txt")
        'k\\xff.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def failure(path: str, error: LuocdoError) -> LoadFailure:
    """Describe an error about a file for people."""
    path = kept_as(path)
    remedy = error.details.get("remedy")
    return LoadFailure(
        path=path,
        file=os.path.basename(path) or path,
        code=error.code,
        reason=error.message,
        remedy=str(remedy) if remedy else "",
    )


def list_files(paths: Iterable[str | Path], limits: Limits = DEFAULT_LIMITS) -> Listing:
    """Find the files under some paths.

    Args:
        paths: Files, which must be of a known kind, and folders, in which other files are only skipped. Hidden files,
            lock files of editors and symbolic links to folders are passed over.
        limits: Bounds the depth of folders, and what archives may hold.

    Raises:
        InvalidInputError: A path is empty: it would mean the current folder, which nobody named.
    """
    files: dict[str, None] = {}
    listing = Listing([], [], [], [])
    for given in paths:
        if not str(given).strip():
            raise InvalidInputError("đường dẫn trống", remedy="ghi tên tệp hoặc thư mục; thư mục hiện tại là .")
        path = os.path.abspath(given)
        if os.path.isdir(path):
            _take_folder(path, files, listing, limits)
        elif os.path.exists(path):
            _take(path, files, listing, limits)
        else:
            error = UnreadableFileError("không có tệp hoặc thư mục này", remedy="kiểm tra đường dẫn")
            listing.failed.append(failure(path, error))
    skipped = sorted({f.path: f for f in listing.skipped if f.path not in files}.values(), key=lambda f: f.path)
    return listing._replace(files=sorted(files), skipped=skipped)


def _take_folder(folder: str, files: dict[str, None], listing: Listing, limits: Limits) -> None:
    """Add what lies in a folder; one that was not listed whole is not synchronised."""
    closed: list[LoadFailure] = []
    for path in _walk(folder, closed, limits):
        if is_known(Path(path)):
            _take(path, files, listing, limits, closed)
        else:
            listing.skipped.append(failure(path, refusal(Path(path), _UNKNOWN_KIND, extension=_extension(path))))
    listing.failed.extend(closed)
    if not closed and folder not in listing.folders:
        listing.folders.append(folder)


def _extension(path: str) -> str:
    return shown(os.path.splitext(path)[1]) or "(không có)"


def _take(
    path: str, files: dict[str, None], listing: Listing, limits: Limits, failed: list[LoadFailure] | None = None
) -> None:
    """Add a file, or the documents in an archive, which is synchronised as a folder is."""
    if not is_archive(Path(path)):
        files.setdefault(path)
        return
    if path in listing.folders:
        return
    failed = listing.failed if failed is None else failed
    try:
        documents, refused = contents(Path(path), limits)
    except UnreadableFileError as error:
        failed.append(failure(path, error))
    except OSError as error:
        failed.append(failure(path, UnreadableFileError(f"không đọc được tệp nén: {said(error)}")))
    else:
        files.update(dict.fromkeys(map(str, documents)))
        for one in refused:
            whose = listing.skipped if one.details.get("reason") == _UNKNOWN_KIND else listing.failed
            whose.append(failure(str(one.details["file"]), one))
        listing.folders.append(path)


def _walk(top: str, failed: list[LoadFailure], limits: Limits) -> Iterator[str]:
    """Give the files below a folder; a stack of our own, for folders may lie deeper than functions may call."""
    stack = [(top, 0)]
    while stack:
        folder, depth = stack.pop()
        if depth > limits.depth:
            failed.append(failure(folder, refusal(Path(folder), "too_deep", limit=limits.depth)))
            continue
        try:
            if _is_closed(folder):
                raise PermissionError
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            reason = UnreadableFileError("không có quyền đọc thư mục", remedy="cấp quyền đọc thư mục rồi nạp lại")
            failed.append(failure(folder, reason))
            continue
        inner = []
        for entry in entries:
            if _is_folder(entry):
                if not entry.name.startswith(".") and not entry.is_symlink():
                    inner.append((entry.path, depth + 1))
            elif not entry.name.startswith((".", "~$")):
                yield entry.path
        stack += reversed(inner)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle is no folder; reading it will say so
        return False


def _is_closed(folder: str) -> bool:
    """True for a folder that its owner closed to everybody: root could list it, but was not meant to."""
    return os.name == "posix" and os.stat(folder).st_mode & 0o444 == 0

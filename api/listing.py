"""Find the files to load under some paths, in folders and archives; say of the others why they are left out."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from loaders.formats.refusal import refusal, shown
from loaders.formats.sniff import is_known
from loaders.source import DEFAULT_LIMITS, contents, is_archive
from ontology.errors import InvalidInputError, LuocdoError, UnreadableFileError

__all__ = ["Listing", "LoadFailure", "failure", "list_files"]

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


def failure(path: str, error: LuocdoError) -> LoadFailure:
    """Describe an error about a file for people."""
    remedy = error.details.get("remedy")
    return LoadFailure(
        path=path,
        file=os.path.basename(path) or path,
        code=error.code,
        reason=error.message,
        remedy=str(remedy) if remedy else "",
    )


def list_files(paths: Iterable[str | Path]) -> Listing:
    """Find the files under some paths.

    Args:
        paths: Files, which must be of a known kind, and folders, in which other files are only skipped. Hidden files,
            lock files of editors and symbolic links to folders are passed over.

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
            _take_folder(path, files, listing)
        elif os.path.exists(path):
            _take(path, files, listing)
        else:
            error = UnreadableFileError("không có tệp hoặc thư mục này", remedy="kiểm tra đường dẫn")
            listing.failed.append(failure(path, error))
    skipped = sorted({f.path: f for f in listing.skipped if f.path not in files}.values(), key=lambda f: f.path)
    return listing._replace(files=sorted(files), skipped=skipped)


def _take_folder(folder: str, files: dict[str, None], listing: Listing) -> None:
    """Add what lies in a folder; one that was not listed whole is not synchronised."""
    closed: list[LoadFailure] = []
    for path in _walk(folder, closed):
        if is_known(Path(path)):
            _take(path, files, listing, closed)
        else:
            listing.skipped.append(failure(path, refusal(Path(path), _UNKNOWN_KIND, extension=_extension(path))))
    listing.failed.extend(closed)
    if not closed and folder not in listing.folders:
        listing.folders.append(folder)


def _extension(path: str) -> str:
    return shown(os.path.splitext(path)[1]) or "(không có)"


def _take(path: str, files: dict[str, None], listing: Listing, failed: list[LoadFailure] | None = None) -> None:
    """Add a file, or the documents in an archive, which is synchronised as a folder is."""
    if not is_archive(Path(path)):
        files.setdefault(path)
        return
    if path in listing.folders:
        return
    failed = listing.failed if failed is None else failed
    try:
        documents, refused = contents(Path(path), DEFAULT_LIMITS)
    except UnreadableFileError as error:
        failed.append(failure(path, error))
    except OSError as error:
        failed.append(failure(path, UnreadableFileError(error.strerror or "không đọc được tệp nén")))
    else:
        files.update(dict.fromkeys(map(str, documents)))
        for one in refused:
            whose = listing.skipped if one.details.get("reason") == _UNKNOWN_KIND else listing.failed
            whose.append(failure(str(one.details["file"]), one))
        listing.folders.append(path)


def _walk(folder: str, failed: list[LoadFailure]) -> Iterator[str]:
    def refuse(path: str) -> None:
        reason = UnreadableFileError("không có quyền đọc thư mục", remedy="cấp quyền đọc thư mục rồi nạp lại")
        failed.append(failure(path, reason))

    for root, folders, names in os.walk(folder, onerror=lambda error: refuse(str(error.filename or folder))):
        if _is_closed(root):
            refuse(root)
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield os.path.join(root, name)


def _is_closed(folder: str) -> bool:
    """True for a folder that its owner closed to everybody: root could list it, but was not meant to."""
    return os.name == "posix" and os.stat(folder).st_mode & 0o444 == 0

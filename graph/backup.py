"""One file that holds a whole store as it is at one moment, made while others read and write it."""

import os
import sqlite3
from pathlib import Path

import msgspec

from graph.backends.sqlite import SqliteStore
from graph.copying import Progress, copy
from graph.store import Store
from ontology.errors import InvalidInputError, StoreUnavailableError

_HALF = ".do-dang"  # what a backup is called until it is whole


class BackupReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds.

    Attributes:
        source: Where from, without passwords.
        file: The file; ``sqlite:FILE`` opens it like any store.
        documents: Documents that it holds.
        revision: What it holds as one number (``Store.revision``).
        bytes: Size of the file.
    """

    source: str
    file: str
    documents: int
    revision: int
    bytes: int


def backup(store: Store, path: Path, on_progress: Progress | None = None) -> BackupReport:
    """Write a backup; the file appears under its name only once it is whole and was checked.

    A SQLite store is copied page by page within one snapshot, by SQLite itself; writers are not held up and what they
    do meanwhile is not in it. Of another store documents and judgements are copied into a new SQLite store.

    Args:
        store: What to keep.
        path: The file to write; must not be there.
        on_progress: Called after each document, where documents are copied.

    Raises:
        InvalidInputError: The file is there already.
        StoreError: The store failed, the place cannot be written to, or what was written is damaged.
    """
    path = path.expanduser()
    if path.exists():
        raise InvalidInputError(f"đã có {path}", remedy="chọn tên khác cho bản sao lưu, hoặc chuyển tệp cũ đi")
    half = path.with_name(path.name + _HALF)
    _drop(half)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(store, SqliteStore):
            _snapshot(store, half)
        else:
            _copied(store, half, on_progress)
        report = _checked(half, store.status().location, path)
        os.link(half, path)  # unlike a rename never over a file that came meanwhile
    except FileExistsError as error:
        raise InvalidInputError(f"đã có {path}", remedy="chọn tên khác cho bản sao lưu") from error
    except (sqlite3.Error, OSError) as error:
        raise StoreUnavailableError(
            f"không ghi được bản sao lưu {path}: {error}; hãy kiểm tra chỗ trống và quyền của thư mục", path=str(path)
        ) from error
    finally:
        _drop(half)
    return report


def _snapshot(store: SqliteStore, half: Path) -> None:
    target = sqlite3.connect(half)
    try:
        store.connections.get().backup(target)  # all pages in one step: one state, nobody waits
        target.execute("PRAGMA journal_mode = DELETE")  # one file, no more beside it
    finally:
        target.close()


def _copied(store: Store, half: Path, on_progress: Progress | None) -> None:
    target = SqliteStore(str(half))
    try:
        copy(store, target, on_progress)
    finally:
        target.close()


def _checked(half: Path, source: str, path: Path) -> BackupReport:
    """Open what was written, as who needs it will."""
    db = sqlite3.connect(half)
    try:
        [(told,)] = db.execute("PRAGMA quick_check(1)").fetchall()
    finally:
        db.close()
    if told != "ok":
        raise StoreUnavailableError(f"bản sao lưu {path} bị hỏng khi ghi ({told}); hãy sao lưu lại", path=str(path))
    kept = SqliteStore(str(half), read_only=True)
    try:
        documents, revision = len(kept.digests()), kept.revision()
    finally:
        kept.close()
    return BackupReport(
        source=source, file=str(path), documents=documents, revision=revision, bytes=half.stat().st_size
    )


def _drop(half: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        half.with_name(half.name + end).unlink(missing_ok=True)

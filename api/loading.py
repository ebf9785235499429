"""Bring files and folders into a store: read in a pool of processes, keep each whole or not at all, report clearly."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

import msgspec

from graph.store import Batch, Store
from loaders.source import DEFAULT_LIMITS, Limits, contents, is_archive
from ontology.errors import LuocdoError, SecretDocumentError, UnreadableFileError

_WORTH_A_POOL = 500_000  # bytes of text; below, starting processes costs more than reading
_TYPICAL = 50_000
_COSTS = {".doc": 20, ".rtf": 20, ".xls": 20, ".pdf": 5, ".png": 20, ".jpg": 20, ".jpeg": 20, ".tif": 20, ".tiff": 20}

Progress = Callable[[int, int, str], None]  # done, total, file that was finished


class LoadFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder that was not loaded; ``reason`` and ``remedy`` are Vietnamese sentences."""

    path: str
    file: str
    code: str
    reason: str
    remedy: str


class NotUnderstood(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a document that looked like a fact and was not understood."""

    file: str
    line: int
    start: int
    end: int
    text: str
    why: str


class LoadReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a load did and what the store holds after it.

    Attributes:
        read: Files read and kept in this run, unchanged ones included.
        changed: Of these, new or changed.
        removed: Paths whose file vanished from a loaded folder (or became secret) and whose facts were removed.
        documents, instruments, bodies, duties, conflicts: Counts of the whole store after the load.
    """

    read: int
    changed: int
    removed: tuple[str, ...]
    failed: tuple[LoadFailure, ...]
    documents: int
    instruments: int
    bodies: int
    duties: int
    conflicts: int
    unparsed: tuple[NotUnderstood, ...]
    seconds: float


def read_document(path: str) -> Batch | LoadFailure:
    """Read one file into a batch, or say why not; runs in a worker process."""
    try:
        return read_one(path)
    except LuocdoError as error:
        return failure(path, error)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return failure(path, UnreadableFileError(reason, remedy="kiểm tra quyền đọc và đường dẫn"))


def read_one(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Batch:
    """Read one file into a batch; ``limits`` say what it may cost.

    Raises:
        UnreadableFileError: The file cannot be read.
        SecretDocumentError: The file bears a secrecy mark.
    """
    from loaders.pipeline import extract  # noqa: PLC0415 - the parent process never needs the recognisers

    source, record = extract(Path(path), limits)
    return Batch(path=str(path), record=record, text=source.text, pages=source.pages)


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


def list_files(paths: Iterable[str | Path]) -> tuple[list[str], list[str], list[LoadFailure]]:
    """Find the files under some paths.

    Returns:
        Absolute paths of files and of documents in archives (``a.zip/b.docx``; sorted, each once), absolute folders and
        archives that were listed whole, failures. Hidden files, lock files of editors and symbolic links to folders are
        passed over.
    """
    files: dict[str, None] = {}
    folders: list[str] = []
    failed: list[LoadFailure] = []
    left_out: list[LoadFailure] = []  # of archives; the folder around them was listed whole all the same
    for given in paths:
        path = os.path.abspath(given)
        if os.path.isdir(path):
            before = len(failed)
            for file in _walk(path, failed):
                _take(file, files, folders, failed, left_out)
            if len(failed) == before and path not in folders:
                folders.append(path)
        elif os.path.exists(path):
            _take(path, files, folders, failed, left_out)
        else:
            error = UnreadableFileError("không có tệp hoặc thư mục này", remedy="kiểm tra đường dẫn")
            failed.append(failure(path, error))
    return sorted(files), folders, failed + left_out


def _take(
    path: str, files: dict[str, None], folders: list[str], failed: list[LoadFailure], left_out: list[LoadFailure]
) -> None:
    """Add a file, or the documents in an archive, which is synchronised as a folder is."""
    if not is_archive(Path(path)):
        files.setdefault(path)
        return
    if path in folders:
        return
    try:
        documents, refused = contents(Path(path), DEFAULT_LIMITS)
    except UnreadableFileError as error:
        failed.append(failure(path, error))
    except OSError as error:
        failed.append(failure(path, UnreadableFileError(error.strerror or "không đọc được tệp nén")))
    else:
        files.update(dict.fromkeys(map(str, documents)))
        left_out.extend(failure(str(error.details["file"]), error) for error in refused)
        folders.append(path)


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


def load(
    store: Store, paths: Iterable[str | Path], on_progress: Progress | None = None, executor: Executor | None = None
) -> LoadReport:
    """Load files and folders; a bad file is reported and the rest loads.

    Args:
        store: Where the documents go.
        paths: Files and folders; a folder is synchronised: documents loaded from it whose file is gone are removed.
        on_progress: Called after each file.
        executor: Where files are read (Dask's ``Client.get_executor()`` fits); a pool of processes by default.
    """
    begun = time.monotonic()
    files, folders, failed = list_files(paths)
    removed = _forget_vanished(store, folders, files)
    unparsed: list[NotUnderstood] = []
    read = 0

    def batches() -> Iterator[Batch]:
        nonlocal read
        for done, result in enumerate(read_all(files, executor), start=1):
            if isinstance(result, LoadFailure):
                failed.append(result)
            else:
                read += 1
                unparsed.extend(_not_understood(result))
                yield result
            if on_progress is not None:
                on_progress(done, len(files), result.path)

    changed = store.write_many(batches())
    removed += _forget_secret(store, failed)
    status = store.status()
    return LoadReport(
        read=read,
        changed=changed,
        removed=tuple(sorted(removed)),
        failed=tuple(sorted(failed, key=lambda f: f.path)),
        documents=status.corpus.documents,
        instruments=status.instruments,
        bodies=status.bodies,
        duties=status.duties,
        conflicts=status.conflicts,
        unparsed=tuple(sorted(unparsed, key=lambda u: (u.file, u.start))),
        seconds=round(time.monotonic() - begun, 3),
    )


def _forget_vanished(store: Store, folders: list[str], files: list[str]) -> list[str]:
    present = set(files)
    gone = [
        d.path
        for d in store.documents()
        if d.path not in present and any(d.path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)
    ]
    for path in gone:
        store.remove(path)
    return gone


def _forget_secret(store: Store, failed: list[LoadFailure]) -> list[str]:
    """A file that was open when it was loaded and bears a secrecy mark now takes its old facts along."""
    secret = {f.path for f in failed if f.code == SecretDocumentError.code}
    kept = [d.path for d in store.documents() if d.path in secret] if secret else []
    for path in kept:
        store.remove(path)
    return kept


def _not_understood(batch: Batch) -> list[NotUnderstood]:
    return [
        NotUnderstood(
            file=batch.record.source.file,
            line=batch.text.count("\n", 0, u.start) + 1,
            start=u.start,
            end=u.end,
            text=batch.text[u.start : u.end],
            why=u.why,
        )
        for u in batch.record.unparsed
    ]


def read_all(files: list[str], executor: Executor | None = None) -> Iterator[Batch | LoadFailure]:
    """Read files as they finish, in an executor, else in a pool of processes where there are more than a few."""
    if executor is not None:
        yield from _read_in(executor, files)
    elif len(files) == 1 or sum(map(_size, files)) < _WORTH_A_POOL:
        yield from map(read_document, files)
    else:
        workers = min(len(files), os.cpu_count() or 1)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from _read_in(pool, files)


def _size(path: str) -> int:
    """Bytes of a file, weighed by what a byte of its kind costs to read."""
    try:
        size = os.path.getsize(path)
    except OSError:
        size = _TYPICAL  # a document in an archive
    return size * _COSTS.get(os.path.splitext(path)[1].lower(), 1)


def _read_in(executor: Executor, files: list[str], window: int = 64) -> Iterator[Batch | LoadFailure]:
    """Keep a bounded number of files in flight, so that memory does not grow with the corpus."""
    waiting = iter(files)
    running: dict[Future[Batch | LoadFailure], str] = {}
    broken: list[str] = []
    more = True
    while running or more:
        while more and len(running) < window:
            path = next(waiting, None)
            if path is None:
                more = False
                break
            try:
                running[executor.submit(read_document, path)] = path
            except BrokenExecutor:
                broken += [path, *waiting]
                more = False
        done, _ = wait(running, return_when=FIRST_COMPLETED) if running else (set(), set())
        for future in sorted(done, key=lambda f: running[f]):
            path = running.pop(future)
            try:
                yield future.result()
            except BrokenExecutor:
                broken.append(path)
    yield from map(_read_alone, broken)


def _read_alone(path: str) -> Batch | LoadFailure:
    """Read a file in a process of its own after the pool died, so that only the culprit is lost."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(read_document, path).result()
        except BrokenExecutor:
            error = UnreadableFileError(
                "tiến trình đọc tệp bị dừng đột ngột", remedy="kiểm tra tệp; có thể tệp quá lớn hoặc hỏng"
            )
            return failure(path, error)

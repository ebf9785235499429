"""Bring files and folders into a store: read in a pool of processes, keep each whole or not at all, report clearly."""

import hashlib
import logging
import os
import signal
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import closing
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for_end
from pathlib import Path
from threading import Thread
from typing import ParamSpec, TypeVar

import msgspec

from api.listing import LoadFailure, failure, kept_as, list_files
from graph.store import Batch, Store
from loaders.formats.members import archive_of, read_member
from loaders.source import Limits
from ontology.errors import LuocdoError, SecretDocumentError, UnreadableFileError
from ontology.system import said

__all__ = ["LoadFailure", "LoadReport", "Progress", "failure", "list_files", "load", "read_all", "read_one"]

_LOG = logging.getLogger("luocdo.loading")
_WORTH_A_POOL = 500_000  # bytes of text; below, starting processes costs more than reading
_TYPICAL = 50_000
_WINDOW = 64  # files in flight, where the executor does not tell (``window``)
_COSTS = {".doc": 20, ".rtf": 20, ".xls": 20, ".pdf": 5, ".png": 20, ".jpg": 20, ".jpeg": 20, ".tif": 20, ".tiff": 20}

P = ParamSpec("P")
T = TypeVar("T")
Progress = Callable[[int, int, str], None]  # done, total, file that was finished


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
        read: Files of this run that are in the store now, unchanged ones included.
        changed: Of these, new or changed.
        unchanged: Of these, not read again, for the store holds what was read from the very same bytes.
        removed: Paths whose file vanished from a loaded folder (or became secret) and whose facts were removed.
        documents, instruments, bodies, duties, conflicts: Counts of the whole store after the load.
    """

    read: int
    changed: int
    removed: tuple[str, ...]
    failed: tuple[LoadFailure, ...]
    skipped: tuple[LoadFailure, ...] = ()  # of unknown kinds, in folders: no failures
    unchanged: int = 0
    documents: int
    instruments: int
    bodies: int
    duties: int
    conflicts: int
    unparsed: tuple[NotUnderstood, ...]
    seconds: float


def read_document(path: str, limits: Limits | None = None) -> Batch | LoadFailure:
    """Read one file into a batch, or say why not; runs in a worker process."""
    try:
        return read_one(path, limits)
    except LuocdoError as error:
        return failure(path, error)
    except OSError as error:
        _log_crash(path, error)
        return failure(path, UnreadableFileError(said(error), remedy="kiểm tra quyền đọc và đường dẫn"))
    except Exception as error:  # the one boundary where a fault of ours must not take the batch along
        _log_crash(path, error)
        fault = LuocdoError("lỗi của chương trình khi đọc tệp này", remedy="hãy gửi tệp cho người phát triển")
        return failure(path, fault)


def _log_crash(path: str, error: Exception) -> None:
    """Log where an error arose; what it says may quote the document and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    trace = "\n".join(f"  {f.filename}:{f.lineno} {f.name}" for f in frames)
    _LOG.error("%s: %s\n%s", path, type(error).__name__, trace)


def read_one(path: str | Path, limits: Limits | None = None) -> Batch:
    """Read one file into a batch; ``limits`` say what it may cost, those of the environment where none are given.

    Raises:
        InvalidInputError: The environment sets a limit to what is none.
        UnreadableFileError: The file cannot be read.
        SecretDocumentError: The file bears a secrecy mark.
    """
    from loaders.pipeline import extract  # noqa: PLC0415 - the parent process never needs the recognisers

    source, record = extract(Path(path), Limits.from_environment() if limits is None else limits)
    return Batch(path=kept_as(path), record=record, text=source.text, pages=source.pages)


def load(
    store: Store,
    paths: Iterable[str | Path],
    on_progress: Progress | None = None,
    executor: Executor | None = None,
    *,
    again: bool = False,
    limits: Limits | None = None,
) -> LoadReport:
    """Load files and folders; a bad file is reported and the rest loads, one that did not change is not read again.

    Args:
        store: Where the documents go.
        paths: Files and folders; a folder is synchronised: documents loaded from it whose file is gone are removed.
        on_progress: Called after each file.
        executor: Where files are read (Dask's ``Client.get_executor()`` fits); a pool of processes by default.
        again: Read unchanged files too, as after an upgrade of the program.
        limits: What one file may cost; those of the environment where none are given.

    Raises:
        InvalidInputError: A path is empty, or the environment sets a limit to what is none.
    """
    begun = time.monotonic()
    limits = Limits.from_environment() if limits is None else limits
    files, folders, failed, skipped = list_files(paths, limits)
    held = store.digests()
    removed = _forget(store, _vanished(held, folders, files))
    same = set() if again else _unchanged(held, files, limits)
    unparsed: list[NotUnderstood] = []
    read = 0
    if on_progress is not None:
        for done, path in enumerate(sorted(same), start=1):
            on_progress(done, len(files), path)

    def batches() -> Generator[Batch]:
        nonlocal read
        for done, result in enumerate(read_all([f for f in files if f not in same], executor, limits), start=1):
            if isinstance(result, LoadFailure):
                failed.append(result)
            else:
                read += 1
                unparsed.extend(_not_understood(result))
                yield result
            if on_progress is not None:
                on_progress(len(same) + done, len(files), result.path)

    with closing(batches()) as given:  # readers are let go where the store fails or Ctrl+C is pressed
        changed = store.write_many(given)
    # A file that was open when it was loaded and bears a secrecy mark now takes its old facts along.
    secret = {f.path for f in failed if f.code == SecretDocumentError.code}
    removed += _forget(store, [path for path in held if path in secret])
    status = store.status()
    return LoadReport(
        read=read + len(same),
        unchanged=len(same),
        changed=changed,
        removed=tuple(sorted(removed)),
        failed=tuple(sorted(failed, key=lambda f: f.path)),
        skipped=tuple(skipped),
        documents=status.corpus.documents,
        instruments=status.instruments,
        bodies=status.bodies,
        duties=status.duties,
        conflicts=status.conflicts,
        unparsed=tuple(sorted(unparsed, key=lambda u: (u.file, u.start))),
        seconds=round(time.monotonic() - begun, 3),
    )


def _unchanged(held: dict[str, str], files: list[str], limits: Limits) -> set[str]:
    """Paths of which the store holds what was read from the very bytes that they have now."""
    return {f for f in files if kept_as(f) in held and _sha256(f, limits) == held[kept_as(f)]}


def _sha256(path: str, limits: Limits) -> str | None:
    """Digest of a file or of a document in an archive; None where it cannot be had: reading it will tell why."""
    try:
        archive = archive_of(Path(path))
        if archive is not None:
            return hashlib.sha256(read_member(archive, Path(path), limits)).hexdigest()
        if not os.path.isfile(path):  # a pipe would wait for ever
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (LuocdoError, OSError, ValueError):
        return None


def _vanished(held: dict[str, str], folders: list[str], files: list[str]) -> list[str]:
    """Paths loaded from one of the folders whose file is gone."""
    present = set(map(kept_as, files))
    roots = tuple(kept_as(folder).rstrip(os.sep) + os.sep for folder in folders)
    return [path for path in held if path not in present and path.startswith(roots)]


def _forget(store: Store, paths: list[str]) -> list[str]:
    for path in paths:
        store.remove(path)
    return paths


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


def read_all(
    files: list[str], executor: Executor | None = None, limits: Limits | None = None
) -> Iterator[Batch | LoadFailure]:
    """Read files as they finish, in an executor, else in a pool of processes where there are more than a few."""
    limits = Limits.from_environment() if limits is None else limits
    if executor is not None:
        yield from _read_in(executor, files, limits, getattr(executor, "window", _WINDOW))
    elif len(files) == 1 or sum(map(_size, files)) < _WORTH_A_POOL:
        for path in files:
            yield read_document(path, limits)
    else:
        pool = _Processes(min(len(files), os.cpu_count() or 1))
        try:
            yield from _read_in(pool, files, limits)
        finally:
            pool.shutdown(cancel_futures=True)  # who presses Ctrl+C waits only for what is being read


class _Processes(ProcessPoolExecutor):
    """Readers that leave Ctrl+C to their parent, from their first moment on, and end with it."""

    def __init__(self, count: int) -> None:
        super().__init__(count, mp_context=get_context("spawn"), initializer=_end_with_parent)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``concurrent.futures.Executor.submit``; a process that is started here blocks what is blocked here."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """End a reader whose parent was killed; it would wait for files for ever."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)


def _size(path: str) -> int:
    """Bytes of a file, weighed by what a byte of its kind costs to read."""
    try:
        size = os.path.getsize(path)
    except OSError:
        size = _TYPICAL  # a document in an archive
    return size * _COSTS.get(os.path.splitext(path)[1].lower(), 1)


def _read_in(
    executor: Executor, files: list[str], limits: Limits, window: int = _WINDOW
) -> Iterator[Batch | LoadFailure]:
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
                running[executor.submit(read_document, path, limits)] = path
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
    for path in broken:
        yield _read_alone(path, limits)


def _read_alone(path: str, limits: Limits) -> Batch | LoadFailure:
    """Read a file in a process of its own after the pool died, so that only the culprit is lost."""
    with _Processes(1) as pool:
        try:
            return pool.submit(read_document, path, limits).result()
        except BrokenExecutor:
            error = UnreadableFileError(
                "tiến trình đọc tệp bị dừng đột ngột", remedy="kiểm tra tệp; có thể tệp quá lớn hoặc hỏng"
            )
            return failure(path, error)

"""SPARQL over a store, read only: each query runs in a process of its own that the kernel ends when time is over."""

import os
import select
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from threading import BoundedSemaphore, Lock

import msgspec

from graph.judgements import dump
from graph.sparql_guard import check_query
from graph.sparql_process import Ask, Feed, Message, Open, Sync, Told, send
from graph.sparql_results import Written
from graph.store import Store
from ontology.errors import (
    InvalidInputError,
    LimitExceededError,
    NotFoundError,
    OverloadedError,
    StoreError,
    StoreUnavailableError,
    TimeExceededError,
)

_LENGTH = struct.Struct("!Q")
_ROOT = Path(__file__).parent.parent
_GRACE = 1.0  # seconds for a child to start and to send
_HEAD = msgspec.msgpack.Decoder(Told)
_ERRORS = {kind.code: kind for kind in (InvalidInputError, LimitExceededError, NotFoundError, StoreUnavailableError)}


class SparqlLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one query may cost.

    Attributes:
        seconds: Of time; then it is stopped.
        rows: Rows or triples that are given; of more, the answer says that it is cut.
        bytes: Of the answer.
        memory: Bytes beyond what the quads take.
        at_once: Queries that run side by side; others wait.
        building: Seconds that a query waits while the quads are brought up to date.
    """

    seconds: float = 10.0
    rows: int = 10_000
    bytes: int = 50_000_000
    memory: int = 1_000_000_000
    at_once: int = 4
    building: float = 600.0


class SparqlDoor:
    """Asks SPARQL of a store.

    The process that holds the quads starts with the first question and reads the store itself; of a store in this
    process's memory it is sent the documents. It is started again where it was killed.

    Args:
        store: The store; its ``url`` (with the password) or ``location`` says where another process finds it.
        limits: What one query may cost.
    """

    def __init__(self, store: Store, limits: SparqlLimits | None = None) -> None:
        if not hasattr(os, "fork"):
            raise StoreUnavailableError("SPARQL cần fork(): chỉ chạy trên Linux, macOS")
        self.limits = limits or SparqlLimits()
        self._store = store
        self._url = str(getattr(store, "url", None) or getattr(store, "location", "memory:"))
        self._lock = Lock()
        self._turns = BoundedSemaphore(self.limits.at_once)
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._fed: int | None = None

    def __enter__(self) -> "SparqlDoor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(
        self,
        query: str,
        accept: str = "",
        *,
        seconds: float | None = None,
        rows: int | None = None,
        graphs: tuple[str, ...] = (),
        named: tuple[str, ...] = (),
    ) -> Written:
        """Ask a query.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE; without GRAPH it sees all graphs as one.
            accept: What forms the answer may have, as the Accept header says it.
            seconds: Less time than the limits give.
            rows: Fewer rows than the limits give.
            graphs: IRIs of the graphs that it sees without GRAPH, instead of all.
            named: IRIs of the graphs that GRAPH sees, instead of all.

        Raises:
            InvalidInputError: It is no query, would write or leave this machine, or cannot be said in such a form.
            LimitExceededError: It took too much memory, or its answer is too large.
            TimeExceededError: It was stopped, as a rule because its time was over.
            OverloadedError: Too many others are being answered.
            StoreUnavailableError: The quads cannot be had.
        """
        check_query(query)
        most = self.limits
        ask = Ask(
            query=query,
            accept=accept,
            seconds=min(seconds or most.seconds, most.seconds),
            rows=min(rows or most.rows, most.rows),
            bytes=most.bytes,
            memory=most.memory,
            graphs=graphs,
            named=named,
        )
        if not self._turns.acquire(timeout=most.seconds):
            raise OverloadedError("Đang có quá nhiều câu truy vấn; hãy hỏi lại sau", limit=most.at_once)
        started = time.monotonic()
        try:
            told, body = self._ask(ask, most.building + ask.seconds + _GRACE)
        finally:
            self._turns.release()
        if told is None and self._process is not None and self._process.poll() is not None:
            raise StoreUnavailableError("tiến trình SPARQL đã dừng; hãy hỏi lại", reason="process")
        if told is None and time.monotonic() - started < ask.seconds:
            raise LimitExceededError("Câu truy vấn bị dừng: cần quá nhiều bộ nhớ; hãy hỏi hẹp hơn", reason="memory")
        if told is None:
            raise TimeExceededError(
                f"Câu truy vấn bị dừng vì quá {ask.seconds:g} giây; hãy hỏi hẹp hơn, hoặc thêm LIMIT",
                limit=ask.seconds,
                reason="time",
            )
        if told.code:
            raise _ERRORS.get(told.code, StoreError)(told.message, line=told.line)
        return Written(body=body, media_type=told.media_type, rows=told.rows, truncated=told.truncated)

    def sync(self) -> int:
        """Bring the quads up to date now rather than with the next query; gives how many there are."""
        told, _ = self._ask(Sync(), self.limits.building)
        if told is None or told.code:
            raise StoreUnavailableError(told.message if told else "tiến trình SPARQL đã dừng")
        return told.rows

    def close(self) -> None:
        """Stop the process; closing twice is harmless."""
        with self._lock:
            self._stop()

    def _ask(self, message: Message, wait: float) -> tuple[Told | None, bytes]:
        reading, writing = os.pipe()
        try:
            with self._lock:
                try:
                    self._send(message, writing)
                except OSError:  # killed from outside: once more with a new one
                    self._stop()
                    self._send(message, writing)
        finally:
            os.close(writing)
        try:
            return _received(reading, wait, self.limits.bytes)
        finally:
            os.close(reading)

    def _send(self, message: Message, pipe: int) -> None:
        channel = self._started()
        if self._url == "memory:" and self._fed != (revision := self._store.revision()):
            feed = Feed(batches=tuple(self._store.batches()), judgements=dump(self._store.judgements()))
            self._tell_once(channel, feed)
            self._fed = revision
        send(channel, message, pipe)

    def _tell_once(self, channel: socket.socket, message: Message) -> None:
        """Send a message whose answer is only that it was taken."""
        reading, writing = os.pipe()
        try:
            send(channel, message, writing)
        finally:
            os.close(writing)
        _received(reading, self.limits.building, 0)
        os.close(reading)

    def _started(self) -> socket.socket:
        if self._channel is None or self._process is None or self._process.poll() is not None:
            self._stop()
            ours, theirs = socket.socketpair()
            path = os.pathsep.join(p for p in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if p)
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "graph.sparql_process", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            theirs.close()
            self._channel = ours
            self._tell_once(ours, Open(url=self._url))
        return self._channel

    def _stop(self) -> None:
        self._fed = None
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _received(pipe: int, wait: float, most: int) -> tuple[Told | None, bytes]:
    """The answer; None where whoever should have given it ended without a word, or none came in time."""
    end, parts, size = time.monotonic() + wait, [], 0
    while select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
        part = os.read(pipe, 1 << 20)
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size > most + (1 << 20):
            return None, b""
    data = b"".join(parts)
    if len(data) < _LENGTH.size:
        return None, b""
    length = _LENGTH.unpack(data[: _LENGTH.size])[0]
    told = _HEAD.decode(data[_LENGTH.size : _LENGTH.size + length])
    body = data[_LENGTH.size + length :]
    return (told, body) if len(body) == told.size else (None, b"")

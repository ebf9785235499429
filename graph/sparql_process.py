"""The process that holds the quads: for each query it forks a child that can neither open anything nor live long.

The child inherits the quads without copying them, gives up every right to open files or sockets, sets the kernel's own
alarm, answers into its pipe and ends. Whatever a query does, it costs at most its time and memory; the quads stay.
"""

import contextlib
import os
import signal
import socket
import struct
import sys
from typing import Any

import msgspec
import pyoxigraph as ox

from graph.backends.memory import MemoryStore
from graph.connect import connect
from graph.sparql_guard import check_query
from graph.sparql_mirror import Mirror
from graph.sparql_results import written
from graph.store import Batch, Store
from ontology.errors import InvalidInputError, LuocdoError

if sys.platform != "win32":
    import resource

_LENGTH = struct.Struct("!Q")


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag="ask"):
    """A query with what it may cost; the answer goes into the pipe that comes with it."""

    query: str
    accept: str
    seconds: float
    rows: int
    bytes: int
    memory: int
    graphs: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    checked: bool = False  # by whoever sends it


class Open(msgspec.Struct, frozen=True, kw_only=True, tag="open"):
    """Where the store is: the first message; an argument of the process would show a password to everybody."""

    url: str


class Sync(msgspec.Struct, frozen=True, kw_only=True, tag="sync"):
    """Bring the quads up to date; answered when that is done."""


class Feed(msgspec.Struct, frozen=True, kw_only=True, tag="feed"):
    """The documents and judgements of a store that only its own process can read."""

    batches: tuple[Batch, ...]
    judgements: bytes


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The head of an answer; a code tells an error."""

    media_type: str = ""
    rows: int = 0
    truncated: bool = False
    size: int = 0
    code: str = ""
    message: str = ""
    line: int | None = None


Message = Ask | Open | Sync | Feed
_ENCODE = msgspec.msgpack.Encoder()
_DECODE = msgspec.msgpack.Decoder(Message)


def send(channel: socket.socket, message: Message, pipe: int) -> None:
    """Send a message with the end of a pipe that its answer goes to."""
    raw = _ENCODE.encode(message)
    socket.send_fds(channel, [_LENGTH.pack(len(raw))], [pipe])
    channel.sendall(raw)


def serve(channel: socket.socket) -> None:
    """Answer messages until the other side is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that ended are not waited for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side decides when to end
    url, mirror = "memory:", None
    while True:
        head, pipes, _, _ = socket.recv_fds(channel, _LENGTH.size, 1)
        if len(head) < _LENGTH.size:
            return
        message = _DECODE.decode(_exactly(channel, _LENGTH.unpack(head)[0]))
        try:
            if isinstance(message, Open):
                url = message.url
                continue
            if isinstance(message, Feed):
                mirror = Mirror(_fed(message))
            mirror = mirror or Mirror(connect(url, read_only=True))  # tried again where the server was not there
            mirror.sync()
            if isinstance(message, Ask):
                _fork(mirror.quads, message, pipes[0], channel)
            else:
                _tell(pipes[0], Told(rows=len(mirror.quads)))
        except LuocdoError as error:
            _tell(pipes[0], Told(code=error.code, message=error.message))
        finally:
            os.close(pipes[0])


def _fed(message: Feed) -> Store:
    from graph.judgements import load  # noqa: PLC0415

    store = MemoryStore()
    store.write_many(iter(message.batches))
    store.adopt(load(message.judgements))
    return store


def _fork(quads: ox.Store, ask: Ask, pipe: int, channel: socket.socket) -> None:
    if os.fork():
        return
    try:
        channel.close()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, ask.seconds)
        _give_up_rights(ask)
        _tell(pipe, *_answer(quads, ask))
    finally:
        os._exit(0)  # nothing of the parent's is closed or flushed twice


def _give_up_rights(ask: Ask) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # no file, no socket
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # where the system does not know it, time alone is the limit
        most = _size() + ask.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


_STATM = os.open("/proc/self/statm", os.O_RDONLY) if os.path.exists("/proc/self/statm") else None


def _size() -> int:
    if _STATM is None:
        raise OSError
    return int(os.pread(_STATM, 100, 0).split()[0]) * resource.getpagesize()


def _answer(quads: ox.Store, ask: Ask) -> tuple[Told, bytes]:
    try:
        if not ask.checked:
            check_query(ask.query)
        seen: dict[str, Any] = {}
        if ask.graphs or ask.named:
            seen["default_graph"] = [ox.NamedNode(iri) for iri in ask.graphs]
            seen["named_graphs"] = [ox.NamedNode(iri) for iri in ask.named]
        answer: Any = quads.query(ask.query, **seen)
        done = written(answer, ask.accept, ask.rows)
    except SyntaxError as error:
        return Told(
            code="invalid_input", message=f"Câu truy vấn không đúng SPARQL: {error.msg}", line=error.lineno
        ), b""
    except LuocdoError as error:
        return Told(code=error.code, message=error.message), b""
    except MemoryError:
        return Told(code="limit_exceeded", message="Câu truy vấn cần quá nhiều bộ nhớ"), b""
    except (OSError, ValueError, RuntimeError) as error:
        return Told(code="invalid_input", message=f"Không trả lời được câu truy vấn: {error}"), b""
    if len(done.body) > ask.bytes:
        return Told(code="limit_exceeded", message=f"Câu trả lời lớn quá {ask.bytes} byte; hãy thêm LIMIT"), b""
    told = Told(media_type=done.media_type, rows=done.rows, truncated=done.truncated, size=len(done.body))
    return told, done.body


def _tell(pipe: int, told: Told, body: bytes = b"") -> None:
    head = _ENCODE.encode(told)
    data = memoryview(_LENGTH.pack(len(head)) + head + body)
    with contextlib.suppress(BrokenPipeError):  # whoever asked is gone
        while data:
            data = data[os.write(pipe, data) :]


def _exactly(channel: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = channel.recv(min(size, 1 << 20))
        if not part:
            raise InvalidInputError("phía gửi đã dừng giữa chừng")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))

"""Read files in a process of its own, which is killed when it takes too long and cannot take more memory than allowed.

The libraries that parse pdf, Word, workbooks and pictures are partly written in C: no exception reaches a loop in
there, and a fault there ends the process. So they run in a helper, without network where the system allows that, and
what comes back from it is data, never code. Helpers are kept for the next file; each thread that reads has its own.
"""

import contextlib
import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from loaders.formats import readers
from loaders.formats.limits import Limits
from loaders.formats.programs import offline
from loaders.formats.reading import Reading
from loaders.formats.refusal import refusal
from loaders.formats.sniff import Format

_LOG = logging.getLogger("luocdo.reading")
_GRACE = 5.0  # seconds beyond the limit, within which the helper should have stopped by itself
_JOBS = 200  # files that one helper reads: libraries leak
_IDLE = 4
_SWITCH = "LUOCDO_READ_APART"
_OURS = "LUOCDO_"
SIZE = 8  # bytes in front of each message that tell its length


class Job(msgspec.Struct, frozen=True):
    """What a helper is asked to read; ``environment`` are the settings of the product, which may have changed."""

    kind: Format
    data: bytes
    path: bytes
    limits: Limits
    pictures: bool
    environment: dict[str, str]


class Result(msgspec.Struct, frozen=True):
    """What a helper answers: a reading, or the reason of refusal with its facts, or where an error of ours arose."""

    reading: Reading | None = None
    reason: str = ""
    facts: dict[str, str | int | float] = {}
    fault: str = ""
    trace: str = ""


@dataclass(slots=True)
class _Helper:
    process: "subprocess.Popen[bytes]"
    jobs: int = 0
    killed: bool = field(default=False)

    def ask(self, message: bytes, seconds: float, most: int) -> bytes:
        """Send a message and wait for the answer; empty where the helper ended or was killed."""
        timer = threading.Timer(seconds, self.kill)
        timer.daemon = True
        timer.start()
        self.jobs += 1
        out, into = self.process.stdout, self.process.stdin
        assert out is not None and into is not None  # noqa: PT018, S101 - both are pipes
        try:
            into.write(len(message).to_bytes(SIZE, "big") + message)
            into.flush()
            size = int.from_bytes(out.read(SIZE), "big")
            answer = out.read(size) if size <= most else b""
            return answer if len(answer) == size else b""
        except BrokenPipeError:
            return b""
        finally:
            timer.cancel()

    def kill(self) -> None:
        self.killed = True
        self.process.kill()

    def end(self) -> int:
        """Stop the helper; gives how it ended."""
        self.process.kill()
        code = self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        return code


_idle: list[_Helper] = []
_lock = threading.Lock()
os.register_at_fork(after_in_child=_idle.clear)  # the helpers of another process are not ours


def read(kind: Format, data: bytes, path: Path, limits: Limits, *, pictures: bool = False) -> Reading:
    """Read a file as ``readers.read`` does, in another process; see there for arguments and errors.

    With ``LUOCDO_READ_APART=0`` the file is read in this process, for those who search for a fault.
    """
    if os.environ.get(_SWITCH) == "0":
        return readers.read(kind, data, path, limits, pictures=pictures)
    ours = {name: value for name, value in os.environ.items() if name.startswith(_OURS)}
    message = msgspec.msgpack.encode(Job(kind, data, os.fsencode(path), limits, pictures, ours))
    seconds = readers.seconds_for(kind, limits, pictures=pictures)
    answer, helper, code = _asked(_taken(), message, seconds, limits)
    if not answer and helper.jobs > 1 and not helper.killed:
        # A helper ends with the thread that started it, which may have been another one than ours: that is no fault of
        # the file. One that was started here has only this file to die of.
        answer, helper, code = _asked(_started(), message, seconds, limits)
    if answer:
        return _told(msgspec.msgpack.decode(answer, type=Result), path)
    if helper.killed:
        raise refusal(path, "too_slow", limit=seconds)
    raise refusal(path, "reader_died", cause=f"mã {code}")


def _asked(helper: _Helper, message: bytes, seconds: float, limits: Limits) -> tuple[bytes, _Helper, int]:
    """Ask a helper and give it back: its answer, empty where it ended, and how it ended."""
    answer = b""
    try:
        answer = helper.ask(message, seconds + _GRACE, 8 * limits.unpacked_bytes)
    finally:
        code = _given_back(helper, whole=bool(answer))
    return answer, helper, code


def _told(result: Result, path: Path) -> Reading:
    if result.reading is not None:
        return result.reading
    if result.fault:
        _LOG.error("%s: %s\n%s", path, result.fault, result.trace)
        raise refusal(path, "reader_failed", cause=result.fault)
    raise refusal(path, result.reason, **result.facts)


def _taken() -> _Helper:
    with _lock:
        while _idle:
            helper = _idle.pop()
            if helper.process.poll() is None:
                return helper
            helper.end()
    return _started()


def _given_back(helper: _Helper, *, whole: bool) -> int:
    with _lock:
        if whole and helper.jobs < _JOBS and len(_idle) < _IDLE and helper.process.poll() is None:
            _idle.append(helper)
            return 0
    return helper.end()


def _started() -> _Helper:
    places = [place or os.getcwd() for place in sys.path]
    code = f"import sys; sys.path[:] = {places!r}; from loaders.formats.helper import serve; serve()"
    process = subprocess.Popen(  # noqa: S603 - our own words
        [*offline(), sys.executable, "-I", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a key pressed at the terminal ends the product, and its end ends the helper
    )
    return _Helper(process)

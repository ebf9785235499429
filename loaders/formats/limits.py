"""Limits on what is read from one file, so that no file can stop a batch."""

import ctypes
import os
import re
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

from ontology.errors import InvalidInputError

_VARIABLE = "LUOCDO_LIMIT_"
_AMOUNT = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)([KMG]?)")
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; each has a variable ``LUOCDO_LIMIT_<NAME>`` and a name for ``--read-limit``.

    Attributes:
        bytes: Size of the file on disk.
        unpacked_bytes: Size of all that a packed file (docx, pdf) holds once unpacked.
        entries: Number of files in a packed file.
        ratio: Unpacked size over packed size, counted only beyond the first megabyte.
        characters: Length of the text that comes out.
        line: Length of the longest line, in characters.
        lines: Number of lines; each costs about a kilobyte while it is read, whatever stands on it.
        pages: Number of pages.
        seconds: Time to read one file.
        depth: Nesting of elements, tables or folders.
        ocr_pages: Number of scanned pages to recognise in one file.
        ocr_seconds: Time to recognise one file.
        page_seconds: Time to recognise one page.
        members: Number of documents in one archive.
        memory: Bytes of memory that a reader may take, together with the program that it calls.
    """

    bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    entries: int = 5_000
    ratio: float = 200.0
    characters: int = 16_000_000
    line: int = 16_000_000
    lines: int = 150_000
    pages: int = 2_000
    seconds: float = 120.0
    depth: int = 200
    ocr_pages: int = 200
    ocr_seconds: float = 1800.0
    page_seconds: float = 90.0
    members: int = 2_000
    memory: int = 2 * 1024 * 1024 * 1024

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Limits":
        """Read the limits that the environment sets; others have their defaults.

        Raises:
            InvalidInputError: A variable names no limit, or its value is no positive number.
        """
        env = os.environ if environ is None else environ
        set_ = {name[len(_VARIABLE) :].lower(): value for name, value in env.items() if name.startswith(_VARIABLE)}
        return cls().changed(set_)

    def changed(self, told: Mapping[str, str]) -> "Limits":
        """Give these limits with some set anew.

        Args:
            told: Names of limits with their values as people write them: ``"90"``, ``"1.5"``, ``"64M"``.

        Raises:
            InvalidInputError: A name is of no limit, or a value is no positive number.

        Example:
            >>> Limits().changed({"bytes": "2M", "seconds": "30"}).bytes
            2097152
        """
        whole = {field.name: isinstance(getattr(self, field.name), int) for field in fields(self)}
        new: dict[str, int | float] = {}
        for name, value in told.items():
            if name not in whole:
                known = ", ".join(whole)
                raise InvalidInputError(f"không có giới hạn nào tên là “{name}”", remedy=f"Các giới hạn: {known}")
            amount = _AMOUNT.fullmatch(value.strip().upper())
            number = float(amount[1]) * _UNITS[amount[2]] if amount else 0.0
            if number <= 0:
                raise InvalidInputError(f"giới hạn {name} phải là một số dương, không phải “{value}”", limit=name)
            new[name] = max(int(number), 1) if whole[name] else number
        return replace(self, **new)  # type: ignore[arg-type]

    @classmethod
    def for_upload(cls, base: "Limits | None" = None) -> "Limits":
        """What a file sent over the network may cost: it holds a thread of the server while someone waits."""
        own = base or cls()
        return replace(
            own,
            ocr_pages=min(own.ocr_pages, 10),
            ocr_seconds=min(own.ocr_seconds, 60.0),
            page_seconds=min(own.page_seconds, 30.0),
            members=0,
        )


DEFAULT_LIMITS = Limits()


class OutOfTimeError(BaseException):
    """Raised inside a reader that took too long; not an ``Exception``, so no library can swallow it."""


@contextmanager
def without_remarks() -> Iterator[None]:
    """Keep the warnings of a library about an odd file from the person at the screen, who can do nothing about them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop the code inside after some seconds, in whatever thread it runs.

    Signals reach only the main thread, and a reader also runs in the threads of the server; the parsers in question are
    pure Python, so an asynchronous exception reaches them between two byte codes.

    Args:
        seconds: How long the block may take.

    Raises:
        OutOfTimeError: The block took longer.
    """
    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    state = {"done": False, "fired": False}

    def fire() -> None:
        with lock:
            if not state["done"]:
                state["fired"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTimeError))

    timer = threading.Timer(seconds, fire)
    timer.daemon = True
    timer.start()
    arrived = False
    try:
        yield
    except OutOfTimeError:
        arrived = True
        raise
    finally:
        with lock:
            state["done"] = True
            if state["fired"] and not arrived:  # fired as the block ended: take it back
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
        timer.cancel()

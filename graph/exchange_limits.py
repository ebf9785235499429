"""Limits on what is imported, and what an import gives."""

import time
from dataclasses import dataclass

import msgspec

from graph.judgements import Judgement
from graph.store import Batch
from ontology.errors import InvalidInputError, LimitExceededError

_EVERY = 8192  # facts between two looks at the clock
_REMEDY = "Xuất lại tệp bằng `luocdo export` rồi thử lại."


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """What an imported file may cost.

    Attributes:
        bytes: Of the file, and of what is unpacked from it.
        facts: Triples or cells.
        seconds: For reading; writing into the store is not counted.
    """

    bytes: int = 1_000_000_000
    facts: int = 20_000_000
    seconds: float = 900.0


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What a file tells."""

    batches: tuple[Batch, ...]
    judgements: tuple[Judgement, ...] = ()


class Watch:
    """Counts facts against the limits.

    Args:
        file: Name that errors tell.
        limits: The limits.
    """

    def __init__(self, file: str, limits: ImportLimits) -> None:
        self._file = file
        self._limits = limits
        self._end = time.monotonic() + limits.seconds
        self._count = 0

    def step(self) -> None:
        """Count one fact.

        Raises:
            LimitExceededError: That was one too many, or it took too long.
        """
        self._count += 1
        if self._count > self._limits.facts:
            self._refuse(f"nhiều hơn {self._limits.facts} dữ kiện", "Nhập từng phần nhỏ hơn.")
        if self._count % _EVERY == 0 and time.monotonic() > self._end:
            self._refuse(f"đọc quá {self._limits.seconds:g} giây", "Nhập từng phần nhỏ hơn.")

    def weigh(self, size: int) -> None:
        """Refuse what is too large.

        Raises:
            LimitExceededError: It is.
        """
        if size > self._limits.bytes:
            self._refuse(f"lớn hơn {self._limits.bytes} byte", "Nhập từng phần nhỏ hơn.")

    def _refuse(self, why: str, remedy: str) -> None:
        raise LimitExceededError(f"{self._file}: {why}. {remedy}", file=self._file, reason=why, remedy=remedy)


def wrong(file: str, line: int | None, why: str) -> InvalidInputError:
    """Give the error for a file that is not as it must be."""
    at = f" dòng {line}" if line else ""
    return InvalidInputError(f"{file}{at}: {why}. {_REMEDY}", file=file, line=line, reason=why, remedy=_REMEDY)

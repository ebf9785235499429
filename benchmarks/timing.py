"""Times of a question asked of many things: the first time of each, and all."""

import gc
import time
from collections.abc import Callable, Sized
from typing import NamedTuple

ROUNDS = 5  # times that each thing is asked
_MOST = 8.0  # seconds for one question
_TAIL = 0.99


class Times(NamedTuple):
    """Milliseconds by the clock and (``cpu``) of the processor; ``cold`` the greatest of the first, ``rows`` the most.

    The two are alike where nothing else runs; on a busy machine the processor's tell what the work itself costs.
    """

    cold: float
    p50: float
    p99: float
    cpu50: float
    cpu99: float
    rows: int


def timed(questions: list[Callable[[], Sized]]) -> Times:
    """Ask each question some times, in turn."""
    gc.collect()
    first, found, spent = [], [], []
    rows = 0
    begun = time.perf_counter()
    for turn in range(ROUNDS):
        for question in questions:
            started, worked = time.perf_counter(), time.process_time()
            answer = question()
            spent.append((time.process_time() - worked) * 1e3)
            found.append((time.perf_counter() - started) * 1e3)
            if turn == 0:
                first.append(found[-1])
                rows = max(rows, len(answer))
        if time.perf_counter() - begun > _MOST:
            break
    return Times(max(first), *_ranked(found), *_ranked(spent), rows)


def _ranked(found: list[float]) -> tuple[float, float]:
    """Median, and 99 of 100."""
    ranked = sorted(found)
    return ranked[len(ranked) // 2], ranked[min(len(ranked) - 1, int(len(ranked) * _TAIL))]


def show(name: str, times: Times, beside: float | None = None, *, clock: bool = False) -> None:
    """Print one row; ``beside`` is our median that this one is divided by, of the processor or by the clock."""
    ratio = f"{(times.p50 if clock else times.cpu50) / beside:8.2f}x" if beside else ""
    told = f"{times.cold:9.1f}{times.p50:9.2f}{times.p99:9.1f}"
    print(f"{name:50}{told}{times.cpu50:9.2f}{times.cpu99:9.1f}{times.rows:9}{ratio}", flush=True)


HEAD = f"{'milliseconds':50}{'cold':>9}{'p50':>9}{'p99':>9}{'cpu p50':>9}{'cpu p99':>9}{'rows':>9}"

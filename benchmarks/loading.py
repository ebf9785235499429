"""Loads a made-up corpus in a process of its own and tells its cost: ``python -m benchmarks.loading URL SIZE``."""

import json
import resource
import sys
import time
from collections.abc import Iterator

from benchmarks.synthetic import documents
from graph.connect import connect
from graph.store import Batch

_TENTHS = 10


class Watched:
    """Documents on their way into a store, with the time that making them took and a clock at every tenth.

    Args:
        size: How many.
        made: They, where they are made already; where a store works while they are made, both times are one.
    """

    def __init__(self, size: int, made: list[Batch] | None = None) -> None:
        self.size = size
        self._made = made
        self.making = 0.0
        self.letters = 0
        self.clocks: list[tuple[float, float]] = []  # wall and CPU time of the store alone

    def __iter__(self) -> Iterator[Batch]:
        step = max(1, self.size // _TENTHS)
        made = iter(self._made or documents(self.size))
        for n in range(self.size):
            if n % step == 0:
                self._note()
            started = time.process_time()
            batch = next(made)
            self.making += time.process_time() - started
            self.letters += len(batch.text.encode())
            yield batch

    def _note(self) -> None:
        self.clocks.append((time.perf_counter() - self.making, time.process_time() - self.making))


def load(url: str, watched: Watched) -> dict[str, float]:
    """Load and give the figures."""
    store = connect(url)
    wall, cpu = time.perf_counter(), time.process_time()
    store.write_many(iter(watched))
    wall, cpu = (time.perf_counter() - wall, time.process_time() - cpu)
    store.close()
    steps = [b[1] - a[1] for a, b in zip(watched.clocks, watched.clocks[1:], strict=False)]
    return {
        "wall": wall - watched.making,
        "cpu": cpu - watched.making,
        "making": watched.making,
        "letters": watched.letters,
        "last_to_second": steps[-1] / steps[1] if len(steps) > 2 and steps[1] else 1.0,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def main(url: str, size: int) -> None:
    """Load and print the figures as JSON."""
    print(json.dumps(load(url, Watched(size))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

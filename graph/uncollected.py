"""Pauses the search for cycles where much is made that has none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for cycles: what is made in the block has none and goes by its counts.

    Rows and signs by the ten thousand are waiting while a store is written; to look through them again and again took
    one part in eight of the time. Where threads write at once, whichever paused the search resumes it.
    """
    resume = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resume:
            gc.enable()

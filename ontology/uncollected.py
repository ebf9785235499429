"""Pauses the search for cycles where much is made that has none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for cycles: what is made in the block has none and goes by its counts.

    The search took one part in twenty-five of the time while a document is read, one in eight while a store is written,
    with rows and signs by the ten thousand waiting. Where threads work at once, whichever paused it resumes it.
    """
    resume = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resume:
            gc.enable()

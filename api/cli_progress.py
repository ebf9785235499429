"""A bar on stderr that tells how far a long command is."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Tick = Callable[[int, int, str], None]  # done, total, path


def progress(label: str) -> AbstractContextManager[Tick | None]:
    """Give a callback that draws a bar on stderr; none where stderr is no terminal."""
    return _Bar(label) if sys.stderr.isatty() else nullcontext(None)


class _Bar:
    def __init__(self, label: str) -> None:
        from rich.console import Console  # noqa: PLC0415 - slow to import
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        self._bar = Progress(
            TextColumn(label),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[file]}"),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task(label, total=None, file="")

    def __enter__(self) -> Tick:
        self._bar.start()

        def tick(done: int, total: int, path: str) -> None:
            self._bar.update(self._task, completed=done, total=total, file=os.path.basename(path))

        return tick

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

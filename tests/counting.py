"""Work counted instead of timed: the same input always takes the same number of steps, on any machine."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """Count the lines of Python that a call executes.

    What the interpreter does inside one line (a regular expression, a copy) is not seen: ``make bench`` times that.
    """
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def grows_linearly(work: Callable[[int], object], size: int, times: int = 8) -> bool:
    """Whether ``times`` as much input takes at most one half more than ``times`` as many steps.

    Args:
        work: Does the work on an input of a given size; called once more before, so that caches are warm.
        size: The smaller input.
        times: How much larger the other is; quadratic work would take ``times`` as many steps again.
    """
    work(size)
    small, large = steps(lambda: work(size)), steps(lambda: work(size * times))
    return large <= 1.5 * times * small + 1000

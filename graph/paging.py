"""A part of a long answer that still tells how long the whole is: nothing is cut silently."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec import structs

from graph.results import ChainNode

T = TypeVar("T")


class Page(list[T]):
    """A slice of a list in its order; equal to a plain list of the same items.

    Attributes:
        total: How many items the whole list has.
        start: How many of them come before the first of the page.
    """

    __slots__ = ("start", "total")

    def __init__(self, items: Iterable[T] = (), *, total: int | None = None, start: int = 0) -> None:
        super().__init__(items)
        self.start = start
        self.total = start + len(self) if total is None else total

    @property
    def more(self) -> int:
        """How many items come after the page."""
        return max(0, self.total - self.start - len(self))


def slice_of(limit: int | None, offset: int) -> slice:
    """The range of a page; a negative number is none at all."""
    start = max(0, offset)
    return slice(start, None if limit is None else start + max(0, limit))


def page_of(items: Sequence[T], limit: int | None = None, offset: int = 0) -> Page[T]:
    """Cut a page out of a whole list."""
    return Page(items[slice_of(limit, offset)], total=len(items), start=max(0, offset))


def chain_page(root: ChainNode, limit: int | None, offset: int = 0) -> ChainNode:
    """Cut a page out of a whole tree: of its nodes, breadth first, those in the range and what leads to them.

    Example:
        >>> from graph.results import InstrumentRef
        >>> leaf = ChainNode(instrument=InstrumentRef(id="a", type=None, label="A"))
        >>> chain_page(structs.replace(leaf, children=(leaf, leaf, leaf)), 1).more
        2
    """
    order = [(root, -1)]
    for at, (node, _) in enumerate(order):
        order.extend((child, at) for child in node.children)
    kept = {0}
    for number in range(1, len(order))[slice_of(limit, offset)]:
        at = number
        while at not in kept:
            kept.add(at)
            at = order[at][1]
    below: dict[int, list[ChainNode]] = {}
    for at in sorted(kept, reverse=True):
        node, above = order[at]
        children = tuple(reversed(below.get(at, ())))
        shown = structs.replace(node, children=children, more=len(node.children) - len(children))
        below.setdefault(above, []).append(shown)
    return below[-1][0]

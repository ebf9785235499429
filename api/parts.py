"""A part of a long answer: which facts are given, how many there are, and a chain read no farther than needed."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from msgspec import structs

from api.answers import Answer, Item, backed, chain_items, chain_items_by_distance
from graph.paging import slice_of
from graph.results import ChainNode

SURE = 1000  # facts of a chain that are read to tell their number exactly


class Part(msgspec.Struct, frozen=True):
    """Which facts of an answer are wanted: ``limit`` of them (all where None) after the first ``offset``."""

    limit: int | None = None
    offset: int = 0

    @property
    def slice(self) -> slice:
        """The range in the whole list."""
        return slice_of(self.limit, self.offset)


WHOLE = Part()


class Chain(NamedTuple):
    """Facts of a part of a chain; ``total`` of them in all, or ``at_least`` so many."""

    items: list[Item]
    total: int
    at_least: bool


def cut(answer: Answer, part: Part) -> Answer:
    """Keep a part of the items of a whole answer, which still tells how many there are.

    Example:
        >>> answer = Answer(question="?", status="answered", items=tuple(Item(text=t, id=t) for t in "abc"))
        >>> shown = cut(answer, Part(1, 1))
        >>> [i.text for i in shown.items], shown.total, shown.offset
        (['b'], 3, 1)
    """
    if part == WHOLE:
        return answer
    return structs.replace(answer, items=answer.items[part.slice], total=answer.total, offset=part.offset)


def chain_part(question: Callable[[int | None], ChainNode], part: Part) -> Chain:
    """Ask for a chain as far as a part of its facts reaches.

    A chain of up to ``SURE`` documents is given as a person reads it, each followed by what carries it out, and counted
    exactly; of a longer one the nearest come first, so that the first pages are found without the rest.

    Args:
        question: Gives the chain with so many of its nearest documents, with all of them where None.
        part: Of the documents of the chain, each counted once.
    """
    tree = question(SURE)
    if not left_out(tree):
        items = list(backed(chain_items(tree)))
        return Chain(items[part.slice], len(items), at_least=False)
    wanted = None if part.limit is None else part.offset + part.limit + 1
    reach = SURE if wanted is None else max(wanted, SURE)
    while True:
        tree = question(None if wanted is None else reach)
        items, left = list(backed(chain_items_by_distance(tree))), left_out(tree)
        if wanted is None or not left or len(items) >= wanted:
            break
        reach *= 2  # many of the nearest were the same documents, reached on other ways
    direct = len(tree.children) + tree.more
    total = max(len(items), direct) if left else len(items)
    return Chain(items[part.slice], total, at_least=left > 0)


def left_out(chain: ChainNode) -> int:
    """How many documents a page of a chain leaves out right below those that it shows."""
    stack, left = [chain], 0
    while stack:
        node = stack.pop()
        left += node.more
        stack.extend(node.children)
    return left

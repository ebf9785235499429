"""Numbers in the SQLite store: who bears one, and of the thousands that do the few that can come first in a list.

A row of the table tells what the score of a node hangs on, so that most nodes need not be read: they are looked at in
the order of the best that they can be, until no other can come before those that are there (the threshold algorithm of
Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware", 2003, with one list).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from graph.asking.reading import UNDATED
from graph.backends.sqlite_days import day_number
from graph.finding import DEMOTED, Typed, score_number, score_of, years_in
from graph.nodes import Node
from ontology.symbols import fold_code

_PLAIN_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
_YEAR = 13 * 32  # see ``day_number``
_SOME = 64  # nodes read at once
_UNKNOWN = 0  # day of a row that does not tell what its node's score hangs on

Key = tuple[float, bool, int, int]  # greater score, exact, loaded, earlier: first
_FIRST: Key = (-1000.0, False, 0, 0)


class Numbered(NamedTuple):
    """That a node bears a number, with what its score hangs on: folded symbol, whether unloaded, day of its date.

    Day 0: the node says several things of itself and must be looked at.
    """

    num: int
    type: str
    symbol: str
    unloaded: int
    day: int
    node: int


def numbered(node: Node, at: int) -> set[Numbered]:
    """The rows of a node that has the integer ``at``."""
    told: dict[str, set[str]] = {"type": set(), "symbol": set(), "date": set(), "number": set()}
    for value in node.values:
        if value.property in told:
            told[value.property].add(value.value)
    years = years_in(told["number"])
    mixed = any(len(told[name]) > 1 for name in ("type", "symbol", "date"))
    mixed |= not years <= {(node.ref.date or "")[:4]}
    if mixed or not _PLAIN_DAY.match(node.ref.date or UNDATED):
        return {Numbered(num, "", "", 0, _UNKNOWN, at) for num in node.nums}
    symbol = fold_code(node.ref.symbol) if node.ref.symbol else ""
    day = day_number(node.ref.date or UNDATED)
    return {Numbered(num, node.ref.type or "", symbol, int(not node.ref.loaded), day, at) for num in node.nums}


def foremost(typed: Typed, rows: Iterable[Numbered], limit: int, read: Callable[[list[int]], list[Node]]) -> list[Node]:
    """Nodes among which are the first ``limit`` for what was typed, in any order.

    Args:
        typed: With a number.
        rows: All rows of the number.
        limit: How many will be shown.
        read: Gives nodes by their integers.
    """
    bounded = _bounded(typed, rows)
    nodes: list[Node] = []
    keys: list[Key] = []
    seen: set[int] = set()
    for bound, some in _parts(bounded):
        if len(keys) >= limit and sorted(keys)[:limit][-1:] < [bound]:
            break
        fresh = read(sorted({row.node for row in some} - seen))
        seen |= {row.node for row in some}
        nodes += fresh
        keys += [_key(typed, node) for node in fresh]
    return nodes + read(sorted(_rivals(typed, nodes, bounded) - seen))


def _parts(bounded: list[tuple[Key, Numbered]]) -> Iterator[tuple[Key, list[Numbered]]]:
    """Rows in order, some at a time, those of one bound never parted; with the bound of the first."""
    some: list[Numbered] = []
    first: Key | None = None
    for bound, alike in groupby(bounded, key=lambda b: b[0]):
        first = bound if first is None else first
        some += [row for _, row in alike]
        if len(some) >= _SOME:
            yield first, some
            some, first = [], None
    if first is not None:
        yield first, some


def _bounded(typed: Typed, rows: Iterable[Numbered]) -> list[tuple[Key, Numbered]]:
    """All rows, each with what its node cannot come before."""
    best: dict[tuple[str, str, bool], tuple[float, bool]] = {}
    found: list[tuple[Key, Numbered]] = []
    for row in rows:
        alike = (row.type, row.symbol, _told(typed, row))
        if alike not in best:
            symbols = [row.symbol] if row.symbol else []
            best[alike] = score_number(typed, types=(row.type,), symbols=symbols, told=alike[2])
        score, exact = best[alike]
        found.append(((-score, not exact, row.unloaded, row.day) if row.day != _UNKNOWN else _FIRST, row))
    found.sort()
    return found


def _told(typed: Typed, row: Numbered) -> bool:
    """Whether a row's day is the one that was typed, as far as one was."""
    if typed.date:
        return row.day == day_number(typed.date)
    return typed.year is None or row.day // _YEAR == typed.year


def _key(typed: Typed, node: Node) -> Key:
    """Where a node stands, at the worst: an open mention may have to give way to a document of its number."""
    score, exact = score_of(typed, node)
    open_ = exact and node.ref.date is None
    day = day_number(node.ref.date or UNDATED)
    return (-score + DEMOTED * open_, not exact or open_, int(not node.ref.loaded), day)


def _rivals(typed: Typed, nodes: list[Node], bounded: list[tuple[Key, Numbered]]) -> set[int]:
    """Dated instruments of the counters of open mentions that fit exactly: one of them may be what is mentioned."""
    open_ = {
        (node.ref.type or "", fold_code(node.ref.symbol or ""))
        for node in nodes
        if node.ref.date is None and score_of(typed, node)[1]
    }
    return {row.node for _, row in bounded if (row.type, row.symbol) in open_ and row.day != day_number(UNDATED)}

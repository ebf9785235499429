"""Parts of blocks that can be judged alone: one place and year, where no sign leaves its place or year open."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from graph.backends.sqlite_packing import hash64, listed, unpack_sign
from graph.periods import period_of
from graph.resolution import Cluster
from graph.statements import Sign

_HALF = (1 << 31) - 1

Spot = tuple[int, int]  # place and year of a sign; 0 where it may be of any


def spot_of(block: str, sign: Sign) -> Spot:
    """The place and year that bound what a sign can be one with.

    Two signs of a number are brought together, or told to be near, only within one place; and where both tell their
    period, only within one year. A year in the symbol that is not the year of the day leaves it open.
    """
    if not block.startswith("num|") or sign.jurisdiction is None:
        return 0, 0
    place = hash64(sign.jurisdiction) & _HALF or 1
    if period_of(sign) is None:
        return place, 0
    told = {str(sign.year or ""), (sign.date or "")[:4]} - {""}
    return place, int(told.pop()) if len(told) == 1 else 0


def spot_of_cluster(block: str, cluster: Cluster) -> Spot:
    """The spot that all signs of a cluster share, as far as they do."""
    spots = {spot_of(block, s) for s in cluster.signs}
    places = {place for place, _ in spots}
    if len(places) > 1:
        return 0, 0
    years = {year for _, year in spots}
    return places.pop(), years.pop() if len(years) == 1 else 0


@dataclass
class Scope:
    """Signs that are judged together, and the clusters that they made before: (id, node, digest, series) by key."""

    block: str
    signs: list[Sign] = field(default_factory=list)
    old: dict[int, tuple[int, int | None, int, int | None]] = field(default_factory=dict)


class Scopes:
    """Reads the parts of blocks that a write touched.

    Args:
        db: Connection inside a write transaction.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def read(self, whole: set[str], spots: set[tuple[str, int, int]]) -> list[Scope]:
        """Give the scopes of blocks touched as a whole and of blocks touched at some spots; forget unused signs."""
        keys = {hash64(block): block for block in (*whole, *(block for block, *_ in spots))}
        parts = self._parts({hash64(b) for b in whole}, {(hash64(b), p, y) for b, p, y in spots})
        found = {part: Scope(keys[part[0]]) for part in sorted(parts)}
        dead = []
        for part, at, uses, data in self._rows_of("sign", "s.id, s.uses, s.data", parts):
            if uses > 0:
                found[part].signs.append(unpack_sign(data))
            else:
                dead.append((at,))
        self.db.executemany("DELETE FROM sign WHERE id = ?", dead)
        for part, key, *row in self._rows_of("cluster", "s.key, s.id, s.node, s.digest, s.series", parts):
            found[part].old[key] = tuple(row)
        return sorted(found.values(), key=lambda s: s.block)

    def around(self, clusters: Iterable[int]) -> list[tuple[Scope, dict[int, int]]]:
        """The scopes of clusters as they stand, with the integers of their clusters by key."""
        sql = "SELECT DISTINCT c.block, c.place, c.year FROM json_each(?) j CROSS JOIN cluster c ON c.id = j.value"
        rows = self.db.execute(sql, (listed(clusters),)).fetchall()
        parts = self._parts({b for b, place, _ in rows if not place}, set(rows))
        found = {part: Scope("") for part in parts}
        for part, data in self._rows_of("sign", "s.data", parts, "AND s.uses > 0"):
            found[part].signs.append(unpack_sign(data))
        for part, key, at in self._rows_of("cluster", "s.key, s.id", parts):
            found[part].old[key] = (at, None, 0, None)
        return [(scope, {key: row[0] for key, row in scope.old.items()}) for _, scope in sorted(found.items())]

    def _parts(self, whole: set[int], spots: set[tuple[int, int, int]]) -> set[tuple[int, int | None, int | None]]:
        """What must be judged: a block where a sign is of no place, a place where one is of no year, else the spot."""
        whole |= {b for b, place, _ in spots if not place}
        some = {b for b, *_ in spots} - whole
        sql = (
            "SELECT DISTINCT s.block, s.place FROM json_each(?) j CROSS JOIN sign s"
            " ON s.block = json_extract(j.value, '$[0]') AND s.place = json_extract(j.value, '$[1]') AND s.year = 0"
        )
        whole |= {b for b, _ in self.db.execute(sql, (listed((b, 0) for b in some),))}
        left = {(b, p, y) for b, p, y in spots if b not in whole}
        open_ = {(b, p) for b, p, y in left if not y}
        open_ |= set(self.db.execute(sql, (listed({(b, p) for b, p, _ in left} - open_),)))
        return {
            *((b, None, None) for b in whole),
            *((b, p, None) for b, p in open_),
            *((b, p, y) for b, p, y in left if (b, p) not in open_),
        }

    def _rows_of(
        self, table: str, columns: str, parts: set[tuple[int, int | None, int | None]], and_: str = ""
    ) -> Iterable[Any]:  # SQLite's own types are what rows hold
        for width, names in ((1, ("block",)), (2, ("block", "place")), (3, ("block", "place", "year"))):
            some = [p for p in parts if sum(v is not None for v in p) == width]
            if not some:
                continue
            on = " AND ".join(f"s.{name} = json_extract(j.value, '$[{n}]')" for n, name in enumerate(names))
            sql = f"SELECT j.value, {columns} FROM json_each(?) j CROSS JOIN {table} s ON {on} {and_}"  # noqa: S608 - fixed
            for raw, *row in self.db.execute(sql, (listed(p[:width] for p in some),)).fetchall():
                part = msgspec.json.decode(raw)
                yield (tuple([*part, None, None][:3]), *row)

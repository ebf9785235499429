"""Who carries out whom, node by node: what the statements come to, ordered as chains show it.

An edge stands twice, at either end, so that the first of tens of thousands are read without the rest. ``carry`` is the
rank of the strongest statement between the two; ``day`` orders the other end, ``own`` remembers the day of this one.
"""

from collections.abc import Iterable
from typing import Any

from graph.asking.reading import UNDATED
from graph.backends.sqlite_days import day_number
from graph.backends.sqlite_nodes import NodeRows
from graph.backends.sqlite_packing import listed
from graph.backends.sqlite_rows import Writer

_Edge = tuple[int, int, int, int, int]  # node, other, carry, day of the other, own day


class Edges:
    """Edges of one settling.

    Args:
        writer: With the subjects of statements that came or went.
    """

    def __init__(self, writer: Writer) -> None:
        self.db = writer.db
        self._touched = writer.touched

    def settle(self, nodes: NodeRows, moved: list[int]) -> None:
        """Bring edges up to date after signs moved to other nodes, nodes went or got another date."""
        subjects = self._touched.subject_nodes | nodes.gone | nodes.dated | nodes.left
        subjects |= self._nodes_of(self._touched.subjects)
        ends = {*moved, *self._signs_of(nodes.dated)}
        subjects |= self._stating("r.subject = j.value", ends) | self._stating("r.object = j.value", ends)
        old, new = self._standing(subjects), self._stated(subjects)
        gone, fresh = (
            [
                *((node, 1, carry, day, other, own) for node, other, carry, day, own in some),
                *((other, 0, carry, own, node, None) for node, other, carry, _, own in some),
            ]
            for some in (old - new, new - old)
        )
        sql = "DELETE FROM edge WHERE node = ? AND up = ? AND carry = ? AND day = ? AND other = ?"
        self.db.executemany(sql, sorted(row[:5] for row in gone))
        fresh.sort(key=lambda row: row[:5])
        self.db.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?)", fresh)

    def _standing(self, subjects: Iterable[int]) -> set[_Edge]:
        sql = (
            "SELECT e.node, e.other, e.carry, e.day, e.own FROM json_each(?) j"
            " CROSS JOIN edge e ON e.node = j.value AND e.up = 1"
        )
        return set(self._rows(sql, subjects))

    def _stated(self, subjects: Iterable[int]) -> set[_Edge]:
        sql = (
            "SELECT s.node, o.node, min(r.carry), t.date, f.date FROM json_each(?) j"
            " CROSS JOIN node f ON f.id = j.value CROSS JOIN sign s ON s.node = f.id"
            " CROSS JOIN relation r ON r.subject = s.id AND r.carry IS NOT NULL"
            " CROSS JOIN sign o ON o.id = r.object CROSS JOIN node t ON t.id = o.node"
            " WHERE s.node <> o.node GROUP BY s.node, o.node"
        )
        return {
            (node, other, carry, day_number(day or UNDATED), day_number(own or UNDATED))
            for node, other, carry, day, own in self._rows(sql, subjects)
        }

    def _stating(self, on: str, signs: Iterable[int]) -> set[int]:
        """Nodes whose statements have one of the signs at an end."""
        sql = (
            f"SELECT DISTINCT s.node FROM json_each(?) j CROSS JOIN relation r ON {on} AND r.carry IS NOT NULL"  # noqa: S608 - fixed
            " CROSS JOIN sign s ON s.id = r.subject"
        )
        return {node for (node,) in self._rows(sql, signs)}

    def _nodes_of(self, signs: Iterable[int]) -> set[int]:
        sql = "SELECT DISTINCT s.node FROM json_each(?) j CROSS JOIN sign s ON s.id = j.value"
        return {node for (node,) in self._rows(sql, signs)}

    def _signs_of(self, nodes: Iterable[int]) -> set[int]:
        sql = "SELECT s.id FROM json_each(?) j CROSS JOIN sign s ON s.node = j.value"
        return {sign for (sign,) in self._rows(sql, nodes)}

    def _rows(self, sql: str, values: Iterable[int]) -> list[Any]:  # SQLite's own types are what rows hold
        given = sorted(values)
        return self.db.execute(sql, (listed(given),)).fetchall() if given else []

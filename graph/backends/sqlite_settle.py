"""Incremental identity in the SQLite store: redo the blocks that a write touched, and what hangs on them."""

import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from graph.backends.sqlite_rows import insert_node, listed
from graph.nodes import Node, Peer, node_of
from graph.resolution import Cluster, Link, clusters_of, components, keys_of, links_of, series_of
from graph.statements import Sign


def settle(db: sqlite3.Connection, blocks: set[str]) -> None:
    """Bring clusters, links and nodes up to date after the signs of some blocks, or who uses them, changed.

    The result is what a resolution of all signs would give: clusters depend on their block, links on the clusters of
    their key, nodes on linked clusters, and a disputed number also on the other numbers of its counter.
    """
    _Settling(db).run(blocks)


class _Settling:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.affected: set[str] = set()
        self.stale: set[str] = set()  # nodes to be made anew

    def run(self, blocks: set[str]) -> None:
        keys: set[str] = set()
        series: set[str] = set()
        for block in sorted(blocks):
            keys |= self._block(block, series)
        for key in sorted(keys):
            self._key(key)
        for row in self._rows("SELECT a, b FROM link WHERE series IN (SELECT value FROM json_each(?))", listed(series)):
            self.affected.update(row)
        self._nodes()

    def _block(self, block: str, series: set[str]) -> set[str]:
        self.db.execute(
            "DELETE FROM sign WHERE block = ? AND NOT EXISTS (SELECT 1 FROM mention WHERE mention.sign = sign.id)",
            (block,),
        )
        old = self._clusters("SELECT data, node FROM cluster WHERE block = ?", block, stale=True)
        signs = [
            msgspec.json.decode(d, type=Sign) for (d,) in self._rows("SELECT data FROM sign WHERE block = ?", block)
        ]
        new = clusters_of(block, signs)
        self.db.execute("DELETE FROM cluster_key WHERE cluster IN (SELECT id FROM cluster WHERE block = ?)", (block,))
        self.db.execute("DELETE FROM cluster WHERE block = ?", (block,))
        keys = {k for c in old for k in keys_of(c)}
        for cluster in new:
            mine = keys_of(cluster)
            keys |= mine
            self.db.execute(
                "INSERT INTO cluster VALUES (?, ?, ?, ?, ?, NULL)",
                (cluster.id, block, series_of(cluster), cluster.date, msgspec.json.encode(cluster).decode()),
            )
            self.db.executemany("INSERT INTO cluster_key VALUES (?, ?)", [(k, cluster.id) for k in sorted(mine)])
        series.update(s for c in (*old, *new) if (s := series_of(c)))
        self.affected.update(c.id for c in (*old, *new))
        return keys

    def _key(self, key: str) -> None:
        self.affected.update(i for row in self._rows("SELECT a, b FROM link WHERE key = ?", key) for i in row)
        self.db.execute("DELETE FROM link WHERE key = ?", (key,))
        members = self._clusters(
            "SELECT c.data, c.node FROM cluster_key k JOIN cluster c ON c.id = k.cluster WHERE k.key = ?", key
        )
        by_id = {c.id: c for c in members}
        for link in links_of(key, members, self._together):
            self.affected.update((link.a, link.b))
            counter = series_of(by_id[link.a]) if link.kind == "number" else None
            data = msgspec.json.encode(link).decode()
            self.db.execute("INSERT INTO link VALUES (?, ?, ?, ?, ?)", (key, link.a, link.b, counter, data))

    def _nodes(self) -> None:
        todo, seen = list(self.affected), set(self.affected)
        links: dict[tuple[str, str, str], Link] = {}
        while todo:
            at = todo.pop()
            for (data,) in self._rows(
                "SELECT data FROM link WHERE a = ?1 UNION SELECT data FROM link WHERE b = ?1", at
            ):
                link = msgspec.json.decode(data, type=Link)
                links[link.key, link.a, link.b] = link
                for other in {link.a, link.b} - seen:
                    seen.add(other)
                    todo.append(other)
        clusters = self._clusters(
            "SELECT data, node FROM cluster WHERE id IN (SELECT value FROM json_each(?))", listed(seen), stale=True
        )
        self._drop_nodes()
        for members, used in components(clusters, links.values()):
            weights = self._weights([s.id for c in members for s in c.signs])
            node = node_of(members, used, lambda s, w=weights: w.get(s, 0), self._peers)  # type: ignore[misc]
            self._keep(node, members)

    def _drop_nodes(self) -> None:
        for table, column in (("node", "id"), ("alias", "node"), ("number", "node"), ("word", "id")):
            self.db.execute(
                f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608 - fixed names
                (listed(self.stale),),
            )

    def _keep(self, node: Node, members: list[Cluster]) -> None:
        insert_node(self.db, node)
        self.db.execute(
            "UPDATE sign SET node = ? WHERE id IN (SELECT value FROM json_each(?))", (node.id, listed(node.signs))
        )
        self.db.execute(
            "UPDATE cluster SET node = ? WHERE id IN (SELECT value FROM json_each(?))",
            (node.id, listed(c.id for c in members)),
        )

    def _clusters(self, sql: str, value: str, *, stale: bool = False) -> list[Cluster]:
        """Clusters of a query; on demand the nodes that they stood in are marked as stale."""
        rows = self._rows(sql, value)
        if stale:
            self.stale.update(node for _, node in rows if node)
        return [msgspec.json.decode(data, type=Cluster) for data, _ in rows]

    def _together(self, a: Cluster, b: Cluster) -> bool:
        some = "SELECT 1 FROM mention n WHERE n.sha = m.sha AND n.sign IN (SELECT value FROM json_each(?2))"
        sql = f"SELECT 1 FROM json_each(?1) j JOIN mention m ON m.sign = j.value WHERE EXISTS ({some}) LIMIT 1"  # noqa: S608 - fixed text
        return bool(self._rows(sql, listed(s.id for s in a.signs), listed(s.id for s in b.signs)))

    def _weights(self, signs: list[str]) -> dict[str, int]:
        sql = (
            "SELECT sign, count(DISTINCT sha) FROM json_each(?) j JOIN mention ON mention.sign = j.value GROUP BY sign"
        )
        return dict(self._rows(sql, listed(signs)))

    def _peers(self, series: str) -> Iterable[Peer]:
        for day, data in self._rows("SELECT day, data FROM cluster WHERE series = ? AND day IS NOT NULL", series):
            cluster = msgspec.json.decode(data, type=Cluster)
            yield from sorted({(day, s.num) for s in cluster.signs if s.num is not None})

    def _rows(self, sql: str, *values: str) -> list[Any]:
        return self.db.execute(sql, values).fetchall()

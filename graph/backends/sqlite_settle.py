"""Incremental identity in the SQLite store: redo what a write touched, and what hangs on it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from graph.backends.sqlite_edges import Edges
from graph.backends.sqlite_judged import JudgedForms
from graph.backends.sqlite_neighbours import Neighbours
from graph.backends.sqlite_nodes import NodeRows
from graph.backends.sqlite_packing import hash64, listed, sign_key
from graph.backends.sqlite_remembered import Judged, Remembered
from graph.backends.sqlite_rows import Writer
from graph.backends.sqlite_scopes import Scope, Scopes, spot_of_cluster
from graph.nodes import Peer, node_of
from graph.resolution import (
    MOST_OF_A_DAY,
    Cluster,
    Link,
    block_of,
    clusters_of,
    components,
    links_of,
    may_be_one,
    number_link,
    series_of,
    sole_pairs,
)

_JUDGED = 2  # "live" of links that judgements make: no evidence makes or unmakes them
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def settle(writer: Writer, remembered: Remembered) -> None:
    """Bring clusters, links, nodes and edges up to date after signs, or who uses them, changed.

    The result is what a resolution of all signs would give: clusters depend on the signs of their scope, links on the
    clusters of their key, nodes on linked clusters, and a disputed number also on the other numbers of its counter.
    """
    writer.flush()
    _Settling(writer, remembered).run()


class _Settling:
    def __init__(self, writer: Writer, remembered: Remembered) -> None:
        self.db: sqlite3.Connection = writer.db
        self.touched = writer.touched
        self.nodes = NodeRows(writer)
        self.edges = Edges(writer)
        self.scopes = Scopes(writer.db)
        self.known: dict[int, Judged] = remembered.clusters
        self.affected: set[int] = set()  # clusters
        self.keys: dict[int, set[int]] = {}  # key -> clusters that are new or changed
        self.series: set[int] = set()
        self._inserts: list[tuple[Any, ...]] = []
        self._next = self._rows("SELECT coalesce(max(id), 0) + 1 FROM cluster")[0][0]

    def run(self) -> None:
        judged = JudgedForms(self.db)
        tied = self._tied(judged)
        self.ruled = judged.rulings()
        # all that goes first: a document that is read anew may have the same cluster in another scope
        found = [(scope, self._judge(scope)) for scope in self.scopes.read(tied, self.touched.spots)]
        told = [c for scope, clusters in found for c in self._place(scope, clusters, tied)]
        self._write_clusters()
        self._used()
        self._keys()
        self._rule(judged, told)
        if self.series:
            sql = "SELECT a, b FROM link WHERE live AND series IN (SELECT value FROM json_each(?))"
            for row in self._rows(sql, listed(self.series)):
                self.affected.update(row)
        self._nodes()

    def _tied(self, judged: JudgedForms) -> set[str]:
        """Blocks that judgements were made about or tie to those touched: they are judged anew as wholes."""
        touched = self.touched.blocks | {block for block, *_ in self.touched.spots}
        widened = judged.widen(touched, self.touched.signs)
        spoken = set()
        if judged.records:
            sql = "SELECT DISTINCT s.block FROM judged j JOIN sign s ON s.id = j.sign"
            spoken = {block for (block,) in self._rows(sql)}
        return self.touched.blocks | (widened - touched) | {b for b in widened if hash64(b) in spoken}

    # -- stage 1 ----------------------------------------------------------------------------------------------------
    def _judge(self, scope: Scope) -> list[Cluster]:
        """Judge a scope anew and forget the clusters that it no longer has."""
        clusters = list(clusters_of(scope.block, scope.signs, self.ruled))
        self.series.update(series for *_, series in scope.old.values() if series is not None)
        for iri in scope.old.keys() - {hash64(c.id) for c in clusters}:
            at, node, *_ = scope.old.pop(iri)
            self._keyed({at: set()})
            self.known.pop(at, None)
            self._stale(node)
            self.db.execute("DELETE FROM cluster WHERE id = ?", (at,))
        return clusters

    def _place(self, scope: Scope, clusters: list[Cluster], tied: set[str]) -> list[Cluster]:
        """Keep the clusters of a scope; gives those of which a judgement may speak."""
        whole = scope.block in tied
        changed: dict[int, set[int]] = {}
        for cluster in clusters:
            iri, digest = hash64(cluster.id), _digest(cluster)
            at, node, old, _ = scope.old.get(iri, (None, None, None, None))
            if at is not None and old == digest and not whole:
                continue
            counter = series_of(cluster)
            counted = hash64(counter) if counter else None
            num = min((s.num for s in cluster.signs if s.num is not None), default=None)
            values = (*spot_of_cluster(scope.block, cluster), digest, counted, cluster.date, num)
            if counted is not None:
                self.series.add(counted)
            if at is None:
                at, self._next = self._next, self._next + 1
                self._inserts.append((at, iri, hash64(scope.block), *values))
            else:
                sql = "UPDATE cluster SET (place, year, digest, series, day, num) = (?, ?, ?, ?, ?, ?) WHERE id = ?"
                self.db.execute(sql, (*values, at))
            judged = self.known[at] = Judged(cluster, at)
            self.affected.add(at)
            self._stale(node)
            changed[at] = set(judged.keys)
        self._keyed(changed, fresh=not scope.old)
        return clusters if whole else []

    def _write_clusters(self) -> None:
        columns = "id, key, block, place, year, digest, series, day, num"
        sql = f"INSERT INTO cluster ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - fixed names
        self.db.executemany(sql, self._inserts)
        self._inserts.clear()

    def _keyed(self, keys_of_clusters: dict[int, set[int]], *, fresh: bool = False) -> None:
        if not keys_of_clusters:
            return
        sql = "SELECT k.key, k.cluster FROM json_each(?) j CROSS JOIN cluster_key k ON k.cluster = j.value"
        old = set() if fresh else set(self._rows(sql, listed(keys_of_clusters)))
        new = {(key, at) for at, keys in keys_of_clusters.items() for key in keys}
        gone = sorted(old - new)
        if gone:
            self.db.executemany("DELETE FROM cluster_key WHERE key = ? AND cluster = ?", gone)
            for key, at in gone:
                self._unlink(key, at)
        self.db.executemany("INSERT INTO cluster_key VALUES (?, ?)", sorted(new - old))
        for key, at in new:
            self.keys.setdefault(key, set()).add(at)

    def _unlink(self, key: int, cluster: int) -> None:
        rows = self._rows("SELECT a, b FROM link WHERE key = ?1 AND (a = ?2 OR b = ?2)", key, cluster)
        self.affected.update(at for row in rows for at in row if at != cluster)
        self.db.execute("DELETE FROM link WHERE key = ?1 AND (a = ?2 OR b = ?2)", (key, cluster))
        self.keys.setdefault(key, set())

    def _used(self) -> None:
        """Signs that more documents use: their weight may prefer another claim, and who cites two tells them apart."""
        sql = "SELECT DISTINCT s.node FROM json_each(?) j JOIN sign s ON s.id = j.value WHERE s.node IS NOT NULL"
        nodes = listed(node for (node,) in self._rows(sql, listed(self.touched.signs)))
        sql = "SELECT j.value, count(*) FROM json_each(?) j CROSS JOIN sign s ON s.node = j.value GROUP BY 1"
        many = {node for node, signs in self._rows(sql, nodes) if signs > 1}
        sql = "SELECT c.node, c.id FROM json_each(?) j CROSS JOIN cluster c ON c.node = j.value"
        rows = self._rows(sql, nodes)
        self.affected.update(at for node, at in rows if node in many)
        self.nodes.stale |= many
        # what people judged stands by itself
        for key, at, _ in self._links((at for _, at in rows), "k, a, b", "live < 2"):
            self.keys.setdefault(key, set()).add(at)

    def _links(self, clusters: Iterable[int], what: str, where: str) -> list[tuple[Any, ...]]:
        """Links at some clusters, each as "a" the cluster and "b" the other end."""
        if not self._rows("SELECT 1 FROM link LIMIT 1"):
            return []
        sides = (
            f"SELECT {what} FROM json_each(?1) j"  # noqa: S608 - fixed names
            f" CROSS JOIN (SELECT l.key AS k, {ends}, live, data FROM link l) ON a = j.value WHERE {where}"
            for ends in ("a, b", "b AS a, a AS b")
        )
        return self._rows(" UNION ".join(sides), listed(sorted(set(clusters))))

    def _stale(self, node: int | None) -> None:
        if node is not None:
            self.nodes.stale.add(node)

    # -- stage 2 ----------------------------------------------------------------------------------------------------
    def _keys(self) -> None:
        asked = listed(sorted(self.keys))
        members: dict[int, list[int]] = defaultdict(list)
        sql = "SELECT k.key, k.cluster FROM json_each(?) j CROSS JOIN cluster_key k ON k.key = j.value"
        for key, at in self._rows(sql, asked):
            members[key].append(at)
        old: dict[int, list[tuple[int, int]]] = defaultdict(list)
        sql = "SELECT l.key, l.a, l.b FROM json_each(?) j CROSS JOIN link l ON l.key = j.value"
        for key, a, b in self._rows(sql, asked):
            old[key].append((a, b))
        some = {key: members[key] for key in sorted(self.keys) if len(members[key]) > 1 or old[key]}
        if not self.touched.deleted:
            linked = {key: self.keys[key].union(*old[key]) & set(given) for key, given in some.items()}
            self._judged(at for clusters in linked.values() for at in clusters)
            some = Neighbours(self.db, self.known).narrowed(some, linked, self.keys)
        self._judged(at for clusters in some.values() for at in clusters)
        for key, clusters in some.items():
            self._key(key, clusters, old[key])

    def _key(self, key: int, members: list[int], old: list[tuple[int, int]]) -> None:
        self.affected.update(at for row in old for at in row)
        judged = self._judged(members)
        text = judged[0].keys[key] if judged else ""
        if text.startswith("law|") or not judged:
            links = links_of(text, [j.cluster for j in judged], self._together) if judged else []
            pairs = {(k.a, k.b): k for k in links}
            live = set(pairs)
        else:
            pairs = self._pairs(text, key, judged, old)
            live = set(sole_pairs(pairs))
        if old:
            self.db.execute("DELETE FROM link WHERE key = ?", (key,))
        by_iri = {j.cluster.id: j for j in judged}
        for (a, b), link in pairs.items():
            one, two = by_iri[a], by_iri[b]
            self.affected.update((one.at, two.at))
            counter = series_of(one.cluster) if link.kind == "number" else None
            counted = hash64(counter) if counter else None
            data = msgspec.json.encode(link).decode()
            values = (key, one.at, two.at, counted, (a, b) in live, data)
            self.db.execute("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)", values)

    def _pairs(self, text: str, key: int, judged: list[Judged], old: list[Any]) -> dict[tuple[str, str], Link]:
        """Pairs that may be one: those of clusters that changed are judged anew, the others stand."""
        told = sorted((j for j in judged if j.titles), key=lambda j: j.cluster.id)
        if len(told) > MOST_OF_A_DAY:
            return {}
        by_at = {j.at: j for j in told}
        fresh = set(by_at) if self.touched.deleted else self.keys[key]
        kept = [(by_at[a], by_at[b]) for a, b in old if {a, b} <= set(by_at) and not {a, b} & fresh]
        tried = [
            (a, b) if a.cluster.id < b.cluster.id else (b, a)
            for a in told
            if a.at in fresh
            for b in told
            if b.at != a.at and (b.at not in fresh or a.cluster.id < b.cluster.id)
        ]
        found = [(a, b) for a, b in tried if may_be_one(a.cluster, a.titles, b.cluster, b.titles, self._together)]
        return {
            (a.cluster.id, b.cluster.id): number_link(text, a.cluster, b.cluster)
            for a, b in sorted((*kept, *found), key=lambda p: (p[0].cluster.id, p[1].cluster.id))
        }

    # -- judgements ---------------------------------------------------------------------------------------------------
    def _rule(self, judged: JudgedForms, clusters: list[Cluster]) -> None:
        """Make the links that judgements ask for anew; the clusters that they speak of are among those given."""
        gone = listed(sorted(hash64(key) for key in judged.keys))
        rows = self._rows("SELECT l.a, l.b FROM json_each(?) j CROSS JOIN link l ON l.key = j.value", gone)
        self.affected.update(at for row in rows for at in row)
        self.db.execute("DELETE FROM link WHERE key IN (SELECT value FROM json_each(?))", (gone,))
        if not self.ruled:
            return
        at_of = {self.known[at].cluster.id: at for at in self.affected if at in self.known}
        for link in self.ruled.links(clusters):
            a, b = at_of[link.a], at_of[link.b]
            values = (hash64(link.key), a, b, None, _JUDGED, msgspec.json.encode(link).decode())
            self.db.execute("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)", values)

    # -- nodes ------------------------------------------------------------------------------------------------------
    def _nodes(self) -> None:
        seen, links = self._linked()
        judged = {j.cluster.id: j for j in self._judged(seen)}
        self.nodes.load(j.at for j in judged.values())
        weights = self.nodes.signs(sign_key(s.id) for j in judged.values() for s in j.cluster.signs)
        found = []
        for members, used in components((j.cluster for j in judged.values()), links, self.ruled):
            node = node_of(members, used, lambda s: weights.get(sign_key(s), 0), self._peers, self.ruled)
            found.append((node, [judged[c.id].at for c in members]))
        moved = self.nodes.keep(found)
        self.edges.settle(self.nodes, moved)

    def _linked(self) -> tuple[set[int], list[Link]]:
        """All clusters that live links tie to those affected, with the links."""
        seen, level = set(self.affected), set(self.affected)
        links: dict[tuple[str, str, str], Link] = {}
        while level:
            following = set()
            for a, b, data in self._links(level, "a, b, data", "live"):
                link = msgspec.json.decode(data, type=Link)
                links[link.key, link.a, link.b] = link
                following |= {a, b} - seen
            seen |= following
            level = following
        return seen, list(links.values())

    def _judged(self, clusters: Iterable[int]) -> list[Judged]:
        """Clusters by their integers; what is not remembered is worked out again from its scope."""
        wanted = set(clusters)
        missing = [at for at in wanted if at not in self.known]
        for scope, at_of in self.scopes.around(missing) if missing else []:
            for cluster in clusters_of(block_of(scope.signs[0]), scope.signs, self.ruled):
                at = at_of[hash64(cluster.id)]
                self.known.setdefault(at, Judged(cluster, at))
        return [self.known[at] for at in sorted(wanted) if at in self.known]

    def _together(self, a: Cluster, b: Cluster) -> bool:
        sql = (
            "SELECT 1 FROM json_each(?1) j JOIN sign s ON s.key = j.value JOIN mention m ON m.sign = s.id"
            " WHERE EXISTS (SELECT 1 FROM mention n JOIN sign t ON t.id = n.sign"
            " WHERE n.doc = m.doc AND t.key IN (SELECT value FROM json_each(?2))) LIMIT 1"
        )
        keys = [listed(sign_key(s.id) for s in c.signs) for c in (a, b)]
        return bool(self._rows(sql, *keys))

    def _peers(self, series: str) -> Iterable[Peer]:
        sql = "SELECT day, num FROM cluster WHERE series = ? AND day IS NOT NULL AND num IS NOT NULL"
        yield from self._rows(sql, hash64(series))

    def _rows(self, sql: str, *values: Any) -> list[Any]:  # SQLite's own types are what rows hold
        return self.db.execute(sql, values).fetchall()


def _digest(cluster: Cluster) -> int:
    return hash64(_ENCODER.encode(cluster).hex())

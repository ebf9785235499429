"""Incremental identity in the SQLite store: redo the blocks that a write touched, and what hangs on them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec

from graph.backends.sqlite_judged import JudgedForms
from graph.backends.sqlite_nodes import NodeRows
from graph.backends.sqlite_packing import hash64, listed, sign_id, sign_key
from graph.backends.sqlite_rows import Writer
from graph.nodes import Peer, node_of
from graph.resolution import (
    MOST_OF_A_DAY,
    Cluster,
    Link,
    block_of,
    clusters_of,
    components,
    keys_of,
    links_of,
    may_be_one,
    number_link,
    series_of,
    sole_pairs,
    telling_titles,
)
from graph.statements import Sign

_SIGN = msgspec.msgpack.Decoder(Sign)
_MOST = 50_000  # clusters that a writer remembers
_JUDGED = 2  # "live" of links that judgements make: no evidence makes or unmakes them


class Judged:
    """A cluster with what stage 2 asks of it, worked out once."""

    def __init__(self, cluster: Cluster, at: int) -> None:
        self.cluster = cluster
        self.at = at

    @cached_property
    def keys(self) -> dict[int, str]:
        """Keys of stage 2 by their hashes."""
        return {hash64(k): k for k in keys_of(self.cluster)}

    @cached_property
    def titles(self) -> list[tuple[str, list[str]]]:
        """Titles that tell something."""
        return telling_titles(self.cluster)


@dataclass
class Remembered:
    """Clusters of past transactions of one writer; worthless once another process has written."""

    clusters: dict[int, Judged] = field(default_factory=dict)


_Old = dict[int, tuple[int, int | None]]  # cluster by the hash of its IRI, with its node


def settle(writer: Writer, remembered: Remembered) -> None:
    """Bring clusters, links and nodes up to date after the signs of some blocks, or who uses them, changed.

    The result is what a resolution of all signs would give: clusters depend on their block, links on the clusters of
    their key, nodes on linked clusters, and a disputed number also on the other numbers of its counter.
    """
    writer.flush()
    _Settling(writer, remembered).run()


class _Settling:
    def __init__(self, writer: Writer, remembered: Remembered) -> None:
        self.db: sqlite3.Connection = writer.db
        self.touched = writer.touched
        self.nodes = NodeRows(writer)
        self.known = remembered.clusters
        if len(self.known) > _MOST:
            self.known.clear()
        self.affected: set[int] = set()  # clusters
        self.keys: dict[int, set[int]] = {}  # key -> clusters that are new or changed

    def run(self) -> None:
        series: set[int] = set()
        judged = JudgedForms(self.db)
        self.touched.blocks |= judged.widen(self.touched.blocks)
        self.ruled = judged.rulings()
        # all that goes first: a document that is read anew may have the same cluster in another block
        blocks = [self._block(block, series) for block in sorted(self.touched.blocks)]
        for key, clusters, old in blocks:
            self._clusters(key, clusters, old, series)
        self._used()
        for key in sorted(self.keys):
            self._key(key)
        self._rule(judged, [c for _, clusters, _ in blocks for c in clusters])
        if series:
            sql = "SELECT a, b FROM link WHERE live AND series IN (SELECT value FROM json_each(?))"
            for row in self._rows(sql, listed(series)):
                self.affected.update(row)
        self._nodes()

    # -- stage 1 ----------------------------------------------------------------------------------------------------
    def _block(self, block: str, series: set[int]) -> tuple[int, list[Cluster], _Old]:
        """Judge a block anew and forget the clusters that it no longer has; gives those it has and had."""
        key = hash64(block)
        rows = self._rows("SELECT id, uses, data FROM sign WHERE block = ?", key)
        dead = [(at,) for at, uses, _ in rows if uses <= 0]
        self.db.executemany("DELETE FROM sign WHERE id = ?", dead)
        signs = [_SIGN.decode(data) for _, uses, data in rows if uses > 0]
        old = {
            iri: (at, node) for at, iri, node in self._rows("SELECT id, key, node FROM cluster WHERE block = ?", key)
        }
        series.update(
            s for (s,) in self._rows("SELECT series FROM cluster WHERE block = ? AND series IS NOT NULL", key)
        )
        clusters = list(clusters_of(block, signs, self.ruled))
        for iri in old.keys() - {hash64(c.id) for c in clusters}:
            at, node = old.pop(iri)
            self._keyed(at, set())
            self.known.pop(at, None)
            self._stale(node)
            self.db.execute("DELETE FROM cluster WHERE id = ?", (at,))
        return key, clusters, old

    def _clusters(self, key: int, clusters: list[Cluster], old: _Old, series: set[int]) -> None:
        for cluster in clusters:
            iri, counter = hash64(cluster.id), series_of(cluster)
            kept, node = old.get(iri, (None, None))
            counted = hash64(counter) if counter else None
            values = (counted, cluster.date, min((s.num for s in cluster.signs if s.num is not None), default=None))
            if kept is None:
                sql = "INSERT INTO cluster (key, block, series, day, num) VALUES (?, ?, ?, ?, ?)"
                at = self.db.execute(sql, (iri, key, *values)).lastrowid
                assert at is not None  # noqa: S101 - an INSERT has a row
            else:
                at = kept
                self.db.execute("UPDATE cluster SET series = ?, day = ?, num = ? WHERE id = ?", (*values, at))
            if counted is not None:
                series.add(counted)
            self._placed(Judged(cluster, at), node)

    def _placed(self, judged: Judged, node: int | None) -> None:
        self.known[judged.at] = judged
        self.affected.add(judged.at)
        self._stale(node)
        self._keyed(judged.at, set(judged.keys))

    def _keyed(self, cluster: int, keys: set[int]) -> None:
        old = {k for (k,) in self._rows("SELECT key FROM cluster_key WHERE cluster = ?", cluster)}
        gone = [(k, cluster) for k in old - keys]
        if gone:
            self.db.executemany("DELETE FROM cluster_key WHERE key = ? AND cluster = ?", gone)
            for key, _ in gone:
                self._unlink(key, cluster)
        self.db.executemany("INSERT INTO cluster_key VALUES (?, ?)", [(k, cluster) for k in keys - old])
        for key in keys:
            self.keys.setdefault(key, set()).add(cluster)

    def _unlink(self, key: int, cluster: int) -> None:
        rows = self._rows("SELECT a, b FROM link WHERE key = ?1 AND (a = ?2 OR b = ?2)", key, cluster)
        self.affected.update(at for row in rows for at in row if at != cluster)
        self.db.execute("DELETE FROM link WHERE key = ?1 AND (a = ?2 OR b = ?2)", (key, cluster))
        self.keys.setdefault(key, set())

    def _used(self) -> None:
        """Signs that more documents use: their weight may prefer another claim, and who cites two tells them apart."""
        if not self.touched.signs:
            return
        sql = "SELECT DISTINCT s.node FROM json_each(?) j JOIN sign s ON s.id = j.value WHERE s.node IS NOT NULL"
        for (node,) in self._rows(sql, listed(self.touched.signs)):
            [(signs,)] = self._rows("SELECT count(*) FROM sign WHERE node = ?", node)
            clusters = [at for (at,) in self._rows("SELECT id FROM cluster WHERE node = ?", node)]
            if signs > 1:
                self.affected.update(clusters)
                self.nodes.stale.add(node)
            for at in clusters:
                sql = (
                    "SELECT key FROM link WHERE a = ?1 AND live < 2"  # what people judged stands by itself
                    " UNION SELECT key FROM link WHERE b = ?1 AND live < 2"
                )
                pairs = self._rows(sql, at)
                for (key,) in pairs:
                    self.keys.setdefault(key, set()).add(at)

    def _stale(self, node: int | None) -> None:
        if node is not None:
            self.nodes.stale.add(node)

    # -- stage 2 ----------------------------------------------------------------------------------------------------
    def _key(self, key: int) -> None:
        members = [at for (at,) in self._rows("SELECT cluster FROM cluster_key WHERE key = ?", key)]
        old = self._rows("SELECT a, b FROM link WHERE key = ?", key)
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
        gone = [(hash64(key),) for key in judged.keys]
        self.db.executemany("DELETE FROM link WHERE key = ?", gone)
        if not self.ruled:
            return
        at_of = {self.known[at].cluster.id: at for at in self.affected if at in self.known}
        for link in self.ruled.links(clusters):
            a, b = at_of[link.a], at_of[link.b]
            values = (hash64(link.key), a, b, None, _JUDGED, msgspec.json.encode(link).decode())
            self.db.execute("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)", values)

    # -- nodes ------------------------------------------------------------------------------------------------------
    def _nodes(self) -> None:
        todo, seen = list(self.affected), set(self.affected)
        links: dict[tuple[str, str, str], Link] = {}
        linked = bool(self._rows("SELECT 1 FROM link LIMIT 1"))
        while todo and linked:
            at = todo.pop()
            sql = (
                "SELECT a, b, data FROM link WHERE a = ?1 AND live"
                " UNION SELECT a, b, data FROM link WHERE b = ?1 AND live"
            )
            for a, b, data in self._rows(sql, at):
                link = msgspec.json.decode(data, type=Link)
                links[link.key, link.a, link.b] = link
                for other in {a, b} - seen:
                    seen.add(other)
                    todo.append(other)
        judged = {j.cluster.id: j for j in self._judged(seen)}
        self._mark_stale([j.at for j in judged.values()])
        weights = self._weights(judged.values())
        self.nodes.load()
        for members, used in components((j.cluster for j in judged.values()), links.values(), self.ruled):
            node = node_of(members, used, lambda s: weights.get(s, 0), self._peers, self.ruled)
            self.nodes.keep(node, [judged[c.id].at for c in members])
        self.nodes.drop_rest()

    def _mark_stale(self, clusters: list[int]) -> None:
        sql = "SELECT DISTINCT c.node FROM json_each(?) j JOIN cluster c ON c.id = j.value WHERE c.node IS NOT NULL"
        self.nodes.stale.update(node for (node,) in self._rows(sql, listed(clusters)))

    def _weights(self, judged: Iterable[Judged]) -> dict[str, int]:
        """How many documents use each sign."""
        keys = [sign_key(s.id) for j in judged for s in j.cluster.signs]
        sql = "SELECT s.key, s.uses FROM json_each(?) j JOIN sign s ON s.key = j.value"
        return {sign_id(key): uses for key, uses in self._rows(sql, listed(keys))}

    def _judged(self, clusters: Iterable[int]) -> list[Judged]:
        """Clusters by their integers; what is not remembered is worked out again from its block."""
        wanted = set(clusters)
        missing = wanted - set(self.known)
        sql = "SELECT DISTINCT c.block FROM json_each(?) j JOIN cluster c ON c.id = j.value"
        for (block,) in self._rows(sql, listed(missing)) if missing else []:
            rows = self._rows("SELECT data FROM sign WHERE block = ? AND uses > 0", block)
            signs = [_SIGN.decode(data) for (data,) in rows]
            at_of = dict(self._rows("SELECT key, id FROM cluster WHERE block = ?", block))
            for cluster in clusters_of(block_of(signs[0]), signs, self.ruled):
                at = at_of[hash64(cluster.id)]
                self.known[at] = Judged(cluster, at)
        return [self.known[at] for at in sorted(wanted & set(self.known))]

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

"""Incremental identity in the Neo4j store: redo the blocks that a batch touched, and what hangs on them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, Terms, all_rows, statements
from graph.backends.neo4j_blocks import SIGNS, Blocks
from graph.backends.neo4j_judged import JudgedForms, asking
from graph.backends.neo4j_nodes import NodeRows
from graph.backends.neo4j_packing import known
from graph.backends.neo4j_rows import Touched
from graph.nodes import Node, Peer, node_of
from graph.resolution import (
    MOST_OF_A_DAY,
    Cluster,
    Link,
    components,
    keys_of,
    links_of,
    may_be_one,
    number_link,
    series_of,
    sole_pairs,
    telling_titles,
)
from graph.rulings import Rulings

_LAW, _JUDGED = "law|", "judged|"
_UNKNOWN = object()  # no value of any property


def settle(tx: ManagedTransaction, touched: Touched) -> None:
    """Bring clusters, links and instruments up to date after the signs of some blocks, or who uses them, changed.

    The result is what a resolution of all signs would give: clusters depend on their block, links on the clusters of
    their key, nodes on linked clusters, and a disputed number also on the other numbers of its counter.
    """
    _Settling(tx, touched).run()


class _Settling:
    def __init__(self, tx: ManagedTransaction, touched: Touched) -> None:
        self.tx = tx
        self.touched = touched
        self.blocks = Blocks(tx)
        self.ruled = Rulings()
        self.nodes = NodeRows(tx)
        self.affected: set[str] = set()  # clusters
        self.keys: set[str] = set()  # keys whose clusters are compared anew
        self.series: set[str] = set()
        self.known: dict[str, Cluster] = {}
        self.node_of_cluster: dict[str, str | None] = {}

    def run(self) -> None:
        SIGNS.learn(self.touched.known)
        judged = JudgedForms(asking(self.tx))
        self.touched.blocks |= judged.widen(self.touched.blocks, self.blocks.signs_of)
        self.ruled = self.blocks.ruled = judged.rulings()
        clusters = self._judge_blocks()
        self._used()
        self._link()
        self._rule(judged, clusters)
        if self.series:
            for row in self._run("counted", series=sorted(self.series)):
                self.affected |= {row["a"], row["b"]}
        self._make_nodes()

    def _run(self, name: str, **values: Any) -> list[Row]:
        return _run(self.tx, name, **values)

    # -- stage 1 ----------------------------------------------------------------------------------------------------
    def _judge_blocks(self) -> list[Cluster]:
        """Judge the touched blocks anew; gives their clusters."""
        blocks = sorted(self.touched.blocks)
        if not blocks:
            return []
        self.blocks.load(blocks)
        if self.blocks.dead:
            self._run("drop_signs", ids=sorted(self.blocks.dead))
        old = {row["iri"]: row for row in self._run("clusters", blocks=blocks)}
        new = {c.id: c for block in blocks for c in self.blocks.clusters(block)}
        for row in old.values():
            self._count(row["series"])
            self.keys.update(row["keys"] or ())
            self.nodes.stale(row["node"])
        self._forget([iri for iri in old if iri not in new])
        for iri in sorted(new):
            before = old.get(iri, {})
            self.keys |= keys_of(new[iri])
            self._count(series_of(new[iri]))
            self._know(new[iri], before.get("node"))
        self.affected |= set(new)
        self._keep_clusters(old, [new[iri] for iri in sorted(new)])
        return list(new.values())

    def _keep_clusters(self, old: dict[str, Row], clusters: list[Cluster]) -> None:
        """Write what is new or changed of clusters."""
        rows: list[Row] = []
        more: list[Terms] = []
        less: list[Terms] = []
        for cluster in clusters:
            before, row = old.get(cluster.id, {}), _cluster_row(cluster)
            has, had = set(row["keys"]), set(before.get("keys") or ())
            if any(before.get(name, _UNKNOWN) != value for name, value in row.items()):
                rows.append(row)
            for changed, keys in ((more, has - had), (less, had - has)):
                if keys:
                    changed.append([cluster.id, [f"key|{k}" for k in sorted(keys)]])
        if rows:
            self._run("put_clusters", clusters=rows)
        for name, changed in (("drop_cluster_terms", less), ("put_cluster_terms", more)):
            if changed:
                all_rows(self.tx, statements("writing")[name], rows=changed)

    def _count(self, series: str | None) -> None:
        if series is not None:
            self.series.add(series)

    def _know(self, cluster: Cluster, node: str | None) -> None:
        self.known[cluster.id] = cluster
        self.node_of_cluster[cluster.id] = node

    def _forget(self, gone: list[str]) -> None:
        if not gone:
            return
        for row in self._run("drop_clusters", iris=sorted(gone)):
            ends = [end for end in row["ends"] if end["iri"] is not None and end["iri"] not in gone]
            self.affected.update(end["iri"] for end in ends)
            self.keys.update(end["key"] for end in ends)

    def _used(self) -> None:
        """Signs that more documents use: their weight may prefer another claim, and who cites two tells them apart."""
        ids = sorted(self.touched.signs)
        for row in self._run("used", ids=ids) if ids else ():
            self.keys.update(row["keys"])
            if row["signs"] > 1:
                self.affected.add(row["iri"])
                self.nodes.stale(row["node"])

    # -- stage 2 ----------------------------------------------------------------------------------------------------
    def _link(self) -> None:
        keys = sorted(k for k in self.keys if not k.startswith(_JUDGED))  # those stand until judged anew
        if not keys:
            return
        members: dict[str, set[str]] = defaultdict(set)
        blocks = set()
        for row in self._run("members", keys=keys):
            members[row["key"]].add(row["iri"])
            blocks.add((row["iri"], row["block"]))
        several = {iri for iris in members.values() if len(iris) > 1 for iri in iris}
        self._place([(iri, block) for iri, block in blocks if iri in several])
        old: dict[str, set[tuple[str, str, bool, str | None]]] = defaultdict(set)
        for row in self._run("links", keys=keys):
            old[row["key"]].add((row["a"], row["b"], row["live"], row["series"]))
        changed, rows = [], []
        for key in keys:
            links = self._links(key, [self.known[i] for i in members[key]]) if len(members[key]) > 1 else []
            new = {(k["a"], k["b"], k["kept"]["live"], k["kept"].get("series")) for k in links}
            if new != old[key]:
                self.affected |= {end for a, b, *_ in old[key] ^ new for end in (a, b)}
                changed.append(key)
                rows += links
        if changed:
            self._run("drop_links", keys=changed)
        if rows:
            self._run("put_links", links=rows)

    def _links(self, key: str, clusters: list[Cluster]) -> list[Row]:
        """Pairs of clusters that may be one; those with a rival join nothing, but are kept to be judged again."""
        if key.startswith(_LAW):
            return [_link_row(link, None, live=True) for link in links_of(key, clusters, self._together)]
        told = [(c, t) for c in sorted(clusters, key=lambda c: c.id) if (t := telling_titles(c))]
        if len(told) > MOST_OF_A_DAY:
            return []
        by_id = {c.id: c for c, _ in told}
        pairs = [
            (a.id, b.id)
            for n, (a, left) in enumerate(told)
            for b, right in told[n + 1 :]
            if may_be_one(a, left, b, right, self._together)
        ]
        live = set(sole_pairs(pairs))
        return [
            _link_row(number_link(key, by_id[a], by_id[b]), series_of(by_id[a]), live=(a, b) in live) for a, b in pairs
        ]

    def _together(self, a: Cluster, b: Cluster) -> bool:
        one, two = ([s.id for s in c.signs] for c in (a, b))
        if len(one) > len(two):
            one, two = two, one
        return bool(self._run("together", one=one, two=two))

    def _place(self, clusters: list[tuple[str, str]]) -> None:
        """Know clusters by their blocks."""
        missing = {(iri, block) for iri, block in clusters if iri not in self.known}
        self.blocks.load(block for _, block in missing)
        wanted = {iri for iri, _ in missing}
        for block in sorted({block for _, block in missing}):
            self.known |= {c.id: c for c in self.blocks.clusters(block) if c.id in wanted}

    # -- judgements -------------------------------------------------------------------------------------------------
    def _rule(self, judged: JudgedForms, clusters: list[Cluster]) -> None:
        """Make the links that judgements ask for anew; the clusters that they speak of are among those given."""
        links = self.ruled.links(clusters) if self.ruled else []
        gone = sorted(judged.keys | {link.key for link in links})
        if gone:
            self._run("drop_links", keys=gone)
        if links:
            self._run("put_links", links=[_link_row(link, None, live=True) for link in links])

    # -- nodes ------------------------------------------------------------------------------------------------------
    def _make_nodes(self) -> None:
        links: dict[tuple[str, str, str], Link] = {}
        seen, border = set(self.affected), set(self.affected)
        while border:
            rows = self._run("near", iris=sorted(border))
            links |= {(r["key"], r["a"], r["b"]): Link(**r) for r in rows}
            border = {end for r in rows for end in (r["a"], r["b"])} - seen
            seen |= border
        unplaced = sorted(seen - self.node_of_cluster.keys())
        rows = self._run("placed", iris=unplaced) if unplaced else []
        self._place([(row["iri"], row["block"]) for row in rows])
        for row in rows:
            self.node_of_cluster[row["iri"]] = row["node"]
        for iri in seen:
            self.nodes.stale(self.node_of_cluster.get(iri))
        clusters = [self.known[iri] for iri in sorted(seen) if iri in self.known]
        made = [
            (self._node(members, used), members) for members, used in components(clusters, links.values(), self.ruled)
        ]
        self.nodes.load({node.id for node, _ in made})
        for node, members in made:
            self.nodes.keep(node, {c.id: self.node_of_cluster.get(c.id) for c in members}, self.blocks.node_of_sign)
        self.nodes.write()

    def _node(self, members: list[Cluster], used: list[Link]) -> Node:
        return node_of(members, used, lambda s: self.blocks.uses.get(s, 0), self._peers, self.ruled)

    def _peers(self, series: str) -> Iterable[Peer]:
        return [(row["day"], row["num"]) for row in self._run("peers", series=series)]


def _cluster_row(cluster: Cluster) -> Row:
    num = min((s.num for s in cluster.signs if s.num is not None), default=None)
    kept = {"iri": cluster.id, "block": cluster.block, "series": series_of(cluster), "day": cluster.date}
    return {**kept, "keys": sorted(keys_of(cluster)), "num": num}


def _link_row(link: Link, series: str | None, *, live: bool) -> Row:
    kept = known(key=link.key, kind=link.kind, reason=link.reason, live=live, series=series)
    return {"a": link.a, "b": link.b, "kept": kept}


def _run(tx: ManagedTransaction, name: str, **values: Any) -> list[Row]:
    return all_rows(tx, statements("settling")[name], **values)
